/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.StoreException;

/**
 * Works for one account: takes requests from any thread, and does them one after another in jobs under the account's rule. Messages
 * that the user opened go first. Trouble is a state, not an event: it stands until work succeeds.
 */
final class AccountWorker {
  static final Duration QUEUE_DELAY = Duration.ofSeconds(3);
  private static final Duration KEEP_OPEN = Duration.ofMinutes(3);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(4);
  private static final Duration CHOOSING_DELAY = Duration.ofMillis(500);
  private static final System.Logger LOG = System.getLogger(AccountWorker.class.getName());

  private final Account account;
  private final Ports ports;
  private final ActivityBoard board;
  private final Schedule schedule;
  private final Connection connection; // under the rule
  private final AccountRule rule;
  private final Job fetching;
  private final Job quiet;
  private final Job sending;
  private final Job choosing;
  private final Job alarm;
  private final Job idle;
  private final Watcher watcher;
  private final Requests requests = new Requests();
  private final Errands errands;
  private boolean scheduled; // guarded by this, like all below
  private boolean blocked;
  private boolean stopped;
  private int failures;

  AccountWorker(Account account, Ports ports, ActivityBoard board) {
    this.account = account;
    this.ports = ports;
    this.board = board;
    this.schedule = ports.schedule();
    this.connection = new Connection(account, ports.backends(), ports.credentials());
    this.rule = new AccountRule(account.id());
    this.fetching = new WorkerJob(account, this::work);
    this.quiet = WorkerJob.system(account, this::work);
    this.sending = WorkerJob.system(account, monitor -> send());
    this.choosing = WorkerJob.system(account, monitor -> choose());
    this.alarm = WorkerJob.system(account, this::ring);
    this.idle = WorkerJob.system(account, this::rest);
    this.watcher = new Watcher(account, ports, board, this::news);
    this.errands = new Errands(ports, connection, board, requests, watcher, this::fetched);
    fetching.setRule(rule);
    quiet.setRule(rule);
    idle.setRule(rule);
    quiet.setPriority(Job.SHORT);
  }

  Account account() {
    return account;
  }

  /** Fetches now, and from now on by the clock. */
  void start() {
    synchronized (this) {
      scheduled = true;
    }
    refresh();
  }

  /** The user asks for everything, whatever stood in the way. */
  void refresh() {
    synchronized (this) {
      unblock();
    }
    everything();
  }

  /** Also looks after the watches: that bounds the time in which a silent death goes unnoticed. */
  private void everything() {
    watcher.probe();
    requests.everything();
    schedule(fetching, 0);
  }

  void refresh(FolderKey folder) {
    synchronized (this) {
      unblock();
    }
    requests.folder(folder);
    schedule(fetching, 0);
  }

  private void unblock() {
    blocked = false;
    failures = 0;
  }

  /** Something is queued. It is sent after a moment in which the user may change his mind; while there is trouble, with the next fetch. */
  void changesQueued() {
    synchronized (this) {
      if (!scheduled || blocked || board.activity(account.id()).trouble().isPresent()) {
        return;
      }
    }
    schedule(sending, QUEUE_DELAY.toMillis());
  }

  /** Which folders are to be watched may be another matter now. */
  void foldersChanged() {
    if (watcher.choosy()) {
      choosing.schedule(CHOOSING_DELAY.toMillis());
    }
  }

  private void choose() {
    try {
      watcher.chosenAnew();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + describe(e)); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void send() {
    requests.changes();
    schedule(quiet, 0);
  }

  /** The server told by itself that something happened: that is read at once, and nothing else. */
  private void news(FolderWatch.Wake wake) {
    if (wake.everything()) {
      requests.everything();
    }
    requests.news(wake.folders());
    schedule(quiet, 0);
  }

  /** A body that somebody waits for. After a refused sign-in nothing is tried before the user has done something about it. */
  CompletableFuture<Body> body(MessageKey message) {
    var demand = new Requests.Demand(message, new CompletableFuture<>());
    Optional<Exception> inTheWay;
    synchronized (this) {
      inTheWay = blocked ? board.activity(account.id()).trouble() : Optional.empty();
      if (inTheWay.isEmpty() && !stopped) {
        requests.add(demand);
      }
    }
    inTheWay.ifPresent(demand.body()::completeExceptionally);
    if (!schedule(quiet, 0)) {
      demand.body().completeExceptionally(new CancellationException());
    }
    return demand.body();
  }

  private boolean schedule(Job job, long delay) {
    synchronized (this) {
      if (stopped) {
        return false;
      }
    }
    idle.cancel();
    job.schedule(delay);
    return true;
  }

  /** Ends what is being done; the queue stays, and the schedule goes on. */
  void cancel() {
    requests.forget();
    fetching.cancel();
    quiet.cancel();
    requests.takeDemands().forEach(d -> d.body().completeExceptionally(new CancellationException()));
  }

  /** Ends everything for good. */
  void stop() {
    synchronized (this) {
      stopped = true;
      scheduled = false;
    }
    alarm.cancel();
    sending.cancel();
    choosing.cancel();
    idle.cancel();
    watcher.close();
    cancel();
  }

  /** Waits until nothing of this account runs any more, then closes its connection. @return whether that was in time */
  boolean join(Duration atMost) {
    try {
      for (Job job : List.of(fetching, quiet, sending, choosing, alarm, idle)) {
        if (!job.join(atMost.toMillis(), new NullProgressMonitor())) {
          return false;
        }
      }
      connection.close();
      return watcher.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ring(IProgressMonitor monitor) {
    synchronized (this) {
      if (blocked || stopped) {
        return;
      }
    }
    everything();
  }

  /** What the jobs do. */
  private void work(IProgressMonitor monitor) {
    try {
      boolean well = true;
      for (var next = next(); well && next.isPresent(); next = well ? next() : next) {
        boolean unasked = next.get() instanceof Requests.Request.News || next.get() instanceof Requests.Request.BodiesOf;
        well = attempt(errands.errand(next.get()), unasked, monitor);
      }
    } finally {
      afterWork();
    }
  }

  private Optional<Requests.Request> next() {
    synchronized (this) {
      if (blocked || stopped) {
        return Optional.empty();
      }
    }
    return requests.next();
  }

  /** @return whether to go on */
  private boolean attempt(Errands.Errand errand, boolean unasked, IProgressMonitor monitor) {
    try {
      run(errand, unasked, monitor);
      return true;
    } catch (MailException e) {
      trouble(e);
    } catch (StoreException | CredentialException e) {
      trouble(e);
    }
    return false;
  }

  /** A connection that was kept may have died in the meantime: that is no failure, but a reason to open another. */
  private SyncResult run(Errands.Errand errand, boolean unasked, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    boolean kept = connection.reused();
    Visit visit = errands.visit(monitor, unasked);
    try {
      errand.run(visit, monitor);
    } catch (MailException.Unreachable e) {
      connection.close();
      watcher.probe();
      if (!kept) {
        throw e;
      }
      visit = errands.visit(monitor, unasked);
      runAfresh(errand, visit, monitor);
    } catch (OperationCanceledException | MailException.Busy | MailException.Malformed | MailException.SignInRefused
        | MailException.CertificateRefused e) {
      connection.close();
      throw e;
    }
    well();
    return visit.result();
  }

  private void runAfresh(Errands.Errand errand, Visit visit, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    try {
      errand.run(visit, monitor);
    } catch (OperationCanceledException | MailException e) {
      connection.close();
      throw e;
    }
  }

  /** Synchronises on the caller's thread. */
  SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Job.getJobManager().beginRule(rule, monitor);
    try {
      idle.cancel();
      return run(errands.errand(request), false, monitor);
    } catch (MailException e) {
      trouble(e);
      throw e;
    } catch (StoreException | CredentialException e) {
      trouble(e);
      throw e;
    } finally {
      afterWork();
      Job.getJobManager().endRule(rule);
    }
  }

  private void afterWork() {
    try {
      connection.rest();
    } catch (MailException e) {
      connection.close();
    }
    board.update(account.id(), activity -> activity.withWork(Phase.IDLE, "", 0, 0)); //$NON-NLS-1$
    boolean over;
    boolean waiting;
    synchronized (this) {
      over = stopped;
      waiting = scheduled && !blocked;
    }
    if (over) {
      connection.close();
    } else if (connection.open()) {
      idle.schedule((watcher.standing() ? KEEP_ALIVE : KEEP_OPEN).toMillis());
    }
    // Work that was cancelled set no alarm.
    if (waiting && alarm.getState() == Job.NONE) {
      wakeByInterval();
    }
  }

  /** While the server tells news the connection stays, so that they are read without delay. */
  private void rest(IProgressMonitor monitor) {
    if (watcher.standing()) {
      connection.keepAlive(monitor);
      if (connection.open()) {
        idle.schedule(KEEP_ALIVE.toMillis());
      }
    } else {
      connection.close();
    }
  }

  private void wakeByInterval() {
    Duration interval = account.options().fetchInterval();
    wake(interval.isZero() ? Optional.empty() : Optional.of(schedule.after(interval)));
  }

  private void well() {
    boolean watching;
    synchronized (this) {
      unblock();
      watching = scheduled;
    }
    board.update(account.id(), activity -> activity.withTrouble(Optional.empty()));
    if (watching) {
      watcher.workerIsWell(connection.signIns());
    }
  }

  private void fetched() {
    Instant now = schedule.now();
    board.update(account.id(), activity -> activity.withWork(activity.phase(), "", 0, 0).withTrouble(Optional.empty()) //$NON-NLS-1$
        .withLastFetch(now));
    wakeByInterval();
  }

  /** Sets the alarm, or stops it. */
  private void wake(Optional<Instant> at) {
    Optional<Instant> next;
    synchronized (this) {
      next = scheduled && !stopped ? at : Optional.empty();
    }
    alarm.cancel();
    next.ifPresent(time -> alarm.schedule(schedule.delayUntil(time)));
    board.update(account.id(), activity -> activity.withNextFetch(next));
  }

  private void trouble(Exception reason) {
    boolean known = board.activity(account.id()).trouble().filter(t -> alike(t, reason)).isPresent();
    Optional<Duration> wait;
    board.update(account.id(), activity -> activity.withTrouble(Optional.of(reason)));
    synchronized (this) {
      failures++;
      wait = wait(reason, failures);
      blocked = wait.isEmpty();
    }
    requests.forget();
    if (wait.isEmpty()) {
      watcher.rest();
    }
    if (!known) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + describe(reason)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    requests.takeDemands().forEach(d -> d.body().completeExceptionally(reason));
    wake(wait.map(w -> schedule.afterFailure(w, account.options().fetchInterval())));
  }

  /** How long to wait after a failure; empty means until the user has done something about it. */
  private Optional<Duration> wait(Exception reason, int inARow) {
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
