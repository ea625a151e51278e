/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Which accounts and folders there are, in memory, so that commands can ask on the UI thread without touching the store. Read anew in a
 * job whenever folders or accounts change. A delayed component: nothing happens before the first view or handler asks for it.
 */
@Component(service = FolderDirectory.class)
public final class FolderDirectory {
  private record Content(List<Account> accounts, Map<FolderKey, Folder> folders) {}

  private final MailStore store;
  private final Job reading;
  private final Subscription subscription;
  private volatile Content content = new Content(List.of(), Map.of());

  @Activate
  public FolderDirectory(@Reference MailStore store) {
    this.store = store;
    this.reading = Job.createSystem("Heliogram folder directory", (ICoreRunnable) monitor -> read()); //$NON-NLS-1$
    this.subscription = store.subscribe(this::changed);
    reading.schedule();
  }

  @Deactivate
  void close() {
    subscription.close();
    reading.cancel();
  }

  public List<Account> accounts() {
    return content.accounts;
  }

  public Optional<Account> account(AccountId account) {
    return content.accounts.stream().filter(a -> a.id().equals(account)).findFirst();
  }

  public Optional<Folder> folder(FolderKey folder) {
    return Optional.ofNullable(content.folders.get(folder));
  }

  /** The folder an account uses for a purpose, where it has one. */
  public Optional<Folder> folder(AccountId account, FolderRole role) {
    return content.folders.values().stream().filter(f -> f.account().equals(account) && f.role() == role && f.selectable())
        .min(Comparator.comparing(f -> f.path().segments().size()));
  }

  /** Folders of an account that messages can be put into, in display order. */
  public List<Folder> targets(AccountId account) {
    return all(account).stream().filter(FolderRules::canPutInto).toList();
  }

  /** Folders that messages of an account can be put into, in display order: its own, then those of the others. */
  public List<Folder> targetsFrom(AccountId first) {
    var all = new ArrayList<>(targets(first));
    accounts().stream().filter(other -> !other.id().equals(first) && other.protocol() != Protocol.DEMO)
        .forEach(other -> all.addAll(targets(other.id())));
    return all;
  }

  /** Whether messages of an account can be put into a folder, wherever it is. The demo mailbox takes nothing: it is thrown away one day. */
  public boolean takes(Folder folder, AccountId from) {
    return FolderRules.canPutInto(folder) && (folder.account().equals(from)
        || account(folder.account()).filter(other -> other.protocol() != Protocol.DEMO).isPresent());
  }

  /** Folders of an account, in display order. */
  public List<Folder> all(AccountId account) {
    return content.folders.values().stream().filter(f -> f.account().equals(account)).toList();
  }

  private void changed(StoreChange change) {
    if (change.changes().stream().anyMatch(FolderDirectory::concernsFolders)) {
      reading.schedule(50);
    }
  }

  private static boolean concernsFolders(Change change) {
    return switch (change) {
      case Change.FolderChanged f -> true;
      case Change.FoldersChanged f -> true;
      case Change.AccountsChanged a -> true;
      case Change.MessagesAdded m -> false;
      case Change.MessagesRemoved m -> false;
      case Change.MessagesChanged m -> false;
      case Change.QueueChanged q -> false;
    };
  }

  private void read() {
    try {
      content = store.read(FolderDirectory::readAll);
    } catch (StoreException e) {
      ILog.of(FolderDirectory.class).warn("Folders could not be read", e); //$NON-NLS-1$
    }
  }

  private static Content readAll(StoreReader reader) throws StoreException {
    var accounts = new ArrayList<>(reader.accounts());
    var folders = new LinkedHashMap<FolderKey, Folder>();
    for (Account account : accounts) {
      reader.folders(account.id()).forEach(folder -> folders.put(folder.key(), folder));
    }
    return new Content(List.copyOf(accounts), folders);
  }
}
