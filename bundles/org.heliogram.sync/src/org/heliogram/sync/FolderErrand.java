/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/**
 * Does one queued operation on a folder. The command is safe to repeat: after a lost answer the backend finds the folder as it is to be
 * and leaves it.
 */
final class FolderErrand {
  private final MailStore store;
  private final Connection connection;
  private final Queued entry;

  FolderErrand(MailStore store, Connection connection, Queued entry) {
    this.store = store;
    this.connection = connection;
    this.entry = entry;
  }

  void run(Operation.OnFolder operation, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    if (operation instanceof Operation.CreateFolder && made()) {
      settle(new Outcome.Moot());
      return;
    }
    FolderCommand command = store.read(r -> command(r, operation));
    store.<Void>write(w -> {
      w.attempt(entry.sequence());
      return null;
    });
    Optional<RemoteFolder> now = connection.get(monitor).perform(command, monitor);
    settle(new Outcome.Done(Map.of(), now));
    if (operation instanceof Operation.CreateFolder create && now.isPresent()) {
      remember(create.role(), now.get());
    }
  }

  /** Whether the server has it: somebody else made it, or an earlier attempt did. */
  boolean made() throws StoreException {
    return store.read(r -> r.folder(entry.source())).filter(folder -> !folder.remoteName().isEmpty()).isPresent();
  }

  private void settle(Outcome outcome) throws StoreException {
    store.<Void>write(w -> {
      w.settle(entry.sequence(), outcome);
      return null;
    });
  }

  private static FolderCommand command(StoreReader reader, Operation.OnFolder operation) throws StoreException {
    return switch (operation) {
      case Operation.CreateFolder create ->
          new FolderCommand.Create(parent(reader, create.account(), create.path(), Optional.empty()), create.path(), create.role());
      case Operation.RenameFolder rename -> new FolderCommand.Rename(reader.remote(rename.folder()),
          parent(reader, rename.account(), rename.to(), Optional.of(rename.folder())), rename.to());
      case Operation.DeleteFolder delete -> new FolderCommand.Delete(reader.remote(delete.folder()));
      case Operation.Subscribe subscribe -> new FolderCommand.Subscribe(reader.remote(subscribe.folder()), subscribe.subscribed());
    };
  }

  private static Optional<RemoteFolder> parent(StoreReader reader, AccountId account, FolderPath path, Optional<FolderKey> butNot)
      throws StoreException {
    Optional<FolderPath> wanted = path.parent();
    for (Folder folder : wanted.isPresent() ? reader.folders(account) : List.<Folder>of()) {
      RemoteFolder remote = reader.remote(folder.key());
      if (!folder.remoteName().isEmpty() && !butNot.equals(Optional.of(folder.key())) && remote.path().equals(wanted.get())) {
        return Optional.of(remote);
      }
    }
    return Optional.empty();
  }

  /** A server that does not keep what a folder is for: then it is the user's choice here. */
  private void remember(FolderRole role, RemoteFolder made) throws StoreException {
    if (role == FolderRole.NONE || made.role() == role) {
      return;
    }
    store.<Void>write(w -> {
      Optional<Account> account = w.account(connection.account().id());
      if (account.isPresent() && !account.get().options().roles().containsKey(role)) {
        var roles = new EnumMap<FolderRole, String>(FolderRole.class);
        roles.putAll(account.get().options().roles());
        roles.put(role, made.name());
        w.put(account.get().withOptions(account.get().options().withRoles(roles)));
      }
      return null;
    });
  }
}
