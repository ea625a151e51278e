/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.util.concurrent.TimeUnit;

/** How long a chaos test goes on: short in CI, longer by {@code heliogram.chaos.seconds} and {@code heliogram.chaos.kills}. */
final class Length {
  static final long SEED = Long.getLong("heliogram.seed", System.currentTimeMillis() / 1_000 % 1_000_000);
  private static final long KILLS = Long.getLong("heliogram.chaos.kills", 0);
  private final long begin = System.nanoTime();
  private final long leastSeconds;

  /** Begins now. @param usual seconds where nobody says otherwise */
  Length(long usual) {
    this.leastSeconds = Long.getLong("heliogram.chaos.seconds", usual);
  }

  /** Whether somebody wants more than CI does. */
  boolean longer() {
    return leastSeconds > 100 || KILLS > 0;
  }

  long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
  }

  boolean enough(Story... stories) {
    int kills = 0;
    int rounds = 0;
    for (Story story : stories) {
      kills += story.counted("clients killed");
      rounds += story.counted("rounds");
    }
    return rounds > 0 && kills >= KILLS && System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(leastSeconds);
  }
}
