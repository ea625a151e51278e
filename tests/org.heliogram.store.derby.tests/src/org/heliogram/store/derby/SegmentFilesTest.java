/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content on disk: whole or an error, whatever its size. */
class SegmentFilesTest {
  private static final int LARGE = 3_000_000;
  @TempDir
  private Path folder;
  private SegmentFiles segments;

  @BeforeEach
  void open() throws IOException {
    segments = new SegmentFiles(folder, Disk.REAL, 0);
  }

  @AfterEach
  void close() throws IOException {
    segments.close();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private SegmentBody stage(byte[] content) throws StoreException, IOException {
    return segments.stage(new ByteArrayInputStream(content), BodyState.WHOLE);
  }

  private static byte[] read(SegmentBody body) throws IOException {
    try (InputStream in = body.open()) {
      return in.readAllBytes();
    }
  }

  private void flip(RawRef ref, long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segments.file(ref.segment()).toFile(), "rw")) {
      file.seek(ref.start() + at);
      int old = file.read();
      file.seek(ref.start() + at);
      file.write(old ^ 1);
    }
  }

  @Test
  void contentOfEverySizeComesBack() throws Exception {
    for (int size : new int[] {0, 1, 16, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, LARGE}) {
      SegmentBody body = stage(random(size));

      assertEquals(size, body.sizeInBytes());
      assertArrayEquals(random(size), read(body), size + " bytes");
    }
  }

  /** A disk whose first force does not end before something more was appended, enough to begin another file. */
  private static final class AppendingWhileForcing implements Disk {
    private final CountDownLatch forcing = new CountDownLatch(1);
    private final CountDownLatch appended = new CountDownLatch(1);
    private final Set<Path> closed = new HashSet<>();

    @Override
    public Output open(Path file) throws IOException {
      Output real = Disk.REAL.open(file);
      return (Output) Proxy.newProxyInstance(Output.class.getClassLoader(), new Class<?>[] {Output.class}, (proxy, method, arguments) -> {
        if (method.getName().equals("force") && forcing.getCount() > 0) {
          forcing.countDown();
          assertTrue(appended.await(30, TimeUnit.SECONDS), "nothing was appended while the disk was forced");
          assertFalse(closed.contains(file), "closed while it was forced");
        }
        if (method.getName().equals("close")) {
          closed.add(file);
        }
        return method.invoke(real, arguments);
      });
    }

    @Override
    public void forceFolder(Path forced) throws IOException {
      Disk.REAL.forceFolder(forced);
    }

    @Override
    public void delete(Path file) throws IOException {
      Disk.REAL.delete(file);
    }
  }

  @Test
  void appendingGoesOnWhileTheDiskIsForced() throws Exception {
    segments.close();
    var disk = new AppendingWhileForcing();
    segments = new SegmentFiles(folder, disk, 0);
    SegmentBody first = stage(random(100));
    Path file = segments.file(first.ref().segment());

    var forcing = CompletableFuture.runAsync(() -> assertDoesNotThrow(() -> segments.force(Set.of(first.ref().segment()))));
    assertTrue(disk.forcing.await(30, TimeUnit.SECONDS));
    for (int last = first.ref().segment(); last == first.ref().segment();) {
      last = stage(random(1 << 20)).ref().segment();
    }
    disk.appended.countDown();
    forcing.get(30, TimeUnit.SECONDS);

    assertTrue(disk.closed.contains(file), "left open");
    assertArrayEquals(random(100), read(first));
  }

  @Test
  void smallContentSharesAFileAndLargeContentHasItsOwn() throws Exception {
    int first = stage(random(100)).ref().segment();
    int large = stage(random(LARGE)).ref().segment();
    int second = stage(random(100)).ref().segment();

    assertEquals(first, second);
    assertEquals(Set.of(first, large), segments.numbers());
  }

  @Test
  void aTurnedBitInSmallContentIsNoticedBeforeTheFirstByte() throws Exception {
    SegmentBody body = stage(random(1000));
    flip(body.ref(), 999);

    assertThrows(IOException.class, body::open);
  }

  @Test
  void aTurnedBitInLargeContentIsNoticedAtItsEnd() throws Exception {
    SegmentBody body = stage(random(LARGE));
    flip(body.ref(), 5);

    assertThrows(IOException.class, () -> read(body));
  }

  @Test
  void largeContentThatIsSkippedIsVerifiedToo() throws Exception {
    SegmentBody body = stage(random(LARGE));
    flip(body.ref(), 5);

    try (InputStream in = body.open()) {
      assertThrows(IOException.class, () -> in.skipNBytes(LARGE));
    }
  }

  @Test
  void aFileThatIsTooShortIsNoticed() throws Exception {
    SegmentBody small = stage(random(1000));
    SegmentBody large = stage(random(LARGE));
    for (SegmentBody body : List.of(small, large)) {
      try (RandomAccessFile file = new RandomAccessFile(segments.file(body.ref().segment()).toFile(), "rw")) {
        file.setLength(body.ref().start() + body.ref().length() - 1);
      }

      assertThrows(IOException.class, () -> read(body));
    }
  }

  @Test
  void aSourceThatBreaksLeavesNothingBehind() throws Exception {
    InputStream breaking = new SequenceInputStream(new ByteArrayInputStream(random(LARGE)), new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("connection reset");
      }
    });

    assertThrows(IOException.class, () -> segments.stage(breaking, BodyState.WHOLE));

    assertEquals(Set.of(), segments.numbers());
  }

  @Test
  void theNextProcessGoesOnInTheSameFile() throws Exception {
    SegmentBody first = stage(random(100));
    segments.close();
    open();

    SegmentBody second = stage(random(200));

    assertEquals(first.ref().segment(), second.ref().segment());
    assertEquals(first.ref().start() + 100 + SegmentFiles.HEADER, second.ref().start());
    assertArrayEquals(random(100), read(segments.stage(first.open(), BodyState.WHOLE)));
  }

  @Test
  void aNumberTheDatabaseKnowsIsNotGivenAgain() throws Exception {
    segments.close();
    segments = new SegmentFiles(folder, Disk.REAL, 41);

    assertEquals(42, stage(random(10)).ref().segment());
  }

  @Test
  void aScanFindsMessagesBehindRubbish() throws Exception {
    SegmentBody first = stage(random(100));
    SegmentBody damaged = stage(random(200));
    SegmentBody last = stage(random(300));
    segments.close();
    flip(damaged.ref(), 7);

    List<RawRef> found = new ArrayList<>();
    new SegmentScan(segments).each(1, (ref, head) -> found.add(ref));

    assertEquals(List.of(first.ref(), last.ref()), found);
  }

  @Test
  void manyThreadsStageAtOnce() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int size = 1000 + t;
      threads.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, e) -> {
        synchronized (failures) {
          failures.add(e);
        }
      }).start(() -> stageAndCompare(size)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertTrue(failures.isEmpty(), failures.toString());
  }

  private void stageAndCompare(int size) {
    try {
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(random(size + 10 * i), read(stage(random(size + 10 * i))));
      }
    } catch (IOException | StoreException e) {
      throw new AssertionError(e);
    }
  }
}
