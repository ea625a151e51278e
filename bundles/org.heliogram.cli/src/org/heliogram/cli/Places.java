/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/**
 * Accounts and folders as they are now, to find what the words of a command name: accounts by label, address or id, folders as
 * {@code account/path}.
 */
record Places(List<Account> accounts, Map<AccountId, List<Folder>> folders) {
  private static final int MOST_KEYS = 1_000;

  /** A folder and whose it is. */
  record Place(Account account, Folder folder) {
    /** As the user writes it. */
    String name() {
      return FolderPath.escape(account.label()) + "/" + folder.path().text(); //$NON-NLS-1$
    }
  }

  static Places read(MailStore store) throws StoreException {
    return store.read(reader -> {
      var folders = new HashMap<AccountId, List<Folder>>();
      List<Account> accounts = reader.accounts();
      for (Account account : accounts) {
        folders.put(account.id(), reader.folders(account.id()));
      }
      return new Places(accounts, folders);
    });
  }

  Account account(String name) throws CommandException {
    for (Account account : accounts) {
      if (account.label().equals(name) || account.id().value().equals(name)) {
        return account;
      }
    }
    List<Account> alike = accounts.stream()
        .filter(account -> account.label().equalsIgnoreCase(name) || account.address().equalsIgnoreCase(name)).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw CommandException.failed(NLS.bind(alike.isEmpty() ? Messages.Place_noAccount : Messages.Place_manyAccounts, name));
  }

  /** The account that {@code --account} names, or all. */
  List<Account> chosen(Arguments arguments) throws CommandException {
    Optional<String> name = arguments.option("account"); //$NON-NLS-1$
    return name.isPresent() ? List.of(account(name.get())) : accounts;
  }

  Place folder(String name) throws CommandException {
    int slash = name.indexOf('/');
    if (slash <= 0) {
      throw CommandException.usage(NLS.bind(Messages.Place_notAFolderName, name));
    }
    Account account = account(FolderPath.unescape(name.substring(0, slash)));
    String path = name.substring(slash + 1);
    List<Folder> all = folders.get(account.id());
    for (Folder folder : all) {
      if (folder.path().text().equals(path)) {
        return new Place(account, folder);
      }
    }
    List<Folder> alike = all.stream().filter(folder -> folder.path().text().equalsIgnoreCase(path)).toList();
    if (alike.size() == 1) {
      return new Place(account, alike.get(0));
    }
    throw CommandException.failed(NLS.bind(Messages.Place_noFolder, name));
  }

  Place place(FolderKey key) {
    for (Account account : accounts) {
      for (Folder folder : folders.get(account.id())) {
        if (folder.key().equals(key)) {
          return new Place(account, folder);
        }
      }
    }
    throw new IllegalArgumentException("folder " + key + " came after the places were read"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** What deleting means for an account. */
  Deletion deletion(AccountId account) {
    return accounts.stream().filter(each -> each.id().equals(account)).map(each -> each.options().deletion()).findFirst().orElse(Deletion.TO_TRASH);
  }

  Optional<Folder> trash(AccountId account) {
    return folders.get(account).stream().filter(folder -> folder.role() == FolderRole.TRASH).findFirst();
  }

  /** The messages with these keys, in this order. @throws CommandException if one of them is not there: then nothing should be done */
  static List<MessageSummary> messages(MailStore store, List<String> words) throws StoreException, CommandException {
    Set<MessageKey> keys = new LinkedHashSet<>();
    for (String word : words) {
      if (!word.matches("[0-9]{1,18}")) { //$NON-NLS-1$
        throw CommandException.usage(NLS.bind(Messages.Place_notAKey, word));
      }
      keys.add(new MessageKey(Long.parseLong(word)));
    }
    var found = new ArrayList<MessageSummary>();
    var all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      List<MessageKey> some = all.subList(from, Math.min(all.size(), from + MOST_KEYS));
      found.addAll(store.read(reader -> reader.summaries(some)));
    }
    Set<MessageKey> there = found.stream().map(MessageSummary::key).collect(Collectors.toSet());
    for (MessageKey key : all) {
      if (!there.contains(key)) {
        throw CommandException.failed(NLS.bind(Messages.Place_noMessage, key));
      }
    }
    return found;
  }
}
