/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.StoreException;

/** Does what an account's worker is asked for, on its one connection. Used under the account's rule only. */
final class Errands {
  private static final int MUCH = 200;

  /** Something to be done with the server. */
  @FunctionalInterface
  interface Errand {
    void run(Visit visit, IProgressMonitor monitor) throws MailException, StoreException, CredentialException;
  }

  private final AccountId account;
  private final Ports ports;
  private final Connection connection;
  private final ActivityBoard board;
  private final Requests requests;
  private final Watcher watcher;
  private final FetchAlarm alarm;

  /** @param alarm is told when everything is fetched */
  Errands(Ports ports, Connection connection, ActivityBoard board, Requests requests, Watcher watcher, FetchAlarm alarm) {
    this.account = connection.account().id();
    this.ports = ports;
    this.connection = connection;
    this.board = board;
    this.requests = requests;
    this.watcher = watcher;
    this.alarm = alarm;
  }

  /** A visit that shows what it does, and lets what is urgent overtake. @param unasked whether nobody waits for it */
  Visit visit(IProgressMonitor monitor, boolean unasked) {
    return new Visit(ports, connection, new WorkerCourse(monitor, unasked), board);
  }

  Errand errand(Requests.Request request) {
    return switch (request) {
      case Requests.Request.Bodies bodies -> this::serveDemands;
      case Requests.Request.OneFolder one -> (visit, monitor) -> one(visit, one.folder(), Bodies.POLICY, monitor);
      case Requests.Request.News news -> (visit, monitor) -> told(visit, news.folders(), monitor);
      case Requests.Request.BodiesOf read -> (visit, monitor) -> bodies(visit, read.folders(), monitor);
      case Requests.Request.Again again -> (visit, monitor) -> visit.askAgain();
      case Requests.Request.Everything everything -> (visit, monitor) -> all(visit, Bodies.POLICY, monitor);
      case Requests.Request.Content content -> Visit::supply;
      case Requests.Request.Changes changes -> Visit::sendChanges;
    };
  }

  /** Only what transfers into other accounts wait for. */
  Errand supply() {
    return Visit::supply;
  }

  Errand errand(SyncRequest request) {
    return (visit, monitor) -> {
      visit.decided(request.renumbered());
      if (request.folder().isPresent()) {
        one(visit, request.folder().get(), request.bodies(), monitor);
      } else {
        visit.askAgain();
        all(visit, request.bodies(), monitor);
      }
    };
  }

  private void all(Visit visit, Bodies bodies, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    alarm.begun();
    doubt(monitor);
    connect(monitor);
    visit.supply(monitor); // What is queued here may delete a message of which this is the last chance.
    visit.sendChanges(monitor);
    visit.readFolders(monitor);
    visit.readAll(bodies, monitor);
    visit.readQuota(monitor);
    alarm.fetched();
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
    bodies(visit, read(visit, names, monitor), monitor);
  }

  private static void bodies(Visit visit, Collection<FolderKey> folders, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    for (FolderKey folder : folders) {
      visit.fetchBodies(folder, Bodies.POLICY, monitor);
    }
  }

  /** @return the folders that were read and whose bodies may be wanted: what the others show is in these too */
  private List<FolderKey> read(Visit visit, Set<String> names, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    connect(monitor);
    if (ports.store().read(r -> r.queue(account)).stream().anyMatch(Queued::attempted)) {
      visit.sendChanges(monitor);
    }
    var unknown = new HashSet<>(names);
    List<Folder> told = ports.store().read(r -> r.folders(account)).stream().filter(f -> unknown.remove(f.remoteName())).toList();
    int refusals = visit.result().refused().size();
    for (Folder folder : told) {
      visit.readFolder(folder.key(), monitor);
    }
    if (!unknown.isEmpty() || visit.result().refused().size() > refusals) {
      requests.everything(); // A folder that is new here, or is there no more.
    }
    return told.stream().filter(f -> f.role() != FolderRole.ALL && f.role() != FolderRole.FLAGGED).map(Folder::key).toList();
  }

  /** After a silence the connection may be dead, and then those of the watches may be too. */
  private void doubt(IProgressMonitor monitor) {
    if (connection.dead(monitor)) {
      watcher.probe();
    }
  }

  private void connect(IProgressMonitor monitor) throws MailException, CredentialException {
    if (!connection.open()) {
      monitor.subTask(Step.words(Phase.CONNECTING, "", 0, 0)); //$NON-NLS-1$
      show(Phase.CONNECTING, "", 0, 0); //$NON-NLS-1$
    }
    connection.get(monitor);
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

  private void show(Phase phase, String folder, int done, int total) {
    board.update(account, activity -> activity.withWork(phase, folder, done, total));
  }

  /** Shows what is done, and lets an opened message overtake, and where that is possible news and changes too. */
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
      monitor.subTask(Step.words(now, folder, done, total));
      show(now, folder, done, total);
    }

    @Override
    public void pause() throws MailException, StoreException, CredentialException {
      pause(phase == Phase.FETCHING_BODIES);
    }

    @Override
    public void between() throws MailException, StoreException, CredentialException {
      pause(true);
    }

    /** @param free whether no folder is half read, so that any may be */
    private void pause(boolean free) throws MailException, StoreException, CredentialException {
      if (busy) {
        return;
      }
      busy = true;
      try {
        var visit = new Visit(ports, connection, Course.ALONE, board);
        serveDemands(visit, monitor);
        if (free && requests.takeChanges()) {
          visit.sendChanges(monitor);
        }
        Set<String> news = free ? requests.takeNews() : Set.of();
        if (!news.isEmpty()) {
          requests.bodiesOf(read(visit, news, monitor));
        }
      } finally {
        busy = false;
      }
    }
  }
}
