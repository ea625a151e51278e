/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;

/**
 * Makes changes here, then sends what is queued to the servers unless the user wants to stay offline. The change stands whatever becomes of
 * the sending: it goes out with the next synchronisation.
 */
final class ChangeRun {
  /** Makes the operation for the messages of one account. */
  @FunctionalInterface
  interface Change {
    Operation on(AccountId account, List<MessageSummary> messages);
  }

  private ChangeRun() {}

  static Status run(List<MessageSummary> messages, Change change, boolean offline, Desk desk) throws StoreException {
    Map<AccountId, List<MessageSummary>> byAccount = new LinkedHashMap<>();
    messages.forEach(message -> byAccount.computeIfAbsent(message.account(), id -> new ArrayList<>()).add(message));
    Set<AccountId> touched = new LinkedHashSet<>(byAccount.keySet());
    Watched watched = new Watched(desk);
    Status status = watched.during(() -> {
      var visits = new ArrayList<Visit>();
      for (Map.Entry<AccountId, List<MessageSummary>> entry : byAccount.entrySet()) {
        Operation operation = change.on(entry.getKey(), entry.getValue());
        desk.service().perform(operation);
        touched.add(operation.account());
        visits.addAll(visits(operation, new Visit(entry.getKey(), entry.getValue().get(0).folder())));
      }
      Status sent = Status.DONE;
      for (Visit visit : offline ? List.<Visit>of() : visits) {
        sent = sent.and(send(visit.account(), visit.folder(), desk));
      }
      return sent;
    });
    return report(messages.size(), touched, desk, status);
  }

  private record Visit(AccountId account, FolderKey folder) {}

  /** What goes to another account is fetched first, brought there, and deleted where it was. */
  private static List<Visit> visits(Operation operation, Visit source) {
    return operation instanceof Operation.Transfer transfer && !transfer.account().equals(source.account())
        ? List.of(source, new Visit(transfer.account(), transfer.to()), source) : List.of(source);
  }

  /** Does one operation. @param visited the folder whose news are fetched along */
  static Status run(Operation operation, FolderKey visited, boolean offline, Desk desk) throws StoreException {
    return new Watched(desk).during(() -> {
      desk.service().perform(operation);
      return offline ? Status.DONE : send(operation.account(), visited, desk);
    });
  }

  /** Tells of what servers refused meanwhile. */
  private static final class Watched {
    private final ConcurrentLinkedQueue<ServiceEvent.OperationRefused> refused = new ConcurrentLinkedQueue<>();
    private final Desk desk;

    Watched(Desk desk) {
      this.desk = desk;
    }

    interface Attempt {
      Status run() throws StoreException;
    }

    Status during(Attempt attempt) throws StoreException {
      Subscription watching = desk.service().observe(event -> note(event, refused));
      Status status;
      try {
        status = attempt.run();
      } finally {
        watching.close();
      }
      for (ServiceEvent.OperationRefused event : refused) {
        desk.output().note(NLS.bind(Messages.Change_refused, label(event.operation().account(), desk), event.why()));
        status = status.and(Status.FAILED);
      }
      return status;
    }
  }

  private static void note(ServiceEvent event, ConcurrentLinkedQueue<ServiceEvent.OperationRefused> refused) {
    switch (event) {
      case ServiceEvent.OperationRefused e -> refused.add(e);
      case ServiceEvent.ActivityChanged e -> { }
      case ServiceEvent.MailArrived e -> { }
    }
  }

  private static Status send(AccountId id, FolderKey visited, Desk desk) throws StoreException {
    if (desk.store().read(reader -> reader.queue(id).isEmpty() && reader.contentWanted(id, 1).isEmpty())) {
      return Status.DONE; // settled here: a local folder, or nothing to change
    }
    var request = new SyncRequest(id, Optional.of(visited), SyncRequest.Bodies.NONE);
    try {
      desk.service().synchronise(request, desk.monitor());
      return Status.DONE;
    } catch (MailException | CredentialException | OperationCanceledException e) {
      Trouble trouble = Trouble.of(e).of(label(id, desk));
      desk.output().note(NLS.bind(Messages.Change_waits, trouble.sentence()));
      return trouble.status();
    }
  }

  private static String label(AccountId id, Desk desk) throws StoreException {
    return desk.store().read(reader -> reader.account(id)).map(Account::label).orElse(""); //$NON-NLS-1$
  }

  private static Status report(int count, Set<AccountId> accounts, Desk desk, Status status) throws StoreException {
    int waiting = desk.store().read(reader -> {
      int queued = 0;
      for (AccountId id : accounts) {
        queued += reader.queue(id).size();
      }
      return queued;
    });
    desk.output().result(() -> waiting == 0 ? NLS.bind(Messages.Change_done, count) : NLS.bind(Messages.Change_queued, count, waiting), () -> {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("messages", count); //$NON-NLS-1$
      object.put("waiting", waiting); //$NON-NLS-1$
      return object;
    });
    return status;
  }
}
