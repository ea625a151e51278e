/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
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
  private static final int MUCH = 200;
  private static final System.Logger LOG = System.getLogger(AccountWorker.class.getName());

  /** Something to be done with the server. */
  private interface Work {
    void run(Visit visit) throws MailException, StoreException, CredentialException;
  }

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
      schedule(choosing, CHOOSING_DELAY.toMillis());
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
    requests.everything();
    schedule(fetching, 0);
  }

  /** What the jobs do. */
  private void work(IProgressMonitor monitor) {
    try {
      boolean well = true;
      for (var next = next(); well && next.isPresent(); next = well ? next() : next) {
        boolean unasked = next.get() instanceof Requests.Request.News;
        well = attempt(work(next.get(), monitor), new WorkerCourse(monitor, unasked));
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

  private Work work(Requests.Request request, IProgressMonitor monitor) {
    return switch (request) {
      case Requests.Request.Bodies bodies -> visit -> serveDemands(visit, monitor);
      case Requests.Request.OneFolder one -> visit -> one(visit, one.folder(), Bodies.POLICY, monitor);
      case Requests.Request.News news -> visit -> told(visit, news.folders(), monitor);
      case Requests.Request.Everything everything -> visit -> all(visit, Bodies.POLICY, monitor);
      case Requests.Request.Changes changes -> visit -> visit.sendChanges(monitor);
    };
  }

  private void all(Visit visit, Bodies bodies, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    doubt(monitor);
    connect(monitor);
    visit.sendChanges(monitor);
    visit.readFolders(monitor);
    visit.readAll(bodies, monitor);
    visit.readQuota(monitor);
    fetched();
  }

  private void one(Visit visit, FolderKey folder, Bodies bodies, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    doubt(monitor);
    connect(monitor);
    visit.sendChanges(monitor);
    if (ports.store().read(r -> r.folder(folder)).isPresent()) {
      visit.readFolder(folder, monitor);
      visit.fetchBodies(folder, bodies, monitor);
    }
  }

  /**
   * Reads folders with news. What is queued goes on waiting, because the user may still change his mind; but where the server may have done
   * something already, that is cleared up first.
   */
  private void told(Visit visit, Set<String> names, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    connect(monitor);
    if (ports.store().read(r -> r.queue(account.id())).stream().anyMatch(Queued::attempted)) {
      visit.sendChanges(monitor);
    }
    var unknown = new HashSet<>(names);
    List<FolderKey> told = ports.store().read(r -> r.folders(account.id())).stream().filter(f -> unknown.remove(f.remoteName())).map(Folder::key)
        .toList();
    for (FolderKey folder : told) {
      visit.readFolder(folder, monitor);
    }
    for (FolderKey folder : told) {
      visit.fetchBodies(folder, Bodies.POLICY, monitor);
    }
    if (!unknown.isEmpty()) {
      requests.everything(); // A folder that is new here.
    }
  }

  /** After a silence the connection may be dead, and then those of the watches may be too. */
  private void doubt(IProgressMonitor monitor) {
    if (connection.dead(monitor)) {
      watcher.probe();
    }
  }

  private void connect(IProgressMonitor monitor) throws MailException, CredentialException {
    if (!connection.open()) {
      show(Phase.CONNECTING, "", 0, 0); //$NON-NLS-1$
    }
    connection.get(monitor);
  }

  /** @return whether to go on */
  private boolean attempt(Work work, WorkerCourse course) {
    try {
      run(work, course);
      return true;
    } catch (MailException e) {
      trouble(e);
    } catch (StoreException | CredentialException e) {
      trouble(e);
    }
    return false;
  }

  /** A connection that was kept may have died in the meantime: that is no failure, but a reason to open another. */
  private SyncResult run(Work work, WorkerCourse course) throws MailException, StoreException, CredentialException {
    boolean kept = connection.reused();
    var visit = new Visit(ports, connection, course, board);
    try {
      work.run(visit);
    } catch (MailException.Unreachable e) {
      connection.close();
      watcher.probe();
      if (!kept) {
        throw e;
      }
      visit = new Visit(ports, connection, course, board);
      runAfresh(work, visit);
    } catch (OperationCanceledException | MailException.Busy | MailException.Malformed | MailException.SignInRefused
        | MailException.CertificateRefused e) {
      connection.close();
      throw e;
    }
    well();
    return visit.result();
  }

  private void runAfresh(Work work, Visit visit) throws MailException, StoreException, CredentialException {
    try {
      work.run(visit);
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
      return run(visit -> {
        if (request.folder().isPresent()) {
          one(visit, request.folder().get(), request.bodies(), monitor);
        } else {
          all(visit, request.bodies(), monitor);
        }
      }, new WorkerCourse(monitor, false));
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

  private void serveDemands(Visit visit, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    for (Requests.Demand demand : requests.takeDemands()) {
      try {
        demand.body().complete(visit.body(demand.message(), monitor));
      } catch (MailException.Refused e) {
        demand.body().completeExceptionally(e);
      } catch (MailException | StoreException | CredentialException e) {
        demand.body().completeExceptionally(e);
        throw e;
      } catch (OperationCanceledException e) {
        demand.body().completeExceptionally(new CancellationException());
        throw e;
      }
    }
  }

  private void afterWork() {
    try {
      connection.rest();
    } catch (MailException e) {
      connection.close();
    }
    show(Phase.IDLE, "", 0, 0); //$NON-NLS-1$
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

  private void show(Phase phase, String folder, int done, int total) {
    board.update(account.id(), activity -> activity.withWork(phase, folder, done, total));
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

  /** Shows what is done, and lets an opened message overtake. */
  private final class WorkerCourse implements Course {
    private final IProgressMonitor monitor;
    private final boolean unasked;
    private boolean busy;
    private Phase phase = Phase.IDLE;

    /** @param unasked whether nobody waits for it: then it is shown only if it is much */
    WorkerCourse(IProgressMonitor monitor, boolean unasked) {
      this.monitor = monitor;
      this.unasked = unasked;
    }

    @Override
    public void at(Phase now, String folder, int done, int total) {
      phase = now;
      if (unasked && total < MUCH) {
        return;
      }
      if (!folder.isEmpty()) {
        monitor.subTask(total == 0 ? folder : folder + " " + done + "/" + total); //$NON-NLS-1$ //$NON-NLS-2$
      }
      show(now, folder, done, total);
    }

    @Override
    public void pause() throws MailException, StoreException, CredentialException {
      if (busy) {
        return;
      }
      busy = true;
      try {
        var visit = new Visit(ports, connection, Course.ALONE, board);
        serveDemands(visit, monitor);
        if (phase == Phase.FETCHING_BODIES && requests.takeChanges()) {
          visit.sendChanges(monitor);
        }
      } finally {
        busy = false;
      }
    }
  }
}
