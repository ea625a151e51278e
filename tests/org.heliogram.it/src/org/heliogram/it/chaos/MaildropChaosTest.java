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
 * Chaos with POP3: two machines with different settings take mail from one maildrop. Short here, as long as one likes by
 * {@code releng/chaos}; see {@link ChaosTest} for the properties.
 */
@Tag("server")
class MaildropChaosTest {
  private final Length length = new Length(15);
  private final int mostRounds = length.longer() ? 6 : 2;
  private final Duration round = Duration.ofSeconds(length.longer() ? 10 : 5);
  @TempDir
  Path work;

  @Test
  void everyMessageIsHereOnceAndThereAsLongAsItIsToBe() throws Exception {
    var total = new Story();
    for (long seed = Length.SEED; !length.enough(total); seed++) {
      try (var run = new MaildropRun(seed, Files.createDirectory(work.resolve("run" + seed)))) {
        for (int rounds = 0; rounds < mostRounds && !length.enough(total, run.story()); rounds++) {
          run.round(round);
        }
        run.daysGoBy();
        run.checkStores();
        System.out.println("maildrop chaos, seed " + seed + ": " + run.story().counts());
        total.add(run.story().counts());
        total.count("maildrops");
      }
    }
    System.out.println("maildrop chaos from seed " + Length.SEED + ", " + length.seconds() + " s: " + total.counts());
    assertTrue(total.counted("rounds") > 0);
  }
}
