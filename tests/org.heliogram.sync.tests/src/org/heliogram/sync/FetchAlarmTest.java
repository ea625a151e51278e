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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.testing.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alarm's own job never comes to ring here: the clock stands still unless a test moves it, and then the test looks. */
class FetchAlarmTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private final FakeClock clock = new FakeClock(NOON);
  private final ActivityBoard board = new ActivityBoard(System::nanoTime);
  private final AtomicInteger rings = new AtomicInteger();
  private final AccountId id = AccountId.create();
  private Optional<Schedule.Wish> wish = Optional.empty();
  private FetchAlarm alarm;

  @BeforeEach
  void set() {
    alarm = alarm(QUARTER);
    alarm.begin();
    alarm.fetched();
  }

  @AfterEach
  void stop() {
    alarm.stop();
  }

  private FetchAlarm alarm(Duration interval) {
    var account = new Account(id, "Drop", "", "ada@example.org", Protocol.POP3, new Endpoint("mail.example.org", 995, Security.TLS, "ada"),
        Optional.empty(), new AccountOptions(interval, false, BodyPolicy.DEFAULT));
    return new FetchAlarm(account, board, new Schedule(clock, new Random(3)), () -> wish, rings::incrementAndGet);
  }

  /** From now, as everybody can see. */
  private Duration due() {
    return Duration.between(clock.instant(), board.activity(id).nextFetch().orElseThrow());
  }

  /** Time goes by, and the alarm looks at the clock as often as it does. */
  private void pass(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minus(FetchAlarm.TICK)) {
      clock.advance(FetchAlarm.TICK);
      alarm.look();
    }
  }

  private void sleep(Duration time) {
    clock.advance(time);
    alarm.look();
  }

  @Test
  void itRingsWhenItWasSaidToAndOnce() {
    Duration shown = due();
    pass(shown.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).minus(Duration.ofMinutes(1)));
    assertEquals(0, rings.get());

    pass(Duration.ofMinutes(5));

    assertEquals(1, rings.get());
  }

  @Test
  void nothingIsDueWhileEverythingIsFetched() {
    alarm.begun();

    assertEquals(Optional.empty(), board.activity(id).nextFetch());
    pass(Duration.ofHours(1));
    assertEquals(0, rings.get());
  }

  @Test
  void theIntervalBeginsWhenTheFetchIsOver() {
    alarm.begun();
    pass(Duration.ofHours(1));
    alarm.fetched();

    assertTrue(due().compareTo(Duration.ofMinutes(13)) > 0, () -> due().toString());
  }

  @Test
  void aFetchThatWasCancelledIsFollowedByAnotherAfterTheInterval() {
    alarm.begun();
    pass(Duration.ofMinutes(3));

    alarm.workEnded();

    assertTrue(due().compareTo(Duration.ofMinutes(13)) > 0, () -> due().toString());
  }

  @Test
  void workThatIsNoFetchLeavesTheScheduleAlone() {
    Optional<Instant> before = board.activity(id).nextFetch();
    clock.advance(Duration.ofMinutes(1));

    alarm.well();
    alarm.workEnded();

    assertEquals(before, board.activity(id).nextFetch());
  }

  @Test
  void trap91AfterASleepThereIsOneFetchSoon() {
    sleep(Duration.ofHours(9));
    assertEquals(0, rings.get());
    assertTrue(due().compareTo(Schedule.SETTLING) >= 0 && due().compareTo(Schedule.SETTLING.multipliedBy(2)) <= 0, () -> due().toString());

    clock.advance(due());
    alarm.look();
    pass(Duration.ofMinutes(10));

    assertEquals(1, rings.get());
  }

  @Test
  void aShortSleepCausesNoFetch() {
    sleep(Duration.ofMinutes(5));

    assertEquals(0, rings.get());
    assertTrue(due().compareTo(Duration.ofMinutes(8)) > 0, () -> due().toString());
  }

  @Test
  void aClockSetBackDoesNotPutTheNextFetchOff() {
    clock.advance(Duration.ofDays(-400));
    alarm.look();

    assertTrue(due().compareTo(Duration.ofMinutes(17)) < 0, () -> due().toString());
  }

  @Test
  void afterAFailureItIsTriedAgainSoonerAndThenSeldom() {
    alarm.trouble(new MailException.Unreachable(MailException.Unreachable.Reason.TIMED_OUT, "x", null));
    alarm.rearm();
    assertTrue(due().compareTo(Duration.ofSeconds(2)) < 0, () -> due().toString());

    for (int i = 0; i < 20; i++) {
      alarm.trouble(new MailException.Unreachable(MailException.Unreachable.Reason.TIMED_OUT, "x", null));
    }
    alarm.rearm();

    assertTrue(due().compareTo(Duration.ofMinutes(4)) > 0 && due().compareTo(Duration.ofMinutes(6)) < 0, () -> due().toString());
  }

  @Test
  void aBusyServerIsLeftAloneAsLongAsItWants() {
    alarm.trouble(new MailException.Busy(Optional.of(Duration.ofHours(2)), "", null));
    alarm.rearm();

    assertEquals(Duration.ofHours(2), due());
  }

  @Test
  void aDelayThatWasOnlyAnnouncedIsKeptToo() {
    wish = Optional.of(new Schedule.Wish(NOON, Duration.ofMinutes(30)));

    alarm.fetched();

    assertEquals(Duration.ofMinutes(30), due());
  }

  @Test
  void afterTheUserAskedFetchesAreAMinuteApartForFive() {
    alarm.asked();
    int soon = 0;
    while (due().compareTo(Duration.ofMinutes(2)) < 0) {
      clock.advance(due());
      alarm.look();
      alarm.begun();
      alarm.fetched();
      soon++;
    }

    assertTrue(soon >= 4 && soon <= 5, soon + " fetches");
    assertEquals(soon, rings.get());
    assertTrue(due().compareTo(Duration.ofMinutes(13)) > 0, () -> due().toString());
  }

  @Test
  void afterARefusalNothingIsDueUntilTheUserDidSomething() {
    assertFalse(alarm.trouble(new MailException.SignInRefused("no", null)));
    alarm.rearm();
    assertEquals(Optional.empty(), board.activity(id).nextFetch());
    assertFalse(alarm.open());

    alarm.forgive();

    assertTrue(alarm.open());
  }

  @Test
  void beforeTheScheduleBeginsNothingIsDue() {
    FetchAlarm other = alarm(QUARTER);

    other.fetched();

    assertEquals(Optional.empty(), board.activity(id).nextFetch());
  }
}
