/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.Subscription;

/** A service whose servers refuse what the test says, and that remembers which passwords they were given. */
final class FakeMailService implements MailService {
  final Map<Purpose, MailException> refusals = new EnumMap<>(Purpose.class);
  final List<String> tried = new ArrayList<>();
  /** Which incoming servers there are. */
  Predicate<Account> answering = account -> true;

  @Override
  public void test(Account account, Purpose what, Credentials credentials, IProgressMonitor monitor) throws MailException {
    tried.add(what + " " + credentials.password());
    if (refusals.containsKey(what)) {
      throw refusals.get(what);
    }
    if (what == Purpose.INCOMING && !answering.test(account)) {
      throw new MailException.Unreachable(MailException.Unreachable.Reason.REFUSED, account.incoming().host(), null);
    }
  }

  @Override
  public Ticket perform(Operation operation) {
    return new Ticket(List.of());
  }

  @Override
  public boolean undo(Ticket ticket) {
    return false;
  }

  @Override
  public void start() {}

  @Override
  public void refresh(AccountId account) {}

  @Override
  public void refresh(FolderKey folder) {}

  @Override
  public void refreshAll() {}

  @Override
  public void cancel(AccountId account) {}

  @Override
  public CompletionStage<Body> body(MessageKey message) {
    return new CompletableFuture<>();
  }

  @Override
  public Activity activity(AccountId account) {
    return new Activity(account, Activity.Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Subscription observe(Consumer<ServiceEvent> listener) {
    return () -> {};
  }

  @Override
  public void add(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) {}

  @Override
  public void update(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) {}

  @Override
  public void keep(FolderKey folder, FolderOptions options, IProgressMonitor monitor) {}

  @Override
  public long free(AccountId account, IProgressMonitor monitor) {
    return 0;
  }

  @Override
  public void remove(AccountId account, IProgressMonitor monitor) {}

  @Override
  public SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) {
    return new SyncResult(0, 0, 0, 0, 0, 0, List.of());
  }
}
