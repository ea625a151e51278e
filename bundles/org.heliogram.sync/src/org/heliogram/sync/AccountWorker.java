/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
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
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/**
 * Works for one account: takes requests from any thread, and does them one after another in jobs under the account's rule. Messages
 * that the user opened go first.
 */
final class AccountWorker {
  static final Duration QUEUE_DELAY = Duration.ofSeconds(3);
  private static final Duration KEEP_OPEN = Duration.ofMinutes(3);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(4);
  private static final Duration CHOOSING_DELAY = Duration.ofMillis(500);
  private static final System.Logger LOG = System.getLogger(AccountWorker.class.getName());

  private final Account account;
  private final ActivityBoard board;
  private final Connection connection; // under the rule
  private final AccountRule rule;
  private final Job fetching;
  private final Job quiet;
  private final Job sending;
  private final Job choosing;
  private final Job supplying;
  private final Job idle;
  private final FetchAlarm alarm;
  private final Watcher watcher;
  private final Requests requests = new Requests();
  private final Errands errands;
  private final ErrandRunner runner;

  AccountWorker(Account account, Ports ports, ActivityBoard board) {
    this.account = account;
    this.board = board;
    this.connection = new Connection(account, ports.backends(), ports.credentials(), ports.clock());
    this.rule = new AccountRule(account.id());
    this.fetching = new WorkerJob(account, this::work);
    this.quiet = WorkerJob.system(account, this::work);
    this.sending = WorkerJob.system(account, monitor -> send());
    this.choosing = WorkerJob.system(account, monitor -> choose());
    this.supplying = WorkerJob.system(account, monitor -> supply(ports.store()));
    this.idle = WorkerJob.system(account, this::rest);
    this.alarm = new FetchAlarm(account, board, ports.schedule(), connection::wish, () -> everything(Duration.ZERO));
    this.watcher = new Watcher(account, ports, board, this::news);
    this.errands = new Errands(ports, connection, board, requests, watcher, alarm);
    this.runner = new ErrandRunner(errands, connection, watcher);
    fetching.setRule(rule);
    quiet.setRule(rule);
    idle.setRule(rule);
    quiet.setPriority(Job.SHORT);
  }

  Account account() {
    return account;
  }

  /** Fetches after a moment, and from then on by the clock. */
  void start(Duration after) {
    alarm.begin();
    alarm.forgive();
    everything(after);
  }

  /** The user asks for everything, whatever stood in the way. */
  void refresh(Duration after) {
    asked();
    requests.again();
    everything(after);
  }

  /** Where the server tells news by itself, nothing comes sooner by asking more often. */
  private void asked() {
    alarm.forgive();
    if (!watcher.standing()) {
      alarm.asked();
    }
  }

  /** Also looks after the watches: that bounds the time in which a silent death goes unnoticed. */
  private void everything(Duration after) {
    watcher.probe();
    requests.everything();
    schedule(fetching, after.toMillis());
  }

  void refresh(FolderKey folder) {
    asked();
    requests.folder(folder);
    schedule(fetching, 0);
  }

  /** Something is queued. It is sent after a moment in which the user may change his mind; while there is trouble, with the next fetch. */
  void changesQueued() {
    if (alarm.sends()) {
      schedule(sending, QUEUE_DELAY.toMillis());
    }
  }

  /** Somewhere something was queued: it may be a transfer that waits for content of this account. */
  void contentWanted() {
    if (alarm.sends()) {
      supplying.schedule();
    }
  }

  private void supply(MailStore store) {
    try {
      if (ContentSupply.wanted(store, account.id())) {
        requests.content();
        schedule(quiet, 0);
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + e.getMessage()); //$NON-NLS-1$ //$NON-NLS-2$
    }
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
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + e.getMessage()); //$NON-NLS-1$ //$NON-NLS-2$
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
    requests.add(demand); // before the look: whatever comes in the way later takes it out again
    Optional<Exception> inTheWay = alarm.inTheWay();
    if (inTheWay.isPresent()) {
      requests.remove(demand);
      demand.body().completeExceptionally(inTheWay.get());
    } else if (!schedule(quiet, 0)) {
      requests.remove(demand);
      demand.body().completeExceptionally(new CancellationException());
    }
    return demand.body();
  }

  private boolean schedule(Job job, long delay) {
    if (alarm.stopped()) {
      return false;
    }
    idle.cancel();
    job.schedule(delay);
    if (delay == 0) {
      job.wakeUp(); // It may be one that was to run after a moment.
    }
    return true;
  }

  /** Ends what is being done; the queue stays, and the schedule goes on. */
  void cancel() {
    requests.forget();
    fetching.cancel();
    quiet.cancel();
    requests.takeDemands().forEach(d -> d.body().completeExceptionally(new CancellationException()));
    alarm.workEnded(); // A job that had not begun yet never tells.
  }

  /** Ends everything for good. */
  void stop() {
    alarm.stop();
    sending.cancel();
    choosing.cancel();
    supplying.cancel();
    idle.cancel();
    watcher.close();
    cancel();
  }

  /** Waits until nothing of this account runs any more, then closes its connection. @return whether that was in time */
  boolean join(Duration atMost) {
    try {
      for (Job job : List.of(fetching, quiet, sending, choosing, supplying, idle)) {
        if (!job.join(atMost.toMillis(), new NullProgressMonitor())) {
          return false;
        }
      }
      if (!alarm.join(atMost)) {
        return false;
      }
      connection.close();
      return watcher.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
    return alarm.open() ? requests.next() : Optional.empty();
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

  private SyncResult run(Errands.Errand errand, boolean unasked, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    SyncResult result = runner.run(errand, unasked, monitor);
    alarm.well();
    if (alarm.scheduled()) {
      watcher.workerIsWell(connection.signIns());
    }
    return result;
  }

  /** Synchronises on the caller's thread. */
  SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    return synchronise(errands.errand(request), monitor);
  }

  /** Fetches on the caller's thread what transfers into other accounts wait for. What is in the way is this account's trouble, not theirs. */
  void supply(IProgressMonitor monitor) throws StoreException {
    try {
      synchronise(errands.supply(), monitor);
    } catch (MailException | CredentialException e) {
      LOG.log(System.Logger.Level.INFO, "account " + account.id() + " cannot give what a transfer waits for"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private SyncResult synchronise(Errands.Errand errand, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Job.getJobManager().beginRule(rule, monitor);
    try {
      idle.cancel();
      return run(errand, false, monitor);
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
    if (alarm.stopped()) {
      connection.close();
    } else if (connection.open()) {
      idle.schedule((watcher.standing() ? KEEP_ALIVE : KEEP_OPEN).toMillis());
    }
    alarm.workEnded();
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

  private void trouble(Exception reason) {
    boolean goesOn = alarm.trouble(reason);
    requests.forget();
    if (!goesOn) {
      watcher.rest();
    }
    requests.takeDemands().forEach(d -> d.body().completeExceptionally(reason));
    alarm.rearm();
  }
}
