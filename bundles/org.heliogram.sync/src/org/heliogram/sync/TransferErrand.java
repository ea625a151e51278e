/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Outgoing;
import org.heliogram.core.store.StoreException;

/**
 * Puts the messages of one queued transfer into their folder. A message counts as arrived, and its source may go, only when the server
 * named its new id, or the folder was read and it is there. After an attempt whose answer was lost the folder is read before anything is
 * sent again, and once more a while later, for there are servers that list what they were given late.
 */
final class TransferErrand {
  /** Why an entry waits whose messages were looked for once. It is kept with the entry, and so survives this process. */
  static final String LOOKED_FOR = "it is unknown whether the messages arrived; they are looked for once more"; //$NON-NLS-1$
  private static final String SENT = "being sent"; //$NON-NLS-1$
  private static final int REFUSALS = 3;
  private final MailStore store;
  private final Connection connection;
  private final FolderSync sync;
  private final Queued entry;
  private final FolderKey target;

  /** @param entry of a transfer that stands ready */
  TransferErrand(MailStore store, Connection connection, FolderSync sync, Queued entry, Operation.Transfer transfer) {
    this.store = store;
    this.connection = connection;
    this.sync = sync;
    this.entry = entry;
    this.target = transfer.to();
  }

  /**
   * Does what can be done, and settles it.
   *
   * @return false if the rest has to be looked for once more, a while later
   * @throws MailException.Refused if the server will not have what is left of the entry
   */
  boolean run(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (entry.attempted()) {
      look(monitor);
      if (!entry.waiting().equals(Optional.of(LOOKED_FOR)) && !outgoing().isEmpty()) {
        settle(new Outcome.Postponed(LOOKED_FOR));
        return false;
      }
    }
    var unproven = new HashSet<MessageKey>();
    Optional<MailException.Refused> refusal = send(unproven, monitor);
    boolean proven = unproven.isEmpty() || proven(unproven, monitor);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    if (!proven) {
      settle(new Outcome.Postponed(LOOKED_FOR));
    }
    return proven;
  }

  private List<Outgoing> outgoing() throws StoreException {
    return store.read(r -> r.outgoing(entry.sequence()));
  }

  private void settle(Outcome outcome) throws StoreException {
    store.<Void>write(w -> {
      w.settle(entry.sequence(), outcome);
      return null;
    });
  }

  /** Reads the folder, by which messages that arrived are recognised, and settles these. */
  void look(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    sync.run(target, monitor);
    var found = new HashMap<MessageKey, Optional<RemoteId>>();
    for (Outgoing one : outgoing()) {
      Optional<RemoteId> id = store.read(r -> r.locate(List.of(one.copy()))).stream().findFirst().flatMap(Located::id);
      id.ifPresent(there -> found.put(one.message(), id));
    }
    if (!found.isEmpty()) {
      settle(new Outcome.Partly(found));
    }
  }

  /**
   * Sends what is left. One that the server will not have does not keep the others here.
   *
   * @param unproven gets those of which the server said that it has them, but not under what id
   * @return why some are left
   */
  private Optional<MailException.Refused> send(Set<MessageKey> unproven, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Optional<MailException.Refused> refusal = Optional.empty();
    List<Outgoing> left = outgoing();
    for (int inVain = 0; !left.isEmpty() && inVain < REFUSALS;) {
      var stored = new TreeMap<Integer, Optional<RemoteId>>();
      boolean refused = false;
      try {
        append(left, stored, monitor);
      } catch (MailException.Refused e) {
        refusal = Optional.of(e);
        refused = true;
      } finally {
        note(left, stored, unproven);
      }
      inVain = stored.isEmpty() ? inVain + 1 : 0;
      left = without(left, stored.keySet(), refused ? 1 : 0);
    }
    return refusal;
  }

  /** @param passed how many of the rest are not to be tried again */
  private static List<Outgoing> without(List<Outgoing> all, Set<Integer> stored, int passed) {
    var left = new ArrayList<Outgoing>();
    for (int i = 0; i < all.size(); i++) {
      if (!stored.contains(i)) {
        left.add(all.get(i));
      }
    }
    return left.subList(Math.min(passed, left.size()), left.size());
  }

  private void append(List<Outgoing> some, Map<Integer, Optional<RemoteId>> stored, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    RemoteFolder folder = store.read(r -> r.remote(target));
    Optional<SyncCursor> cursor = store.read(r -> r.cursor(target));
    List<Upload> uploads = some.stream().map(one -> new Upload(one.content().orElseThrow(), one.flags(), one.received())).toList();
    boolean wanted = store.write(w -> {
      if (entry.attempted()) {
        w.settle(entry.sequence(), new Outcome.Postponed(SENT)); // The next look is a first one again.
      }
      w.attempt(entry.sequence());
      return !w.outgoing(entry.sequence()).isEmpty(); // Until now it could be taken back.
    });
    if (wanted) {
      connection.get(monitor).append(folder, cursor, uploads, stored::put, monitor);
    }
  }

  /** Settles what is known to be there, whatever became of the rest. */
  private void note(List<Outgoing> some, Map<Integer, Optional<RemoteId>> stored, Set<MessageKey> unproven) throws StoreException {
    var done = new HashMap<MessageKey, Optional<RemoteId>>();
    stored.forEach((index, id) -> {
      Outgoing one = some.get(index);
      if (id.isPresent()) {
        done.put(one.message(), id);
      } else {
        unproven.add(one.message());
      }
    });
    if (!done.isEmpty()) {
      settle(new Outcome.Partly(done));
    }
  }

  /** Looks for what the server said it took: in the folder as it is listed, and by Message-ID, for some servers change what they are given. */
  private boolean proven(Set<MessageKey> unproven, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    look(monitor);
    RemoteFolder folder = store.read(r -> r.remote(target));
    var found = new HashMap<MessageKey, Optional<RemoteId>>();
    int sought = 0;
    for (Outgoing one : outgoing()) {
      if (unproven.contains(one.message())) {
        sought++;
        if (one.messageIdHeader().isEmpty() || !connection.get(monitor).find(folder, one.messageIdHeader(), monitor).isEmpty()) {
          found.put(one.message(), Optional.empty());
        }
      }
    }
    if (!found.isEmpty()) {
      settle(new Outcome.Partly(found));
    }
    return found.size() == sought;
  }
}
