/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When an account is fetched next. Chance keeps many accounts, and many machines, from knocking at the same moment. */
final class Schedule {
  private static final double JITTER = 0.1;
  private final Clock clock;
  private final RandomGenerator random;

  Schedule(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Instant now() {
    return clock.instant();
  }

  /** An interval from now, a tenth more or less. */
  Instant after(Duration interval) {
    return clock.instant().plus(about(interval));
  }

  /** A tenth more or less. */
  Duration about(Duration interval) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(interval.toMillis() * factor));
  }

  /** After a failure: the wait its policy asks for, but not longer than the account's own interval, if it has one. */
  Instant afterFailure(Duration wait, Duration interval) {
    boolean shorter = !interval.isZero() && interval.compareTo(wait) < 0;
    return after(shorter ? interval : wait);
  }

  /** How long to wait for a time, in milliseconds; a time that has passed is now. */
  long delayUntil(Instant time) {
    return Math.max(0, Duration.between(clock.instant(), time).toMillis());
  }
}
