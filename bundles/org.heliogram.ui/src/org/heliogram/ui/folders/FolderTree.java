/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.FolderNames;

/**
 * Accounts and folders as they are nested on screen. Special folders stand at the top of their account, wherever the server keeps them;
 * other folders below the nearest parent that exists. What neither holds messages nor has a child is left out. Immutable.
 */
final class FolderTree {
  static final FolderTree EMPTY = new FolderTree(List.of(), Map.of());

  private final List<Account> accounts;
  private final Map<AccountId, Account> byId = new HashMap<>();
  private final Map<AccountId, List<Folder>> tops = new HashMap<>();
  private final Map<FolderKey, List<Folder>> children = new HashMap<>();
  private final Map<FolderKey, Folder> parents = new HashMap<>();
  private final Map<FolderKey, Folder> folders = new LinkedHashMap<>();
  private final Map<FolderKey, BodyPolicy> choices;

  /** No folder with a choice of its own. */
  FolderTree(List<Account> accounts, Map<AccountId, List<Folder>> content) {
    this(accounts, content, Map.of());
  }

  /**
   * @param content folders in the order of the store: special ones first, parents before children
   * @param choices what is kept here of folders for which the user chose that
   */
  FolderTree(List<Account> accounts, Map<AccountId, List<Folder>> content, Map<FolderKey, BodyPolicy> choices) {
    this.accounts = List.copyOf(accounts);
    this.choices = Map.copyOf(choices);
    for (Account account : accounts) {
      byId.put(account.id(), account);
      List<Folder> here = content.getOrDefault(account.id(), List.of());
      here.forEach(folder -> folders.put(folder.key(), folder));
      nest(account, here);
    }
  }

  /** Away from the UI thread. */
  static FolderTree read(StoreReader store) throws StoreException {
    List<Account> accounts = store.accounts();
    Map<AccountId, List<Folder>> folders = new HashMap<>();
    Map<FolderKey, BodyPolicy> choices = new HashMap<>();
    for (Account account : accounts) {
      folders.put(account.id(), store.folders(account.id()));
      store.options(account.id()).forEach((folder, options) -> options.bodies().ifPresent(policy -> choices.put(folder, policy)));
    }
    return new FolderTree(accounts, folders, choices);
  }

  private void nest(Account account, List<Folder> here) {
    var byPath = new HashMap<List<String>, Folder>();
    here.forEach(folder -> byPath.put(folder.path().segments(), folder));
    List<Folder> top = tops.computeIfAbsent(account.id(), id -> new ArrayList<>());
    for (Folder folder : here) {
      Folder parent = folder.role() == FolderRole.NONE ? parent(folder, byPath) : null;
      if (parent == null) {
        top.add(folder);
      } else {
        parents.put(folder.key(), parent);
        children.computeIfAbsent(parent.key(), key -> new ArrayList<>()).add(folder);
      }
    }
    top.removeIf(folder -> !folder.selectable() && !hasChildren(folder));
  }

  private static Folder parent(Folder folder, Map<List<String>, Folder> byPath) {
    List<String> segments = folder.path().segments();
    for (int length = segments.size() - 1; length > 0; length--) {
      Folder parent = byPath.get(segments.subList(0, length));
      if (parent != null) {
        return parent;
      }
    }
    return null;
  }

  List<Account> accounts() {
    return accounts;
  }

  List<Folder> children(Account account) {
    return tops.getOrDefault(account.id(), List.of());
  }

  List<Folder> children(Folder folder) {
    return children.getOrDefault(folder.key(), List.of()).stream().filter(child -> child.selectable() || hasChildren(child)).toList();
  }

  private boolean hasChildren(Folder folder) {
    return children.getOrDefault(folder.key(), List.of()).stream().anyMatch(child -> child.selectable() || hasChildren(child));
  }

  /** The folder or the account it is shown in. */
  Object parent(Folder folder) {
    Folder parent = parents.get(folder.key());
    return parent == null ? byId.get(folder.account()) : parent;
  }

  /** The folder's name as seen from where it is shown. */
  String name(Folder folder) {
    Folder parent = parents.get(folder.key());
    return FolderNames.below(folder, parent == null ? 0 : parent.path().segments().size());
  }

  /** What the user chose to keep here of this folder alone. */
  Optional<BodyPolicy> choice(Folder folder) {
    return Optional.ofNullable(choices.get(folder.key()));
  }

  /** Whether by the choice for it or for its account every message of a folder is kept here. */
  boolean availableOffline(Folder folder) {
    Account account = byId.get(folder.account());
    return account != null && folder.selectable() && folder.keeping() == Keeping.MIRRORED
        && choice(folder).orElse(account.options().bodies()) instanceof BodyPolicy policy && policy.keep() == BodyPolicy.Keep.EVERYTHING
        && policy.months() == 0;
  }

  /** Whether a change of some folder waits for its server. */
  boolean hasPending() {
    return folders.values().stream().anyMatch(Folder::pending);
  }

  Optional<Folder> folder(FolderKey key) {
    return Optional.ofNullable(folders.get(key));
  }

  Optional<Account> account(AccountId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Where reading begins: the first inbox, or the first folder with messages. */
  Optional<Folder> first() {
    Optional<Folder> inbox = folders.values().stream().filter(folder -> folder.role() == FolderRole.INBOX).findFirst();
    return inbox.or(() -> folders.values().stream().filter(Folder::selectable).findFirst());
  }
}
