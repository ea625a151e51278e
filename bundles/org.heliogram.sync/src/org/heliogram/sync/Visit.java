/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** One visit to an account's server: the queue, the list of folders, their news, bodies. Used once, under the account's rule. */
final class Visit {
  private static final int TOLD = 1_000;
  private final MailStore store;
  private final Connection connection;
  private final Course course;
  private final ActivityBoard board;
  private final FolderList folderList;
  private final FolderSync folderSync;
  private final BodyFetch bodyFetch;
  private final MaildropSync maildropSync;
  private Optional<SyncRequest.Renumbered> decided = Optional.empty();
  private final List<String> refused = new ArrayList<>();
  private int folders;
  private int added;
  private int changed;
  private int removed;
  private int bodies;
  private int operations;

  Visit(Ports ports, Connection connection, Course course, ActivityBoard board) {
    this.store = ports.store();
    this.connection = connection;
    this.course = course;
    this.board = board;
    this.folderList = new FolderList(store, connection, course);
    this.folderSync = new FolderSync(store, ports.codec(), connection, course);
    this.bodyFetch = new BodyFetch(store, ports.codec(), connection, course, ports.clock());
    this.maildropSync = new MaildropSync(store, ports.codec(), connection, course, ports.clock(), this::tellArrived);
  }

  /** With what the user decided about mail that may be known or new. */
  void decided(Optional<SyncRequest.Renumbered> decision) {
    decided = decision;
  }

  /** What it has done so far. */
  SyncResult result() {
    return new SyncResult(folders, added, changed, removed, bodies, operations, refused);
  }

  /**
   * Fetches all of one message, whatever the policy. Where its id is not known, the folder is read first, and before that the queue is
   * sent: a folder must not be read while it is unknown whether a move into it was done.
   *
   * @throws MailException.Refused if the server has it no more
   */
  Body body(MessageKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Optional<Body> here = store.read(r -> r.body(key));
    if (here.isPresent() && here.get().state() == BodyState.WHOLE) {
      return here.get();
    }
    Optional<Located> located = located(key);
    if (located.isPresent() && located.get().id().isEmpty()) {
      sendChanges(monitor);
      folderSync.run(located.get().serverFolder(), monitor);
      located = located(key);
    }
    if (located.isPresent() && located.get().id().isPresent()) {
      bodyFetch.one(located.get(), monitor);
    }
    Optional<Body> body = store.read(r -> r.body(key));
    return body.orElseThrow(() -> new MailException.Refused("message " + key + " is not on the server", null, null)); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private Optional<Located> located(MessageKey key) throws StoreException {
    return store.read(r -> r.locate(List.of(key))).stream().findFirst();
  }

  private AccountId account() {
    return connection.account().id();
  }

  /** Fetches what transfers wait for. */
  void supply(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (ContentSupply.wanted(store, account())) {
      bodies += new ContentSupply(store, account(), folderSync, bodyFetch, course).run(monitor);
    }
  }

  /** Sends what is queued. Where that leaves messages whose new ids the server did not tell, their folders are read. */
  void sendChanges(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (store.read(r -> r.queue(account())).isEmpty()) {
      return;
    }
    var runner = new QueueRunner(store, connection, folderSync, folderList, course,
        (operation, why) -> board.tell(new ServiceEvent.OperationRefused(operation, why)));
    operations += runner.run(monitor);
    for (FolderKey folder : runner.unreceipted()) {
      if (store.read(r -> r.folder(folder)).isPresent()) {
        readFolder(folder, monitor);
      }
    }
  }

  /** Lets what a server refused, and what is in no other place, be tried once more. */
  void askAgain() throws StoreException {
    if (store.read(r -> r.queue(account())).stream().anyMatch(entry -> entry.standing() == Queued.Standing.REFUSED)) {
      store.<Void>write(w -> {
        w.retry(account());
        return null;
      });
    }
  }

  /** Learns which folders there are. */
  void readFolders(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    folderList.read(monitor);
  }

  /**
   * Learns how full the account is, once a connection and when this visit changed it: some servers count for half a second. Nobody signs in
   * for that alone.
   */
  void readQuota(IProgressMonitor monitor) throws MailException, CredentialException {
    if (connection.usable() && (connection.quotaDue() || added + removed + operations > 0)) {
      Optional<Quota> quota = connection.get(monitor).quota(monitor);
      board.update(account(), activity -> activity.withQuota(quota));
    }
  }

  /** Reads all folders, then fetches bodies. */
  void readAll(Bodies wanted, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    List<Folder> all = store.read(r -> r.folders(account())).stream().filter(f -> f.selectable() && f.keeping() != Keeping.LOCAL).toList();
    for (Folder folder : all) {
      read(folder.key(), true, monitor);
      FolderSync.checkCancelled(monitor);
      course.between();
    }
    for (Folder folder : all) {
      // What these show is in other folders too, and comes with them.
      if (folder.role() != FolderRole.ALL && folder.role() != FolderRole.FLAGGED) {
        fetchBodies(folder.key(), wanted, monitor);
      }
    }
  }

  /** Reads one folder. A folder that the server does not let us read is noted; the rest goes on. */
  void readFolder(FolderKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    read(key, false, monitor);
  }

  /** @param polled whether the list of folders, just read, may say that nothing happened in it */
  private void read(FolderKey key, boolean polled, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    try {
      if (maildrop(key, monitor)) {
        readMaildrop(key, monitor);
        return;
      }
      FolderSync.Result result = polled ? folderSync.poll(key, monitor) : folderSync.run(key, monitor);
      folders++;
      added += result.added();
      changed += result.changed();
      removed += result.removed();
      tellArrived(key, key, result.arrived());
    } catch (MailException.Refused e) {
      String name = store.read(r -> r.folder(key)).map(f -> f.path().text()).orElse(""); //$NON-NLS-1$
      refused.add(name + ": " + (e.serverText().isEmpty() ? e.getMessage() : e.serverText())); //$NON-NLS-1$
    }
  }

  private boolean maildrop(FolderKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    return FolderSync.maildrop(store.read(r -> r.remote(key)), connection.get(monitor));
  }

  private void readMaildrop(FolderKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    MaildropSync.Result result = maildropSync.run(key, decided, monitor);
    folders++;
    added += result.added();
  }

  void fetchBodies(FolderKey key, Bodies wanted, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Optional<Folder> folder = store.read(r -> r.folder(key));
    try {
      if (folder.isPresent()) {
        bodies += bodyFetch.run(folder.get(), wanted, monitor);
      }
    } catch (MailException.Refused e) {
      refused.add(folder.get().path().text() + ": " + (e.serverText().isEmpty() ? e.getMessage() : e.serverText())); //$NON-NLS-1$
    }
  }

  /** @param from the folder on the server the ids are of */
  private void tellArrived(FolderKey inbox, FolderKey from, Set<RemoteId> ids) throws StoreException {
    if (ids.isEmpty()) {
      return;
    }
    List<MessageKey> arrived = store.read(r -> {
      List<MessageKey> newest = r.first(new Query(inbox, Query.Column.DATE, true, true), TOLD);
      List<MessageKey> found = r.locate(newest).stream().filter(l -> l.serverFolder().equals(from))
          .filter(l -> l.id().filter(ids::contains).isPresent()).map(l -> l.message()).toList();
      return r.summaries(found).stream().filter(MessageSummary::unread).map(MessageSummary::key).toList();
    });
    if (!arrived.isEmpty()) {
      board.tell(new ServiceEvent.MailArrived(account(), arrived));
    }
  }
}
