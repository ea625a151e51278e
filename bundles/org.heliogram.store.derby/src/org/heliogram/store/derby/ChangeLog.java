/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Change.Aspect;

/** Collects what one transaction changes in the view; of a message only the first and the last state count. */
final class ChangeLog {
  /** What a viewer sees of a message; folder 0 for nothing. */
  record Seen(long folder, Flags flags, BodyState body, boolean queued) {
    static final Seen NOTHING = new Seen(0, Flags.NONE, BodyState.NONE, false);
  }

  private record Span(Seen before, Seen after) {}

  private record Group(long folder, Set<Aspect> aspects) {}

  private final Map<Long, Span> messages = new LinkedHashMap<>();
  private final Map<Long, AccountId> editedFolders = new TreeMap<>();
  private final Set<AccountId> folderLists = new LinkedHashSet<>();
  private final Set<AccountId> queues = new LinkedHashSet<>();
  private final Set<Long> queuesByFolder = new LinkedHashSet<>();
  private boolean accounts;

  void message(long key, Seen before, Seen after) {
    messages.merge(key, new Span(before, after), (old, now) -> new Span(old.before(), now.after()));
  }

  void folder(AccountId account, long folder) {
    editedFolders.put(folder, account);
  }

  void folderList(AccountId account) {
    folderLists.add(account);
  }

  void queue(AccountId account) {
    queues.add(account);
  }

  /** An entry of the queue that the folder's account has is to be done elsewhere now. */
  void queueOf(long folder) {
    queuesByFolder.add(folder);
  }

  void accounts() {
    accounts = true;
  }

  /** An account is gone: its folders and queue are nobody's news any more. */
  void gone(AccountId account) {
    folderLists.remove(account);
    queues.remove(account);
    editedFolders.values().removeIf(account::equals);
  }

  boolean isEmpty() {
    return messages.isEmpty() && editedFolders.isEmpty() && folderLists.isEmpty() && queues.isEmpty() && queuesByFolder.isEmpty() && !accounts;
  }

  /** @param owner the account of a folder that still exists, else null */
  List<Change> changes(LongFunction<AccountId> owner) {
    var removed = new TreeMap<Long, List<MessageKey>>();
    var added = new TreeMap<Long, List<MessageKey>>();
    var changed = new LinkedHashMap<Group, List<MessageKey>>();
    var recounted = new LinkedHashSet<Long>();
    messages.forEach((key, span) -> sort(new MessageKey(key), span, removed, added, changed, recounted::add));
    for (long folder : recounted) {
      AccountId account = owner.apply(folder);
      if (account != null) {
        editedFolders.putIfAbsent(folder, account);
      }
    }
    for (long folder : queuesByFolder) {
      AccountId account = owner.apply(folder);
      if (account != null) {
        queues.add(account);
      }
    }
    var all = new ArrayList<Change>();
    if (accounts) {
      all.add(new Change.AccountsChanged());
    }
    folderLists.forEach(account -> all.add(new Change.FoldersChanged(account)));
    editedFolders.forEach((folder, account) -> all.add(new Change.FolderChanged(account, new FolderKey(folder))));
    removed.forEach((folder, keys) -> all.add(new Change.MessagesRemoved(new FolderKey(folder), List.copyOf(keys))));
    added.forEach((folder, keys) -> all.add(new Change.MessagesAdded(new FolderKey(folder), List.copyOf(keys))));
    changed.forEach((group, keys) -> all.add(new Change.MessagesChanged(new FolderKey(group.folder()), List.copyOf(keys), group.aspects())));
    queues.forEach(account -> all.add(new Change.QueueChanged(account)));
    return all;
  }

  private static void sort(MessageKey key, Span span, Map<Long, List<MessageKey>> removed, Map<Long, List<MessageKey>> added,
      Map<Group, List<MessageKey>> changed, Consumer<Long> recounted) {
    Seen before = span.before();
    Seen after = span.after();
    if (before.folder() != after.folder()) {
      if (before.folder() != 0) {
        removed.computeIfAbsent(before.folder(), f -> new ArrayList<>()).add(key);
        recounted.accept(before.folder());
      }
      if (after.folder() != 0) {
        added.computeIfAbsent(after.folder(), f -> new ArrayList<>()).add(key);
        recounted.accept(after.folder());
      }
    } else if (after.folder() != 0) {
      Set<Aspect> aspects = aspects(before, after);
      if (!aspects.isEmpty()) {
        changed.computeIfAbsent(new Group(after.folder(), aspects), g -> new ArrayList<>()).add(key);
      }
      if (before.flags().has(Flag.SEEN) != after.flags().has(Flag.SEEN)) {
        recounted.accept(after.folder());
      }
    }
  }

  private static Set<Aspect> aspects(Seen before, Seen after) {
    var aspects = EnumSet.noneOf(Aspect.class);
    if (!before.flags().equals(after.flags())) {
      aspects.add(Aspect.FLAGS);
    }
    if (before.body() != after.body()) {
      aspects.add(Aspect.BODY);
    }
    if (before.queued() != after.queued()) {
      aspects.add(Aspect.QUEUED);
    }
    return aspects;
  }
}
