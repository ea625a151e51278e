/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.StoreException;

/**
 * Works for one account: takes requests from any thread, and does them one after another in jobs under the account's rule. Messages
 * that the user opened go first. Trouble is a state, not an event: it stands until work succeeds.
 *
 * <p>Larger than a class should be: requests, the jobs that serve them and the state they show share one lock. The first to be taken
 * out is the state that is shown.
 */
final class AccountWorker {
  static final Duration QUEUE_DELAY = Duration.ofSeconds(3);
  private static final Duration KEEP_OPEN = Duration.ofMinutes(3);
  private static final System.Logger LOG = System.getLogger(AccountWorker.class.getName());

  /** A message whose body somebody waits for. */
  private record Demand(MessageKey message, CompletableFuture<Body> body) {}

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
  private final Job alarm;
  private final Job idle;
  private final Deque<Demand> demands = new ArrayDeque<>(); // guarded by this, like all below
  private final Set<FolderKey> folders = new LinkedHashSet<>();
  private boolean everything;
  private boolean changes;
  private boolean scheduled;
  private boolean blocked;
  private boolean stopped;
  private int failures;
  private Activity activity;

  AccountWorker(Account account, Ports ports, ActivityBoard board) {
    this.account = account;
    this.ports = ports;
    this.board = board;
    this.schedule = ports.schedule();
    this.connection = new Connection(account, ports.backends(), ports.credentials());
    this.rule = new AccountRule(account.id());
    this.activity = board.activity(account.id());
    this.fetching = new WorkerJob(account.label(), this::work);
    this.quiet = new WorkerJob(account.label(), this::work);
    this.alarm = new WorkerJob(account.label(), this::ring);
    this.idle = new WorkerJob(account.label(), monitor -> rest());
    quiet.setSystem(true);
    alarm.setSystem(true);
    idle.setSystem(true);
    fetching.setRule(rule);
    quiet.setRule(rule);
    idle.setRule(rule);
    quiet.setPriority(Job.SHORT);
  }

  /** A job of this account; all of them are found by its id. */
  private final class WorkerJob extends Job {
    private final java.util.function.Consumer<IProgressMonitor> work;

    WorkerJob(String name, java.util.function.Consumer<IProgressMonitor> work) {
      super(name);
      this.work = work;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
      try {
        work.accept(monitor);
        return Status.OK_STATUS;
      } catch (OperationCanceledException e) {
        return Status.CANCEL_STATUS;
      } finally {
        monitor.done();
      }
    }

    @Override
    public boolean belongsTo(Object family) {
      return account.id().equals(family);
    }
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
      everything = true;
    }
    schedule(fetching, 0);
  }

  void refresh(FolderKey folder) {
    synchronized (this) {
      unblock();
      folders.add(folder);
    }
    schedule(fetching, 0);
  }

  private void unblock() {
    blocked = false;
    failures = 0;
  }

  /** Something is queued. It is sent after a moment in which the user may change his mind; while there is trouble, with the next fetch. */
  void changesQueued() {
    synchronized (this) {
      if (!scheduled || blocked || activity.trouble().isPresent()) {
        return;
      }
      changes = true;
    }
    schedule(quiet, QUEUE_DELAY.toMillis());
  }

  /** A body that somebody waits for. After a refused sign-in nothing is tried before the user has done something about it. */
  CompletableFuture<Body> body(MessageKey message) {
    var demand = new Demand(message, new CompletableFuture<>());
    Optional<Exception> inTheWay;
    synchronized (this) {
      inTheWay = blocked ? activity.trouble() : Optional.empty();
      if (inTheWay.isEmpty() && !stopped) {
        demands.add(demand);
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
    synchronized (this) {
      everything = false;
      changes = false;
      folders.clear();
    }
    fetching.cancel();
    quiet.cancel();
    takeDemands().forEach(d -> d.body().completeExceptionally(new CancellationException()));
  }

  /** Ends everything for good. */
  void stop() {
    synchronized (this) {
      stopped = true;
      scheduled = false;
    }
    alarm.cancel();
    idle.cancel();
    cancel();
  }

  /** Waits until nothing of this account runs any more, then closes its connection. @return whether that was in time */
  boolean join(Duration atMost) {
    try {
      for (Job job : List.of(fetching, quiet, alarm, idle)) {
        if (!job.join(atMost.toMillis(), new NullProgressMonitor())) {
          return false;
        }
      }
      connection.close();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Demand> takeDemands() {
    synchronized (this) {
      List<Demand> taken = List.copyOf(demands);
      demands.clear();
      return taken;
    }
  }

  private void ring(IProgressMonitor monitor) {
    synchronized (this) {
      if (blocked || stopped) {
        return;
      }
      everything = true;
    }
    schedule(fetching, 0);
  }

  /** What the jobs do. */
  private void work(IProgressMonitor monitor) {
    try {
      boolean well = true;
      for (Work next = next(monitor); well && next != null; next = next(monitor)) {
        well = attempt(next, monitor);
      }
    } finally {
      afterWork();
    }
  }

  private Work next(IProgressMonitor monitor) {
    synchronized (this) {
      if (blocked || stopped) {
        return null;
      }
      if (!demands.isEmpty()) {
        return visit -> serveDemands(visit, monitor);
      }
      if (!folders.isEmpty()) {
        FolderKey folder = folders.iterator().next();
        folders.remove(folder);
        return visit -> one(visit, folder, Bodies.POLICY, monitor);
      }
      if (everything) {
        everything = false;
        changes = false;
        return visit -> all(visit, Bodies.POLICY, monitor);
      }
      if (changes) {
        changes = false;
        return visit -> visit.sendChanges(monitor);
      }
      return null;
    }
  }

  private void all(Visit visit, Bodies bodies, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    connect(monitor);
    visit.sendChanges(monitor);
    visit.readFolders(monitor);
    visit.readAll(bodies, monitor);
    fetched();
  }

  private void one(Visit visit, FolderKey folder, Bodies bodies, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    connect(monitor);
    visit.sendChanges(monitor);
    if (ports.store().read(r -> r.folder(folder)).isPresent()) {
      visit.readFolder(folder, monitor);
      visit.fetchBodies(folder, bodies, monitor);
    }
  }

  private void connect(IProgressMonitor monitor) throws MailException, CredentialException {
    if (!connection.open()) {
      show(Phase.CONNECTING, "", 0, 0); //$NON-NLS-1$
    }
    connection.get(monitor);
  }

  /** @return whether to go on */
  private boolean attempt(Work work, IProgressMonitor monitor) {
    try {
      run(work, monitor);
      return true;
    } catch (MailException e) {
      trouble(e);
    } catch (StoreException | CredentialException e) {
      trouble(e);
    }
    return false;
  }

  /** A connection that was kept may have died in the meantime: that is no failure, but a reason to open another. */
  private SyncResult run(Work work, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    boolean kept = connection.reused();
    var visit = new Visit(ports, connection, new WorkerCourse(monitor), board);
    try {
      work.run(visit);
    } catch (MailException.Unreachable e) {
      connection.close();
      if (!kept) {
        throw e;
      }
      visit = new Visit(ports, connection, new WorkerCourse(monitor), board);
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
      }, monitor);
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
    for (Demand demand : takeDemands()) {
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
      idle.schedule(KEEP_OPEN.toMillis());
    }
    // Work that was cancelled set no alarm.
    if (waiting && alarm.getState() == Job.NONE) {
      wakeByInterval();
    }
  }

  private void wakeByInterval() {
    Duration interval = account.options().fetchInterval();
    wake(interval.isZero() ? Optional.empty() : Optional.of(schedule.after(interval)));
  }

  private void rest() {
    connection.close();
  }

  private void show(Phase phase, String folder, int done, int total) {
    synchronized (this) {
      activity = new Activity(account.id(), phase, folder, done, total, activity.trouble(), activity.lastFetch(), activity.nextFetch());
    }
    board.put(activity);
  }

  private void well() {
    synchronized (this) {
      failures = 0;
      blocked = false;
      activity = new Activity(account.id(), activity.phase(), activity.folder(), activity.done(), activity.total(), Optional.empty(),
          activity.lastFetch(), activity.nextFetch());
    }
    board.put(activity);
  }

  private void fetched() {
    Instant now = schedule.now();
    synchronized (this) {
      activity = new Activity(account.id(), activity.phase(), "", 0, 0, Optional.empty(), Optional.of(now), Optional.empty()); //$NON-NLS-1$
    }
    wakeByInterval();
  }

  /** Sets the alarm, or stops it. */
  private void wake(Optional<Instant> at) {
    Optional<Instant> next;
    synchronized (this) {
      next = scheduled && !stopped ? at : Optional.empty();
      activity = new Activity(account.id(), activity.phase(), activity.folder(), activity.done(), activity.total(), activity.trouble(),
          activity.lastFetch(), next);
    }
    alarm.cancel();
    next.ifPresent(time -> alarm.schedule(schedule.delayUntil(time)));
    board.put(activity);
  }

  private void trouble(Exception reason) {
    boolean known;
    int inARow;
    synchronized (this) {
      known = activity.trouble().filter(t -> alike(t, reason)).isPresent();
      activity = new Activity(account.id(), activity.phase(), activity.folder(), activity.done(), activity.total(), Optional.of(reason),
          activity.lastFetch(), activity.nextFetch());
      failures++;
      inARow = failures;
      everything = false;
      changes = false;
      folders.clear();
    }
    if (!known) {
      LOG.log(System.Logger.Level.WARNING, "account " + account.id() + ": " + describe(reason)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    takeDemands().forEach(d -> d.body().completeExceptionally(reason));
    Optional<Duration> wait = wait(reason, inARow);
    synchronized (this) {
      blocked = wait.isEmpty();
    }
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
    private boolean busy;
    private Phase phase = Phase.IDLE;

    WorkerCourse(IProgressMonitor monitor) {
      this.monitor = monitor;
    }

    @Override
    public void at(Phase now, String folder, int done, int total) {
      phase = now;
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
        if (phase == Phase.FETCHING_BODIES && takeChanges()) {
          visit.sendChanges(monitor);
        }
      } finally {
        busy = false;
      }
    }

    private boolean takeChanges() {
      synchronized (AccountWorker.this) {
        boolean taken = changes;
        changes = false;
        return taken;
      }
    }
  }
}
