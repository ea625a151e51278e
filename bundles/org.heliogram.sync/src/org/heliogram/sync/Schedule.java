/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.QuietHours;

/**
 * When an account is fetched next. The whole rule is {@link #next}, a pure function:
 * <ol>
 * <li>An interval after the last try; after a failure what {@link RetryPolicy} says, but not longer than the interval.
 * <li>For a few minutes after the user asked or sent something, a minute after the last try: an answer may be on its way.
 * <li>A time that is long past, because the machine slept or its clock was set, is soon, once: the network has to come up first.
 * <li>Not before the server wants it.
 * <li>Not in the quiet hours: then when they are over.
 * </ol>
 * An account without interval is fetched again after a failure only. Chance keeps many accounts, and many machines, from knocking at the
 * same moment. What the user asks for is not scheduled, and so none of this is in its way.
 */
final class Schedule {
  static final Duration LIVELY = Duration.ofMinutes(1);
  static final Duration LIVELY_FOR = Duration.ofMinutes(5);
  static final Duration SETTLING = Duration.ofSeconds(10);
  /** As long a timer may be late without anything being strange. */
  static final Duration LATE = Duration.ofMinutes(1);
  private static final double JITTER = 0.1;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * What decides about the next fetch.
   *
   * @param tried when the last try was over, well or not
   * @param asked when the user last asked for mail or sent some
   * @param retry after a failure: how long to wait
   * @param wish  what the server wants
   */
  record Past(Instant tried, Optional<Instant> asked, Optional<Duration> retry, Optional<Wish> wish) {}

  /** A server wants to be left alone for a while. It may not have its way for longer than a day. */
  record Wish(Instant since, Duration pause) {
    static final Duration LONGEST = Duration.ofDays(1);

    Instant over() {
      return since.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }
  }

  Schedule(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Instant now() {
    return clock.instant();
  }

  /** A tenth more or less. */
  Duration about(Duration interval) {
    return about(interval, random.nextDouble());
  }

  Optional<Instant> next(AccountOptions options, Past past) {
    return next(clock.instant().atZone(clock.getZone()), options, past, random.nextDouble());
  }

  /**
   * The rule. Instants of the past that the clock has yet to reach, because it was set back, count as now.
   *
   * @param chance  from 0 to 1
   * @return never before now; empty if only the user can cause a fetch
   */
  static Optional<Instant> next(ZonedDateTime now, AccountOptions options, Past past, double chance) {
    Instant present = now.toInstant();
    Duration interval = options.fetchInterval();
    Optional<Duration> wait = past.retry().isPresent() ? past.retry().map(retry -> shorter(retry, interval)) : positive(interval);
    if (wait.isEmpty()) {
      return Optional.empty();
    }
    Instant time = earlier(past.tried(), present).plus(about(wait.get(), chance));
    if (past.asked().isPresent() && past.retry().isEmpty()) {
      Instant asked = earlier(past.asked().get(), present);
      Instant lively = later(earlier(past.tried(), present), asked).plus(about(shorter(LIVELY, interval), chance));
      time = lively.isAfter(asked.plus(LIVELY_FOR)) ? time : earlier(time, lively);
    }
    if (time.isBefore(present)) {
      boolean slept = time.isBefore(present.minus(LATE));
      time = slept ? present.plus(SETTLING).plus(share(SETTLING, chance)) : present;
    }
    if (past.wish().isPresent()) {
      Wish wish = past.wish().get();
      time = later(time, new Wish(earlier(wish.since(), present), wish.pause()).over());
    }
    return Optional.of(options.quiet().isPresent() ? outside(options.quiet().get(), time, now.getZone(), share(wait.get(), JITTER * chance)) : time);
  }

  /** @param after how long after the quiet hours */
  private static Instant outside(QuietHours quiet, Instant time, ZoneId zone, Duration after) {
    ZonedDateTime local = time.atZone(zone);
    if (!quiet.contains(local.toLocalTime())) {
      return time;
    }
    LocalDate day = local.toLocalTime().isBefore(quiet.to()) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return ZonedDateTime.of(day, quiet.to(), zone).toInstant().plus(after);
  }

  private static Optional<Duration> positive(Duration interval) {
    return interval.isZero() ? Optional.empty() : Optional.of(interval);
  }

  /** @param interval zero for none */
  private static Duration shorter(Duration wait, Duration interval) {
    return !interval.isZero() && interval.compareTo(wait) < 0 ? interval : wait;
  }

  private static Duration about(Duration interval, double chance) {
    return share(interval, 1 + JITTER * (2 * chance - 1));
  }

  private static Duration share(Duration whole, double part) {
    return Duration.ofMillis(Math.round(whole.toMillis() * part));
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  private static Instant later(Instant one, Instant other) {
    return other.isAfter(one) ? other : one;
  }

  /** Whether so much time has passed between two looks that the machine slept in between, or its clock was set. */
  static boolean jumped(Instant before, Instant now, Duration meant) {
    return now.isBefore(before) || Duration.between(before, now).compareTo(meant.plus(LATE)) > 0;
  }
}
