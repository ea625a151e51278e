/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chaos with POP3: two machines with different settings take mail from one maildrop. Short here, as long as one likes by
 * {@code releng/chaos}; see {@link ChaosTest} for the properties.
 */
@Tag("server")
class MaildropChaosTest {
  private static final long SECONDS = Long.getLong("heliogram.chaos.seconds", 15);
  private static final long KILLS = Long.getLong("heliogram.chaos.kills", 0);
  private static final long SEED = Long.getLong("heliogram.seed", System.currentTimeMillis() / 1_000 % 1_000_000);
  private static final boolean LONG = SECONDS > 100 || KILLS > 0;
  private static final int ROUNDS = LONG ? 6 : 2;
  private static final Duration ROUND = Duration.ofSeconds(LONG ? 10 : 5);
  @TempDir
  Path work;

  @Test
  void everyMessageIsHereOnceAndThereAsLongAsItIsToBe() throws Exception {
    long start = System.nanoTime();
    var total = new Story();
    for (long seed = SEED; !enough(start, total); seed++) {
      try (var run = new MaildropRun(seed, Files.createDirectory(work.resolve("run" + seed)))) {
        for (int round = 0; round < ROUNDS && !enough(start, total, run.story()); round++) {
          run.round(ROUND);
        }
        run.daysGoBy();
        run.checkStores();
        System.out.println("maildrop chaos, seed " + seed + ": " + run.story().counts());
        total.add(run.story().counts());
        total.count("maildrops");
      }
    }
    System.out.println("maildrop chaos from seed " + SEED + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s: " + total.counts());
    assertTrue(total.counted("rounds") > 0);
  }

  private static boolean enough(long start, Story... stories) {
    int kills = 0;
    int rounds = 0;
    for (Story story : stories) {
      kills += story.counted("clients killed");
      rounds += story.counted("rounds");
    }
    return rounds > 0 && kills >= KILLS && System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS);
  }
}
