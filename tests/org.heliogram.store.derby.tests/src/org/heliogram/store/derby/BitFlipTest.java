/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit is not what was written: that is noticed or does no harm, never shown as if it were right. Each image is opened in a fresh process. */
class BitFlipTest {
  private static final int IMAGES = Integer.getInteger("heliogram.flips", 8);
  private static final int MESSAGES = 60;
  @TempDir
  private static Path template;
  @TempDir
  private static Path work;

  /** The process that opens an image, reads everything and says what it saw. */
  static final class Reading {
    public static void main(String[] arguments) {
      DerbyMailStore store = new DerbyMailStore(Path.of(arguments[0]));
      System.out.println("verdict " + look(store));
      store.close();
    }

    private static String look(MailStore store) {
      StoreState state = store.open();
      if (!(state instanceof StoreState.Open)) {
        return state instanceof StoreState.Failed ? "refused " + state : "noticed " + state.getClass().getSimpleName() + readable(store);
      }
      try {
        String seen = everything(store);
        return store.check(new NullProgressMonitor()).isEmpty() ? "saw " + seen : "noticed by check";
      } catch (StoreException | IOException e) {
        return "noticed " + e.getClass().getSimpleName();
      }
    }

    private static String readable(MailStore store) {
      try {
        return " with " + store.read(reader -> reader.accounts()).size() + " account";
      } catch (StoreException e) {
        return " and nothing to read";
      }
    }

    private static String everything(MailStore store) throws StoreException, IOException {
      long sum = 0;
      int count = 0;
      for (Folder folder : store.read(reader -> reader.folders(TestMail.ACCOUNT))) {
        for (MessageKey key : store.read(reader -> reader.list(Query.newestFirst(folder.key())))) {
          sum = 31 * sum + Arrays.hashCode(TestMail.bytes(store, key));
          sum = 31 * sum + store.read(reader -> reader.summaries(List.of(key)).get(0).subject() + reader.envelope(key)).hashCode();
          count++;
        }
        sum = 31 * sum + store.read(reader -> reader.known(folder.key()).messages().keySet().stream().sorted((a, b) -> a.value().compareTo(b.value())).toList())
            .hashCode();
      }
      return count + " messages " + sum;
    }
  }

  @BeforeAll
  static void makeTemplate() throws Exception {
    var made = new DerbyMailStore(template);
    TestMail.setUp(made);
    TestMail.arrive(made, LongStream.rangeClosed(1, MESSAGES).toArray());
    made.close();
  }

  private static String verdict(Path home) throws IOException, InterruptedException {
    String output = ChildJvm.run(Reading.class, List.of(), home.toString());
    return output.lines().filter(line -> line.startsWith("verdict ")).map(line -> line.substring("verdict ".length())).findFirst()
        .orElse("died: " + output);
  }

  private static void assertNoticedOrHarmless(String folder) throws Exception {
    String good = copyAndOpen(new Random(0), null);
    assertTrue(good.startsWith("saw " + MESSAGES + " messages"), good);
    int noticed = 0;
    for (int image = 0; image < IMAGES; image++) {
      String verdict = copyAndOpen(new Random(image), folder);
      String where = folder + ", seed " + image;
      assertTrue(verdict.equals(good) || verdict.startsWith("noticed"), where + ": " + verdict);
      assertNotEquals("refused", verdict.split(" ")[0], where);
      noticed += verdict.equals(good) ? 0 : 1;
    }
    assertTrue(noticed > 0, "no flip did anything");
  }

  /** @param folder where one bit is turned; null for nowhere */
  private static String copyAndOpen(Random random, String folder) throws IOException, InterruptedException {
    Path home = work.resolve("image");
    new StoreHome(home).delete(home);
    new StoreHome(template).copy(template, home);
    if (folder != null) {
      flip(home.resolve(folder), random);
    }
    return verdict(home);
  }

  /** Turns one bit in one file, larger files being hit more often. */
  private static void flip(Path folder, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0).sorted().toList();
    }
    long at = (long) (random.nextDouble() * files.stream().mapToLong(file -> file.toFile().length()).sum());
    for (Path path : files) {
      long length = Files.size(path);
      if (at < length) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          file.seek(at);
          int old = file.read();
          file.seek(at);
          file.write(old ^ 1 << random.nextInt(8));
        }
        return;
      }
      at -= length;
    }
  }

  @Test
  void aFlipInASegmentIsNoticed() throws Exception {
    assertNoticedOrHarmless("store/segments");
  }

  @Test
  void aFlipInTheDatabaseIsNoticedOrHarmless() throws Exception {
    assertNoticedOrHarmless("store/db/seg0");
  }

  @Test
  void aFlipInTheLogIsNoticedOrHarmless() throws Exception {
    String good = copyAndOpen(new Random(0), null);

    for (int image = 0; image < IMAGES / 2; image++) {
      String verdict = copyAndOpen(new Random(image), "store/db/log");
      assertEquals("", verdict.equals(good) || verdict.startsWith("noticed") ? "" : verdict, "log, seed " + image);
    }
  }
}
