/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  private final Length length = new Length(70);
  private final int mostRounds = length.longer() ? 8 : 3;
  private final Duration round = Duration.ofSeconds(length.longer() ? 10 : 6);
  @TempDir
  Path work;

  @Test
  void nothingIsLostDoubledOrForgotten() throws Exception {
    var total = new Story();
    for (long seed = Length.SEED; !length.enough(total); seed++) {
      try (var run = new ChaosRun(seed, Files.createDirectory(work.resolve("run" + seed)))) {
        for (int rounds = 0; rounds < mostRounds && !length.enough(total, run.story()); rounds++) {
          run.round(round);
        }
        run.checkStores();
        System.out.println("chaos, seed " + seed + ": " + run.story().counts());
        total.add(run.story().counts());
        total.count("mailboxes");
      }
    }
    System.out.println("chaos from seed " + Length.SEED + ", " + length.seconds() + " s: " + total.counts());
    assertTrue(total.counted("rounds") > 0);
  }
}
