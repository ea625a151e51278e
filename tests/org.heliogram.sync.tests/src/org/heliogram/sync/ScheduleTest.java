/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.QuietHours;
import org.heliogram.sync.Schedule.Past;
import org.heliogram.sync.Schedule.Wish;
import org.heliogram.testing.FakeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final double MIDDLE = 0.5;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Past FRESH = new Past(NOON, Optional.empty(), Optional.empty(), Optional.empty());
  private final FakeClock clock = new FakeClock(NOON);
  private final Schedule schedule = new Schedule(clock, new Random(7));

  private static AccountOptions every(Duration interval) {
    return new AccountOptions(interval, false, BodyPolicy.DEFAULT);
  }

  private static Past asked(Instant tried, Instant asked) {
    return new Past(tried, Optional.of(asked), Optional.empty(), Optional.empty());
  }

  private static Past failed(Duration retry) {
    return new Past(NOON, Optional.empty(), Optional.of(retry), Optional.empty());
  }

  private static Past wished(Duration pause) {
    return new Past(NOON, Optional.empty(), Optional.empty(), Optional.of(new Wish(NOON, pause)));
  }

  private static Optional<Duration> next(Instant now, AccountOptions options, Past past) {
    return Schedule.next(now.atZone(ZoneOffset.UTC), options, past, MIDDLE).map(time -> Duration.between(now, time));
  }

  private static Optional<Duration> minutes(long minutes) {
    return Optional.of(Duration.ofMinutes(minutes));
  }

  @Test
  void jitterIsATenthMoreOrLess() {
    var seconds = new TreeSet<Long>();
    for (int i = 0; i < 1_000; i++) {
      seconds.add(Duration.between(NOON, schedule.next(every(Duration.ofSeconds(1_000)), FRESH).orElseThrow()).toSeconds());
    }

    assertTrue(seconds.first() >= 900 && seconds.last() <= 1_100, seconds.toString());
    assertTrue(seconds.first() < 910 && seconds.last() > 1_090, seconds.toString());
  }

  @Test
  void theIntervalCountsFromTheLastTry() {
    assertEquals(minutes(12), next(NOON.plus(Duration.ofMinutes(3)), every(Duration.ofMinutes(15)), FRESH));
  }

  @Test
  void withoutIntervalNothingIsFetchedByItself() {
    assertEquals(Optional.empty(), next(NOON, every(Duration.ZERO), FRESH));
    assertEquals(Optional.empty(), next(NOON, every(Duration.ZERO), asked(NOON, NOON)));
  }

  @Test
  void afterAFailureTheWaitIsThePolicys() {
    assertEquals(Optional.of(Duration.ofSeconds(100)), next(NOON, every(Duration.ofMinutes(30)), failed(Duration.ofSeconds(100))));
  }

  @Test
  void theIntervalIsTheLongestWaitAfterAFailure() {
    assertEquals(minutes(1), next(NOON, every(MINUTE), failed(Duration.ofMinutes(5))));
  }

  @Test
  void withoutIntervalThePolicyDecidesAlone() {
    assertEquals(minutes(5), next(NOON, every(Duration.ZERO), failed(Duration.ofMinutes(5))));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "4,1", "5,15", "60,15"})
  void forFiveMinutesAfterTheUserAskedAMinuteIsTheInterval(long askedBefore, long minutes) {
    Past past = asked(NOON, NOON.minus(Duration.ofMinutes(askedBefore)));

    assertEquals(minutes(minutes), next(NOON, every(Duration.ofMinutes(15)), past));
  }

  @Test
  void askingDoesNotMakeAShorterIntervalLonger() {
    assertEquals(Optional.of(Duration.ofSeconds(20)), next(NOON, every(Duration.ofSeconds(20)), asked(NOON, NOON)));
  }

  @Test
  void whoSendsLongAfterTheLastFetchNeedNotWaitForTheNext() {
    Instant later = NOON.plus(Duration.ofMinutes(20));

    assertEquals(minutes(1), next(later, every(Duration.ofHours(1)), asked(NOON, later)));
  }

  @Test
  void askingDoesNotShortenTheWaitAfterAFailure() {
    var past = new Past(NOON, Optional.of(NOON), Optional.of(Duration.ofMinutes(4)), Optional.empty());

    assertEquals(minutes(4), next(NOON, every(Duration.ofMinutes(15)), past));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void neverBeforeTheServerWantsIt(double chance) {
    Past past = wished(Duration.ofMinutes(15));

    Instant next = Schedule.next(NOON.atZone(ZoneOffset.UTC), every(Duration.ofMinutes(15)), past, chance).orElseThrow();

    assertFalse(next.isBefore(NOON.plus(Duration.ofMinutes(15))), next.toString());
  }

  @Test
  void neitherAskingNorAFailureIsSoonerThanTheServerWants() {
    var lively = new Past(NOON, Optional.of(NOON), Optional.empty(), Optional.of(new Wish(NOON, Duration.ofMinutes(10))));
    var retried = new Past(NOON, Optional.empty(), Optional.of(Duration.ofSeconds(1)), Optional.of(new Wish(NOON, Duration.ofMinutes(10))));

    assertEquals(minutes(10), next(NOON, every(Duration.ofMinutes(5)), lively));
    assertEquals(minutes(10), next(NOON, every(Duration.ofMinutes(5)), retried));
  }

  @Test
  void aServerCannotHaveItsWayForMoreThanADay() {
    assertEquals(Optional.of(Duration.ofDays(1)), next(NOON, every(MINUTE), wished(Duration.ofSeconds(Long.MAX_VALUE))));
  }

  @Test
  void whatIsALittleLateIsNow() {
    assertEquals(Optional.of(Duration.ZERO), next(NOON.plusSeconds(100), every(MINUTE), FRESH));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void afterALongSleepItIsSoonButNotAtOnce(double chance) {
    Instant morning = NOON.plus(Duration.ofHours(19));

    Instant next = Schedule.next(morning.atZone(ZoneOffset.UTC), every(Duration.ofMinutes(15)), FRESH, chance).orElseThrow();

    assertFalse(next.isBefore(morning.plus(Schedule.SETTLING)), next.toString());
    assertFalse(next.isAfter(morning.plus(Schedule.SETTLING.multipliedBy(2))), next.toString());
  }

  @Test
  void aClockThatIsSetBackDelaysNothing() {
    Instant earlier = NOON.minus(Duration.ofDays(30));
    var past = new Past(NOON, Optional.of(NOON), Optional.empty(), Optional.of(new Wish(NOON, Duration.ofMinutes(2))));

    assertEquals(minutes(2), next(earlier, every(Duration.ofMinutes(15)), past));
  }

  @ParameterizedTest
  @CsvSource({"22:00, 07:00, 21:50, 22:05, 07:00", "22:00, 07:00, 03:00, 03:15, 07:00", "22:00, 07:00, 06:50, 07:05, 07:05",
      "11:00, 13:00, 12:00, 12:15, 13:00", "11:00, 13:00, 13:00, 13:15, 13:15", "00:00, 08:00, 23:50, 00:05, 08:00"})
  void inQuietHoursNothingIsFetched(LocalTime from, LocalTime to, LocalTime now, LocalTime usually, LocalTime then) {
    AccountOptions loud = every(Duration.ofMinutes(15));
    ZonedDateTime local = now.atDate(NOON.atZone(ZoneOffset.UTC).toLocalDate()).atZone(ZoneOffset.UTC);
    var past = new Past(local.toInstant(), Optional.empty(), Optional.empty(), Optional.empty());

    Instant without = Schedule.next(local, loud, past, MIDDLE).orElseThrow();
    Instant next = Schedule.next(local, loud.withQuiet(Optional.of(new QuietHours(from, to))), past, MIDDLE).orElseThrow();

    assertEquals(usually, LocalTime.ofInstant(without, ZoneOffset.UTC));
    Duration after = Duration.between(then, LocalTime.ofInstant(next, ZoneOffset.UTC));
    assertTrue(!after.isNegative() && after.compareTo(MINUTE) < 0, next.toString());
    assertTrue(Duration.between(local.toInstant(), next).compareTo(Duration.ofHours(10)) < 0, next.toString());
  }

  @Test
  void theFirstFetchAfterQuietHoursIsNotTheSameMomentForAll() {
    AccountOptions options = every(Duration.ofMinutes(10)).withQuiet(Optional.of(new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0))));
    ZonedDateTime now = NOON.atZone(ZoneOffset.UTC);

    Instant first = Schedule.next(now, options, FRESH, 0).orElseThrow();
    Instant last = Schedule.next(now, options, FRESH, 1).orElseThrow();

    assertEquals(NOON.plus(Duration.ofHours(1)), first);
    assertEquals(NOON.plus(Duration.ofMinutes(61)), last);
  }

  @Test
  void quietHoursHoldForAttemptsAfterAFailureAndAfterAskingToo() {
    AccountOptions options = every(Duration.ofMinutes(10)).withQuiet(Optional.of(new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0))));

    assertTrue(next(NOON, options, failed(Duration.ofSeconds(1))).orElseThrow().compareTo(Duration.ofHours(1)) >= 0);
    assertTrue(next(NOON, options, asked(NOON, NOON)).orElseThrow().compareTo(Duration.ofHours(1)) >= 0);
  }

  @Test
  void quietHoursAreThoseOfTheWallClockAlsoWhenItIsPutForward() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZonedDateTime night = ZonedDateTime.of(2027, 3, 28, 1, 0, 0, 0, berlin); // at 2:00 it is 3:00
    AccountOptions options = every(Duration.ofMinutes(10)).withQuiet(Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0))));
    var past = new Past(night.toInstant(), Optional.empty(), Optional.empty(), Optional.empty());

    Instant next = Schedule.next(night, options, past, 0).orElseThrow();

    assertEquals(Duration.ofHours(4), Duration.between(night.toInstant(), next));
  }

  @Test
  void aJumpIsMoreThanATimerThatIsLate() {
    assertFalse(Schedule.jumped(NOON, NOON.plusSeconds(85), FetchAlarm.TICK));
    assertTrue(Schedule.jumped(NOON, NOON.plusSeconds(95), FetchAlarm.TICK));
    assertTrue(Schedule.jumped(NOON, NOON.minusSeconds(1), FetchAlarm.TICK));
  }
}
