/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/**
 * Does an account's queued operations on the server, oldest first. An operation that may have reached the server is never simply
 * repeated or rolled back: first it is found out what became of it.
 */
final class QueueRunner {
  private static final int STALE_LIMIT = 3;

  /**
   * What remains of an operation: by folder, the ids it has to be done to; the rest is gone or done.
   *
   * @param unknown folders to be read before anything can be done there
   * @param waiting messages whose ids are not known
   * @param arrived messages that are already where a move was to bring them
   */
  private record Remaining(Map<FolderKey, Map<RemoteId, MessageKey>> byFolder, Set<FolderKey> unknown, Set<MessageKey> waiting,
      Set<MessageKey> arrived) {
    Set<FolderKey> folders() {
      var all = new LinkedHashSet<>(byFolder.keySet());
      all.addAll(unknown);
      return all;
    }
  }

  private final MailStore store;
  private final Connection connection;
  private final FolderSync sync;
  private final FolderList list;
  private final Course course;
  private final BiConsumer<Operation, String> refused;
  private final Set<FolderKey> unreceipted = new LinkedHashSet<>();
  private final Set<Long> passedOver = new HashSet<>(); // entries that are to wait a while

  /** @param refused is told of operations that the server will not do, with the server's words */
  QueueRunner(MailStore store, Connection connection, FolderSync sync, FolderList list, Course course, BiConsumer<Operation, String> refused) {
    this.store = store;
    this.connection = connection;
    this.sync = sync;
    this.list = list;
    this.course = course;
    this.refused = refused;
  }

  /** Folders that messages went to without telling their new ids: they should be synchronised next. */
  Set<FolderKey> unreceipted() {
    return Set.copyOf(unreceipted);
  }

  /**
   * Works until the queue is empty.
   *
   * @return how many operations ended
   * @throws MailException what keeps the first entry waiting; the entries stay in their order
   */
  int run(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    AccountId account = connection.account().id();
    int settled = 0;
    ContentSupply.explain(store, account);
    while (true) {
      List<Queued> queue = store.read(r -> r.queue(account));
      Optional<Queued> next = next(queue);
      if (next.isEmpty()) {
        return settled;
      }
      course.at(Phase.SENDING_CHANGES, "", settled, settled + queue.size()); //$NON-NLS-1$
      FolderSync.checkCancelled(monitor);
      settle(next.get(), monitor);
      settled += passedOver.contains(next.get().sequence()) ? 0 : 1;
      course.pause();
    }
  }

  /** The first that can be done now: neither one that waits for something, nor one on messages that such a one makes. */
  private Optional<Queued> next(List<Queued> queue) {
    Set<MessageKey> held = new HashSet<>();
    for (Queued entry : queue) {
      boolean behind = entry.messages().stream().anyMatch(held::contains);
      if (entry.standing() == Queued.Standing.READY && !behind && !passedOver.contains(entry.sequence())) {
        return Optional.of(entry);
      }
      held.addAll(entry.copies());
      if (behind) {
        held.addAll(entry.messages());
      }
    }
    return Optional.empty();
  }

  private void settle(Queued entry, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    boolean renamed = false;
    for (int stale = 1;; stale++) {
      try {
        settleOnce(entry, monitor);
        return;
      } catch (MailException.Stale e) {
        if (stale == STALE_LIMIT) {
          postpone(entry, e);
          throw e;
        }
        for (FolderKey folder : involved(entry)) {
          sync.run(folder, monitor);
        }
      } catch (MailException.Refused e) {
        if (renamed || !renamed(entry, monitor)) {
          refused(entry, e, monitor);
          return;
        }
        renamed = true;
      } catch (MailException.Malformed e) {
        if (RetryPolicy.decide(e, entry.attempts() + 1) instanceof RetryPolicy.Decision.GiveUp) {
          refused(entry, e, monitor);
          return;
        }
        postpone(entry, e);
        throw e;
      } catch (MailException.Unreachable | MailException.Busy | MailException.SignInRefused | MailException.CertificateRefused e) {
        postpone(entry, e);
        throw e;
      }
    }
  }

  private Set<FolderKey> involved(Queued entry) throws StoreException {
    return entry.operation() instanceof Operation.OnMessages some ? locate(some, some.messages()).folders() : Set.of();
  }

  /** Whether another client has renamed a folder that messages are to go from or to: then the server refused an old name. */
  private boolean renamed(Queued entry, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (!(entry.operation() instanceof Operation.OnMessages some)) {
      return false;
    }
    Map<FolderKey, String> before = names(some);
    list.read(monitor);
    if (!waits(entry)) {
      return false;
    }
    Map<FolderKey, String> now = names(some);
    return now.entrySet().stream().anyMatch(folder -> !folder.getValue().equals(before.getOrDefault(folder.getKey(), folder.getValue())));
  }

  private boolean waits(Queued entry) throws StoreException {
    return waiting(entry).isPresent();
  }

  /** The entry as it is now. */
  private Optional<Queued> waiting(Queued entry) throws StoreException {
    return store.read(r -> r.queue(connection.account().id())).stream().filter(q -> q.sequence() == entry.sequence()).findFirst();
  }

  private Map<FolderKey, String> names(Operation.OnMessages operation) throws StoreException {
    var folders = new LinkedHashSet<>(locate(operation, operation.messages()).folders());
    target(operation).ifPresent(folders::add);
    var names = new HashMap<FolderKey, String>();
    for (FolderKey folder : folders) {
      store.read(r -> r.folder(folder)).ifPresent(found -> names.put(folder, found.remoteName()));
    }
    return names;
  }

  private void postpone(Queued entry, MailException why) throws StoreException {
    settle(entry, new Outcome.Postponed(why.getMessage()));
  }

  private void settle(Queued entry, Outcome outcome) throws StoreException {
    store.<Void>write(w -> {
      w.settle(entry.sequence(), outcome);
      return null;
    });
  }

  private void settleOnce(Queued entry, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    switch (entry.operation()) {
      case Operation.Transfer transfer -> settleOnce(entry, transfer, monitor);
      case Operation.OnMessages some -> settleOnce(entry, some, monitor);
      case Operation.OnFolder one -> new FolderErrand(store, connection, entry).run(one, monitor);
    }
  }

  private void settleOnce(Queued entry, Operation.Transfer transfer, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    if (!entry.attempted()) {
      readTarget(transfer, monitor);
    }
    if (!new TransferErrand(store, connection, sync, entry, transfer).run(monitor)) {
      passedOver.add(entry.sequence());
    }
  }

  private void settleOnce(Queued entry, Operation.OnMessages operation, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    var receipt = new HashMap<MessageKey, RemoteId>();
    if (!entry.attempted()) {
      readTarget(operation, monitor);
    }
    Set<MessageKey> arrived = entry.attempted() ? findOut(operation, receipt, monitor) : Set.of();
    Remaining remaining = remaining(operation, arrived, monitor);
    // What was to be deleted and is not there any more must not come back into view until the next reading.
    boolean done = !arrived.isEmpty() || !remaining.arrived().isEmpty() || operation instanceof Operation.Delete;
    for (var group : remaining.byFolder().entrySet()) {
      store.<Void>write(w -> {
        w.attempt(entry.sequence());
        return null;
      });
      Map<RemoteId, MessageKey> ids = group.getValue();
      connection.get(monitor).perform(command(operation, group.getKey(), ids.keySet()), monitor)
          .forEach((from, to) -> Optional.ofNullable(ids.get(from)).ifPresent(key -> receipt.put(key, to)));
      done = true;
    }
    settle(entry, done ? new Outcome.Done(receipt) : new Outcome.Moot());
    if (receipt.size() < operation.messages().size()) {
      target(operation).ifPresent(unreceipted::add);
    }
  }

  /** Should the outcome be unknown, what has arrived is told from what was there before: that has to be known, also of a folder just made. */
  private void readTarget(Operation.OnMessages operation, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Optional<FolderKey> target = target(operation);
    if (target.isPresent() && store.read(r -> r.cursor(target.get())).filter(SyncCursor::whole).isEmpty()) {
      read(target.get(), monitor);
    }
  }

  /** Where the operation has still to be done. Messages whose ids are not known are looked for by synchronising their folder, once. */
  private Remaining remaining(Operation.OnMessages operation, Set<MessageKey> done, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    List<MessageKey> todo = operation.messages().stream().filter(k -> !done.contains(k)).toList();
    Remaining remaining = locate(operation, todo);
    for (FolderKey folder : remaining.unknown()) {
      sync.run(folder, monitor);
    }
    return remaining.unknown().isEmpty() ? remaining : locate(operation, todo);
  }

  private Remaining locate(Operation.OnMessages operation, List<MessageKey> todo) throws StoreException {
    Optional<FolderKey> target = operation instanceof Operation.Move ? target(operation) : Optional.empty();
    return store.read(r -> {
      var byFolder = new LinkedHashMap<FolderKey, Map<RemoteId, MessageKey>>();
      var unknown = new LinkedHashSet<FolderKey>();
      var waiting = new HashSet<MessageKey>();
      var arrived = new HashSet<MessageKey>();
      for (Located located : r.locate(todo)) {
        FolderKey folder = located.serverFolder();
        if (target.equals(Optional.of(folder))) {
          arrived.add(located.message());
        } else if (located.id().isEmpty()) {
          unknown.add(folder);
          waiting.add(located.message());
        } else {
          byFolder.computeIfAbsent(folder, f -> new LinkedHashMap<>()).put(located.id().get(), located.message());
        }
      }
      for (FolderKey folder : byFolder.keySet()) {
        if (r.cursor(folder).isEmpty()) {
          unknown.add(folder);
        }
      }
      return new Remaining(byFolder, unknown, waiting, arrived);
    });
  }

  private RemoteOperation command(Operation.OnMessages operation, FolderKey folder, Set<RemoteId> some) throws MailException, StoreException {
    List<RemoteId> ids = List.copyOf(some);
    SyncCursor cursor = store.read(r -> r.cursor(folder))
        .orElseThrow(() -> new MailException.Refused("folder " + folder + " was never read", null, null)); //$NON-NLS-1$ //$NON-NLS-2$
    return store.read(r -> {
      RemoteFolder from = r.remote(folder);
      return switch (operation) {
        case Operation.ChangeFlags change -> new RemoteOperation.Store(from, cursor, ids, change.change());
        case Operation.Move move -> new RemoteOperation.Move(from, cursor, ids, r.remote(move.to()));
        case Operation.Copy copy -> new RemoteOperation.Copy(from, cursor, ids, r.remote(copy.to()));
        case Operation.Transfer transfer -> throw new IllegalStateException("no server does it by itself"); //$NON-NLS-1$
        case Operation.Delete delete -> new RemoteOperation.Expunge(from, cursor, ids);
      };
    });
  }

  static Optional<FolderKey> target(Operation.OnMessages operation) {
    return switch (operation) {
      case Operation.Move move -> Optional.of(move.to());
      case Operation.Copy copy -> Optional.of(copy.to());
      case Operation.Transfer transfer -> Optional.of(transfer.to());
      case Operation.ChangeFlags change -> Optional.empty();
      case Operation.Delete delete -> Optional.empty();
    };
  }

  /**
   * Finds out what became of an operation that the server may have seen. Flag changes and deletions are simply done again. The source
   * of a move is read again; what left it is on its way. What is still there, and whatever was copied, is looked for in the target.
   *
   * @param receipt gets the new ids of what arrived, as far as they can be used
   * @return what arrived
   */
  private Set<MessageKey> findOut(Operation.OnMessages operation, Map<MessageKey, RemoteId> receipt, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Optional<FolderKey> target = target(operation);
    if (target.isEmpty()) {
      return Set.of();
    }
    var arrived = new HashSet<MessageKey>();
    if (operation instanceof Operation.Move) {
      for (FolderKey source : locate(operation, operation.messages()).folders()) {
        sync.run(source, monitor);
      }
      // A source that was renumbered does not say what left it; what it does not list any more did.
      arrived.addAll(locate(operation, operation.messages()).waiting());
    }
    var lookup = new ArrivalLookup(store, connection, target.get(), monitor);
    for (var group : locate(operation, operation.messages()).byFolder().entrySet()) {
      var found = new ArrayList<RemoteId>();
      for (var message : group.getValue().entrySet()) {
        Optional<ArrivalLookup.Arrival> arrival = lookup.find(message.getValue());
        if (arrival.isPresent()) {
          arrival.get().id().ifPresent(id -> receipt.put(message.getValue(), id));
          arrived.add(message.getValue());
          found.add(message.getKey());
        }
      }
      if (operation instanceof Operation.Move && !found.isEmpty()) {
        removeMoved(group.getKey(), found, monitor);
      }
    }
    return arrived;
  }

  /** The copy is there: the second half of a move whose first half was done. */
  private void removeMoved(FolderKey source, List<RemoteId> ids, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    var from = store.read(r -> r.remote(source));
    Optional<SyncCursor> cursor = store.read(r -> r.cursor(source));
    if (cursor.isPresent()) {
      connection.get(monitor).perform(new RemoteOperation.Expunge(from, cursor.get(), ids, true), monitor);
    }
  }

  /** The view may fall back only to what the server says now, after whatever an earlier attempt did. */
  private void refused(Queued entry, MailException why, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (entry.operation() instanceof Operation.Transfer transfer) {
      read(transfer.to(), monitor);
    } else if (entry.attempted() && entry.operation() instanceof Operation.OnMessages operation) {
      var folders = new LinkedHashSet<>(locate(operation, operation.messages()).byFolder().keySet());
      target(operation).ifPresent(folders::add);
      for (FolderKey folder : folders) {
        read(folder, monitor);
      }
      if (locate(operation, operation.messages()).byFolder().isEmpty()) {
        settle(entry, new Outcome.Done(Map.of()));
        return;
      }
    }
    if (entry.operation() instanceof Operation.OnFolder one && foundOut(entry, one, monitor)) {
      settle(entry, new Outcome.Moot());
      return;
    }
    Operation left = waiting(entry).map(Queued::operation).orElse(entry.operation()); // Part of it may be done.
    settle(entry, new Outcome.Rejected(why.serverText().isEmpty() ? why.getMessage() : why.serverText()));
    refused.accept(left, why.serverText());
  }

  /** Looks which folders there are, now that one cannot be changed. @return whether it is as it was to be: somebody else did it */
  private boolean foundOut(Queued entry, Operation.OnFolder operation, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    list.read(monitor);
    if (!waits(entry)) {
      return operation instanceof Operation.DeleteFolder;
    }
    return switch (operation) {
      case Operation.CreateFolder create -> new FolderErrand(store, connection, entry).made();
      case Operation.RenameFolder rename -> store.read(r -> r.remote(rename.folder())).path().equals(rename.to());
      case Operation.DeleteFolder delete -> false;
      case Operation.Subscribe subscribe -> store.read(r -> r.remote(subscribe.folder())).subscribed() == subscribe.subscribed();
    };
  }

  /** A folder that is gone or cannot be read has nothing to say. */
  private void read(FolderKey folder, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (store.read(r -> r.folder(folder)).isEmpty()) {
      return;
    }
    try {
      sync.run(folder, monitor);
    } catch (MailException.Refused e) {
      System.getLogger(QueueRunner.class.getName()).log(System.Logger.Level.INFO, "folder {0} cannot be read", folder); //$NON-NLS-1$
    }
  }
}
