/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import org.heliogram.testing.FakeClock;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private final FakeClock clock = new FakeClock(NOON);
  private final Schedule schedule = new Schedule(clock, new Random(7));

  @Test
  void jitterIsATenthMoreOrLess() {
    var seconds = new TreeSet<Long>();
    for (int i = 0; i < 1_000; i++) {
      seconds.add(Duration.between(NOON, schedule.after(Duration.ofSeconds(1_000))).toSeconds());
    }

    assertTrue(seconds.first() >= 900 && seconds.last() <= 1_100, seconds.toString());
    assertTrue(seconds.first() < 910 && seconds.last() > 1_090, seconds.toString());
  }

  @Test
  void afterAFailureTheWaitIsThePolicys() {
    Instant next = schedule.afterFailure(Duration.ofSeconds(100), Duration.ofMinutes(30));

    assertTrue(next.isAfter(NOON.plusSeconds(89)) && next.isBefore(NOON.plusSeconds(111)), next.toString());
  }

  @Test
  void theIntervalIsTheLongestWait() {
    Instant next = schedule.afterFailure(Duration.ofMinutes(5), Duration.ofMinutes(1));

    assertTrue(next.isBefore(NOON.plusSeconds(67)), next.toString());
  }

  @Test
  void withoutIntervalThePolicyDecidesAlone() {
    Instant next = schedule.afterFailure(Duration.ofMinutes(5), Duration.ZERO);

    assertTrue(next.isAfter(NOON.plusSeconds(269)), next.toString());
  }

  @Test
  void theDelayShrinksAsTimeGoesOn() {
    Instant time = NOON.plusSeconds(60);

    clock.advance(Duration.ofSeconds(20));
    assertEquals(40_000, schedule.delayUntil(time));
  }

  @Test
  void afterALongSleepItIsNow() {
    clock.advance(Duration.ofHours(9));

    assertEquals(0, schedule.delayUntil(NOON.plusSeconds(60)));
  }
}
