/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.Activity;
import org.junit.jupiter.api.Test;

class FetchTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private final FetchTimes times = new FetchTimes(Clock.fixed(NOW, ZoneOffset.UTC), Locale.GERMANY);

  @Test
  void aTimeOfTodayIsSaidWithoutTheDay() {
    assertEquals(Messages.Fetch_next.replace("{0}", "09:05"), times.next(activity(Optional.of(NOW.plusSeconds(300)))));
    assertEquals(Messages.Fetch_next.replace("{0}", "24.11.26, 07:00"), times.next(activity(Optional.of(Instant.parse("2026-11-24T07:00:00Z")))));
  }

  @Test
  void whatIsDueComesAnyMomentAndWithoutAScheduleOnlyWhenAsked() {
    assertEquals(Messages.Fetch_soon, times.next(activity(Optional.of(NOW))));
    assertEquals(Messages.Fetch_asked, times.next(activity(Optional.empty())));
  }

  @Test
  void theLastFetchIsSaidIfThereWasOne() {
    assertEquals("", times.last(activity(Optional.empty())));
    assertEquals(Messages.Fetch_last.replace("{0}", "08:58"), times.last(activity(Optional.empty()).withLastFetch(NOW.minusSeconds(120))));
  }

  private static Activity activity(Optional<Instant> next) {
    return new Activity(new AccountId("a"), Activity.Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), next);
  }
}
