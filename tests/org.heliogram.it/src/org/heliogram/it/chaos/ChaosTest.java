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
 * Chaos: short here, as long as one likes by {@code releng/chaos}. {@code -Dheliogram.chaos.seconds=} and
 * {@code -Dheliogram.chaos.kills=} say when it is enough (both have to be), {@code -Dheliogram.seed=} where to begin. A seed decides what
 * everybody does; when exactly, the machine does.
 */
@Tag("server")
class ChaosTest {
  private static final long SECONDS = Long.getLong("heliogram.chaos.seconds", 70);
  private static final long KILLS = Long.getLong("heliogram.chaos.kills", 0);
  private static final long SEED = Long.getLong("heliogram.seed", System.currentTimeMillis() / 1_000 % 1_000_000);
  private static final boolean LONG = SECONDS > 100 || KILLS > 0;
  private static final int ROUNDS = LONG ? 8 : 3;
  private static final Duration ROUND = Duration.ofSeconds(LONG ? 10 : 6);
  @TempDir
  Path work;

  @Test
  void nothingIsLostDoubledOrForgotten() throws Exception {
    long start = System.nanoTime();
    var total = new Story();
    for (long seed = SEED; !enough(start, total); seed++) {
      try (var run = new ChaosRun(seed, Files.createDirectory(work.resolve("run" + seed)))) {
        for (int round = 0; round < ROUNDS && !enough(start, total, run.story()); round++) {
          run.round(ROUND);
        }
        run.checkStores();
        System.out.println("chaos, seed " + seed + ": " + run.story().counts());
        total.add(run.story().counts());
        total.count("mailboxes");
      }
    }
    System.out.println("chaos from seed " + SEED + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s: " + total.counts());
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
