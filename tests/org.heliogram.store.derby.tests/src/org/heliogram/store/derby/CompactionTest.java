/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space comes back, and no crash or reader on the way costs a message. */
class CompactionTest {
  private static final int MESSAGES = 12;
  @TempDir
  private static Path template;
  @TempDir
  private Path home;
  private final StoppingDisk disk = new StoppingDisk();
  private DerbyMailStore store;

  @BeforeAll
  static void makeTemplate() throws Exception {
    var made = new DerbyMailStore(template);
    TestMail.setUp(made);
    TestMail.arrive(made, LongStream.rangeClosed(1, MESSAGES).toArray());
    made.close();
  }

  @BeforeEach
  void makeStore() throws Exception {
    new StoreHome(template).copy(template, home);
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private DerbyMailStore open() {
    return new DerbyMailStore(new StoreOpening(home, Seams.NONE.with(disk)));
  }

  /** The first half of the messages vanishes on the server. */
  private void vanishHalf() throws StoreException {
    FolderKey inbox = TestMail.folder(store, "INBOX");
    List<RemoteId> ids = LongStream.rangeClosed(1, MESSAGES / 2).mapToObj(RemoteId::of).toList();
    store.write(writer -> {
      writer.apply(inbox, new SyncPlan(false, ids, java.util.Map.of(), List.of(), false, Optional.empty()));
      return null;
    });
  }

  private void assertRestIsWhole() throws Exception {
    List<MessageKey> keys = TestMail.keys(store, "INBOX");
    assertEquals(MESSAGES / 2, keys.size());
    for (int i = 0; i < keys.size(); i++) {
      assertArrayEquals(TestMail.content(MESSAGES - i), TestMail.bytes(store, keys.get(i)));
    }
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
  }

  private long sizeOnDisk() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("store/segments"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void deadBytesAreGivenBack() throws Exception {
    long before = sizeOnDisk();
    vanishHalf();

    long gained = store.compact(new NullProgressMonitor());

    long live = LongStream.rangeClosed(MESSAGES / 2 + 1, MESSAGES).map(n -> TestMail.content(n).length + SegmentFiles.HEADER).sum();
    assertEquals(live, sizeOnDisk());
    assertEquals(before - live, gained);
    assertRestIsWhole();
  }

  @Test
  void aSegmentThatIsMostlyAliveIsLeftAlone() throws Exception {
    long before = sizeOnDisk();

    assertEquals(0, store.compact(new NullProgressMonitor()));

    assertEquals(before, sizeOnDisk());
  }

  @Test
  void contentKeptByAReaderIsFoundInItsNewPlace() throws Exception {
    vanishHalf();
    MessageKey key = TestMail.keys(store, "INBOX").get(0);
    Body kept = store.read(reader -> reader.body(key)).orElseThrow();

    store.compact(new NullProgressMonitor());

    try (InputStream in = kept.open()) {
      assertArrayEquals(TestMail.content(MESSAGES), in.readAllBytes());
    }
  }

  @Test
  void stagedContentOutlivesACompaction() throws Exception {
    vanishHalf();
    StagedBody staged = store.stage(new ByteArrayInputStream(TestMail.content(99)), BodyState.WHOLE);

    store.compact(new NullProgressMonitor());

    store.write(writer -> {
      writer.apply(TestMail.folder(writer, "INBOX"), SyncPlan.adding(List.of(TestMail.message(99, Optional.of(staged)))));
      return null;
    });
    assertArrayEquals(TestMail.content(99), TestMail.bytes(store, TestMail.keys(store, "INBOX").get(0)));
  }

  @Test
  void damagedContentIsNotThrownAway() throws Exception {
    vanishHalf();
    MessageKey key = TestMail.keys(store, "INBOX").get(0);
    Path segment = home.resolve("store/segments/000001.seg");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(file.length() - 1);
      file.write('~');
    }

    store.compact(new NullProgressMonitor());

    assertTrue(Files.exists(segment));
    assertThrows(IOException.class, () -> TestMail.bytes(store, key));
    assertEquals(1, store.check(new NullProgressMonitor()).size());
  }

  /** The disk stops at its first, second, ... use; then the process is gone and starts again. */
  @Test
  void aCrashAtAnyStepLosesNothing() throws Exception {
    vanishHalf();
    boolean whole = false;
    int step = 0;
    for (; !whole; step++) {
      disk.stopAfter(step);
      try {
        store.compact(new NullProgressMonitor());
        whole = true;
      } catch (StoreException e) {
        whole = false; // the crash
      }
      disk.go();
      store.close();
      store = open();
      assertInstanceOf(StoreState.Open.class, store.open(), "after step " + step);
      assertRestIsWhole();
    }

    assertTrue(step > 4, "only " + step + " steps were tried");
    store.compact(new NullProgressMonitor());
    long live = LongStream.rangeClosed(MESSAGES / 2 + 1, MESSAGES).map(n -> TestMail.content(n).length + SegmentFiles.HEADER).sum();
    assertEquals(live, sizeOnDisk(), "what crashes left behind is taken by the next compaction");
  }

  /** A disk that does nothing more after some operations. */
  private static final class StoppingDisk implements Disk {
    private int left = Integer.MAX_VALUE;

    void stopAfter(int operations) {
      left = operations;
    }

    void go() {
      left = Integer.MAX_VALUE;
    }

    private void step() throws IOException {
      if (left-- <= 0) {
        left = 0;
        throw new IOException("stopped");
      }
    }

    @Override
    public Output open(Path file) throws IOException {
      step();
      Output real = REAL.open(file);
      return new Output() {
        @Override
        public long length() throws IOException {
          return real.length();
        }

        @Override
        public void write(long at, byte[] bytes, int from, int count) throws IOException {
          step();
          real.write(at, bytes, from, count);
        }

        @Override
        public void truncate(long length) throws IOException {
          step();
          real.truncate(length);
        }

        @Override
        public void force() throws IOException {
          step();
          real.force();
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      step();
      REAL.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      REAL.delete(file);
    }
  }
}
