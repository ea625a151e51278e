/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialException;

/**
 * Rings when an account is to be fetched, and knows what stands in the way. Trouble is a state, not an event: it stands until work
 * succeeds. Shows trouble and the next fetch on the board. Any thread.
 */
final class FetchAlarm {
  private static final System.Logger LOG = System.getLogger(FetchAlarm.class.getName());
  private final Account account;
  private final ActivityBoard board;
  private final Schedule schedule;
  private final Job alarm;
  private boolean scheduled; // guarded by this, like all below
  private boolean blocked;
  private boolean stopped;
  private int failures;

  /** @param ring called in a job of its own, unless something stands in the way */
  FetchAlarm(Account account, ActivityBoard board, Schedule schedule, Runnable ring) {
    this.account = account;
    this.board = board;
    this.schedule = schedule;
    this.alarm = WorkerJob.system(account, monitor -> {
      if (open()) {
        ring.run();
      }
    });
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
  boolean sends() {
    synchronized (this) {
      if (!scheduled || blocked) {
        return false;
      }
    }
    return board.activity(account.id()).trouble().isEmpty();
  }

  /** What only the user can do something about. */
  synchronized Optional<Exception> inTheWay() {
    return blocked ? board.activity(account.id()).trouble() : Optional.empty();
  }

  /** The user did something: what stood in the way is tried again. */
  synchronized void forgive() {
    blocked = false;
    failures = 0;
  }

  /** Never rings again. */
  void stop() {
    synchronized (this) {
      stopped = true;
      scheduled = false;
    }
    alarm.cancel();
  }

  boolean join(Duration atMost) throws InterruptedException {
    return alarm.join(atMost.toMillis(), new NullProgressMonitor());
  }

  /** Work was over. If it was cancelled, nobody has set the alarm. */
  void workEnded() {
    boolean waiting;
    synchronized (this) {
      waiting = scheduled && !blocked;
    }
    if (waiting && alarm.getState() == Job.NONE) {
      setByInterval();
    }
  }

  /** Something was done with the server. */
  void well() {
    forgive();
    board.update(account.id(), activity -> activity.withTrouble(Optional.empty()));
  }

  /** Everything was fetched. */
  void fetched() {
    Instant now = schedule.now();
    board.update(account.id(), activity -> activity.withWork(activity.phase(), "", 0, 0).withTrouble(Optional.empty()) //$NON-NLS-1$
        .withLastFetch(now));
    setByInterval();
  }

  private void setByInterval() {
    Duration interval = account.options().fetchInterval();
    set(interval.isZero() ? Optional.empty() : Optional.of(schedule.after(interval)));
  }

  /** Sets the alarm, or stops it. */
  private void set(Optional<Instant> at) {
    Optional<Instant> next;
    synchronized (this) {
      next = scheduled && !stopped ? at : Optional.empty();
    }
    alarm.cancel();
    next.ifPresent(time -> alarm.schedule(schedule.delayUntil(time)));
    board.update(account.id(), activity -> activity.withNextFetch(next));
  }

  /** Work failed. Call {@link #rearm} after having given up what depends on it. */
  Optional<Duration> trouble(Exception reason) {
    boolean known = board.activity(account.id()).trouble().filter(t -> alike(t, reason)).isPresent();
    Optional<Duration> wait;
    board.update(account.id(), activity -> activity.withTrouble(Optional.of(reason)));
    synchronized (this) {
      failures++;
      wait = wait(reason, failures);
      blocked = wait.isEmpty();
    }
    if (!known) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + describe(reason)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return wait;
  }

  /** @param wait what {@link #trouble} said */
  void rearm(Optional<Duration> wait) {
    set(wait.map(w -> schedule.afterFailure(w, account.options().fetchInterval())));
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
