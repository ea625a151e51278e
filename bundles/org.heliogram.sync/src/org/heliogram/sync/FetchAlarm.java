/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialException;

/**
 * Rings when an account is to be fetched by {@link Schedule}, and knows what stands in the way. Trouble is a state, not an event: it
 * stands until work succeeds. Shows trouble and the next fetch on the board. It looks at the clock more often than it rings, because
 * timers stand still while a machine sleeps. Any thread.
 */
final class FetchAlarm {
  /** How soon it is noticed at the latest that the machine slept. */
  static final Duration TICK = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(FetchAlarm.class.getName());
  private final Account account;
  private final ActivityBoard board;
  private final Schedule schedule;
  private final Supplier<Optional<Schedule.Wish>> server;
  private final Runnable ring;
  private final Job alarm;
  private boolean scheduled; // guarded by this, like all below
  private boolean blocked;
  private boolean stopped;
  private int failures;
  private Optional<Exception> trouble = Optional.empty();
  private Optional<Duration> retry = Optional.empty();
  private Optional<Schedule.Wish> busy = Optional.empty();
  private Optional<Instant> asked = Optional.empty();
  private Instant tried;
  private Instant looked;
  private Optional<Instant> due = Optional.empty();

  /** @param server what it wants, as far as it said; @param ring called in a job of its own, unless something stands in the way */
  FetchAlarm(Account account, ActivityBoard board, Schedule schedule, Supplier<Optional<Schedule.Wish>> server, Runnable ring) {
    this.account = account;
    this.board = board;
    this.schedule = schedule;
    this.server = server;
    this.ring = ring;
    this.tried = schedule.now();
    this.looked = tried;
    this.alarm = WorkerJob.system(account, monitor -> look());
  }

  /** From now on it rings by the clock. */
  synchronized void begin() {
    scheduled = true;
  }

  synchronized boolean scheduled() {
    return scheduled;
  }

  /** Whether work may be done at all: not after {@link #stop}, nor after a refusal before the user has done something about it. */
  synchronized boolean open() {
    return !blocked && !stopped;
  }

  synchronized boolean stopped() {
    return stopped;
  }

  /** Whether what is queued now is to be sent by itself: while there is trouble, that waits for the next fetch. */
  synchronized boolean sends() {
    return scheduled && !blocked && trouble.isEmpty();
  }

  /** What only the user can do something about. */
  synchronized Optional<Exception> inTheWay() {
    return blocked ? trouble : Optional.empty();
  }

  /** The user did something: what stood in the way is tried again. */
  synchronized void forgive() {
    blocked = false;
    failures = 0;
    retry = Optional.empty();
  }

  /** The user asked for mail, or sent some: more may come soon. */
  void asked() {
    boolean set;
    synchronized (this) {
      asked = Optional.of(schedule.now());
      set = due.isPresent();
    }
    if (set) {
      arm();
    }
  }

  /** Everything is being fetched: until that is over nothing is due, so that one fetch never follows upon another's heels. */
  void begun() {
    set(Optional.empty());
  }

  /** Never rings again. */
  void stop() {
    synchronized (this) {
      stopped = true;
      scheduled = false;
      due = Optional.empty();
    }
    alarm.cancel();
  }

  boolean join(Duration atMost) throws InterruptedException {
    return alarm.join(atMost.toMillis(), new NullProgressMonitor());
  }

  /** Work was over. If it was cancelled, nobody has set the alarm. */
  void workEnded() {
    boolean unset;
    synchronized (this) {
      unset = scheduled && !blocked && due.isEmpty();
      if (unset) {
        tried = schedule.now();
        retry = Optional.empty();
      }
    }
    if (unset) {
      arm();
    }
  }

  /** Something was done with the server. */
  void well() {
    synchronized (this) {
      forgive();
      trouble = Optional.empty();
    }
    board.update(account.id(), activity -> activity.withTrouble(Optional.empty()));
  }

  /** Everything was fetched. */
  void fetched() {
    Instant now = schedule.now();
    board.update(account.id(), activity -> activity.withWork(activity.phase(), "", 0, 0).withTrouble(Optional.empty()) //$NON-NLS-1$
        .withLastFetch(now));
    synchronized (this) {
      tried = now;
      trouble = Optional.empty();
      retry = Optional.empty();
      busy = Optional.empty();
    }
    arm();
  }

  private void arm() {
    Schedule.Past past;
    synchronized (this) {
      past = new Schedule.Past(tried, asked, retry, busy.or(server));
    }
    set(schedule.next(account.options(), past));
  }

  /** Sets the alarm, or stops it. */
  private void set(Optional<Instant> at) {
    Optional<Instant> next;
    synchronized (this) {
      next = scheduled && !stopped && !blocked ? at : Optional.empty();
      due = next;
      looked = schedule.now();
    }
    alarm.cancel();
    next.ifPresent(time -> alarm.schedule(untilLook(time).toMillis()));
    board.update(account.id(), activity -> activity.withNextFetch(next));
  }

  private Duration untilLook(Instant time) {
    Duration wait = Duration.between(schedule.now(), time);
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(TICK) > 0 ? TICK : wait;
  }

  /** Looks at the clock, and rings if it is time. */
  void look() {
    Instant now = schedule.now();
    boolean jumped;
    Optional<Instant> time;
    synchronized (this) {
      jumped = Schedule.jumped(looked, now, TICK);
      looked = now;
      time = due;
      if (!jumped && due.isPresent() && !due.get().isAfter(now)) {
        due = Optional.empty();
      }
    }
    if (time.isEmpty()) {
      return;
    }
    if (jumped) {
      arm();
    } else if (time.get().isAfter(now)) {
      alarm.schedule(untilLook(time.get()).toMillis());
    } else if (open()) {
      ring.run();
    }
  }

  /** Work failed. Call {@link #rearm} after having given up what depends on it. @return whether it goes on by itself after a while */
  boolean trouble(Exception reason) {
    boolean known;
    boolean goesOn;
    synchronized (this) {
      known = trouble.filter(t -> alike(t, reason)).isPresent();
      trouble = Optional.of(reason);
      failures++;
      retry = wait(reason, failures);
      goesOn = retry.isPresent();
      blocked = !goesOn;
      tried = schedule.now();
      busy = wish(reason);
    }
    if (!known) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + describe(reason)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return goesOn;
  }

  /** After {@link #trouble}: sets the alarm for another try, if there is to be one. Shown last: who sees it and acts is not overtaken. */
  void rearm() {
    if (open()) {
      arm();
    } else {
      set(Optional.empty());
    }
    Optional<Exception> shown;
    synchronized (this) {
      shown = trouble;
    }
    board.update(account.id(), activity -> activity.withTrouble(shown));
  }

  private Optional<Schedule.Wish> wish(Exception reason) {
    return reason instanceof MailException.Busy told ? told.retryAfter().map(pause -> new Schedule.Wish(tried, pause)) : Optional.empty();
  }

  /** How long to wait after a failure; empty means until the user has done something about it. */
  private static Optional<Duration> wait(Exception reason, int inARow) {
    if (reason instanceof MailException failure) {
      return switch (RetryPolicy.decide(failure, inARow)) {
        case RetryPolicy.Decision.Retry retry -> Optional.of(retry.after());
        case RetryPolicy.Decision.AskUser ask -> Optional.empty();
        case RetryPolicy.Decision.GiveUp giveUp -> Optional.of(RetryPolicy.LONGEST);
      };
    }
    // A locked keyring asks the user each time it is touched: once is enough.
    return reason instanceof CredentialException ? Optional.empty() : Optional.of(RetryPolicy.backOff(inARow));
  }

  private static boolean alike(Exception one, Exception other) {
    return describe(one).equals(describe(other));
  }

  /** For the log and for telling troubles apart: messages of these exceptions hold no secrets. */
  private static String describe(Exception reason) {
    return reason.getClass().getSimpleName() + ": " + reason.getMessage(); //$NON-NLS-1$
  }
}
