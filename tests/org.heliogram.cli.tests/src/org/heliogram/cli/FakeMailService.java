/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;

/** A service whose server is a few fields: it does what is queued, or has the trouble a test wants. */
final class FakeMailService implements MailService {
  final Map<AccountId, Exception> troubles = new HashMap<>();
  final Map<MessageKey, Body> onServer = new HashMap<>();
  final List<SyncRequest> requests = new ArrayList<>();
  final List<Purpose> tested = new ArrayList<>();
  final Map<Purpose, Credentials> secrets = new HashMap<>();
  SyncResult result = new SyncResult(3, 12, 1, 2, 4, 5, List.of());
  boolean refusing;
  CredentialException locked;
  private final List<Consumer<ServiceEvent>> listeners = new CopyOnWriteArrayList<>();
  private final MailStore store;

  FakeMailService(MailStore store) {
    this.store = store;
  }

  @Override
  public Ticket perform(Operation operation) throws StoreException {
    return store.write(writer -> writer.enqueue(operation));
  }

  @Override
  public boolean undo(Ticket ticket) throws StoreException {
    return store.write(writer -> writer.withdraw(ticket));
  }

  @Override
  public void start() {
    throw new AssertionError("a command never starts scheduled fetching");
  }

  @Override
  public void refresh(AccountId account) {
    throw new AssertionError("a command waits for what it does");
  }

  @Override
  public void refresh(FolderKey folder) {
    throw new AssertionError("a command waits for what it does");
  }

  @Override
  public void refreshAll() {
    throw new AssertionError("a command waits for what it does");
  }

  @Override
  public void cancel(AccountId account) {
    throw new AssertionError("a command cancels by its monitor");
  }

  @Override
  public CompletionStage<Body> body(MessageKey message) {
    Body body = onServer.get(message);
    return body != null ? CompletableFuture.completedFuture(body)
        : CompletableFuture.failedFuture(new MailException.Refused("message is gone", "no such message", null));
  }

  @Override
  public Activity activity(AccountId account) {
    return new Activity(account, Activity.Phase.FETCHING_HEADERS, "INBOX", 7, 12, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Subscription observe(Consumer<ServiceEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void test(Account account, Purpose what, Credentials credentials, IProgressMonitor monitor) throws MailException {
    tested.add(what);
    if (credentials.password().equals("wrong")) {
      throw new MailException.SignInRefused("no such user", null);
    }
  }

  @Override
  public void add(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) throws StoreException, CredentialException {
    if (locked != null) {
      throw locked;
    }
    store.<Void>write(writer -> {
      writer.put(account);
      return null;
    });
    incoming.ifPresent(secret -> secrets.put(Purpose.INCOMING, secret));
    submission.ifPresent(secret -> secrets.put(Purpose.SUBMISSION, secret));
  }

  @Override
  public void update(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) {
    throw new AssertionError("no command changes accounts");
  }

  @Override
  public void keep(FolderKey folder, FolderOptions options, IProgressMonitor monitor) {}

  @Override
  public long free(AccountId account, IProgressMonitor monitor) {
    return 0;
  }

  @Override
  public void remove(AccountId account, IProgressMonitor monitor) throws StoreException {
    store.<Void>write(writer -> {
      writer.remove(account);
      return null;
    });
  }

  @Override
  public SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) throws MailException, StoreException {
    requests.add(request);
    listeners.forEach(listener -> listener.accept(new ServiceEvent.ActivityChanged(request.account())));
    Exception trouble = troubles.get(request.account());
    switch (trouble) {
      case null -> { }
      case MailException e -> throw e;
      case StoreException e -> throw e;
      default -> throw new AssertionError(trouble);
    }
    for (Queued queued : store.read(reader -> reader.queue(request.account()))) {
      store.<Void>write(writer -> {
        writer.attempt(queued.sequence());
        writer.settle(queued.sequence(), refusing ? new Outcome.Rejected("over quota") : new Outcome.Done(Map.of()));
        return null;
      });
      if (refusing) {
        listeners.forEach(listener -> listener.accept(new ServiceEvent.OperationRefused(queued.operation(), "over quota")));
      }
    }
    return result;
  }
}
