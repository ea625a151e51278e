/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Right;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Change.Aspect;
import org.heliogram.testing.MemoryState.Place;
import org.heliogram.testing.MemoryState.Row;
import org.heliogram.testing.MemoryState.View;

/** What a listener is told: the difference between two states, found by comparing them. */
final class MemoryChanges {
  private record Group(FolderKey folder, Set<Aspect> aspects) {}

  private final MemoryState before;
  private final MemoryState after;
  private final Map<FolderKey, List<MessageKey>> added = byKey();
  private final Map<FolderKey, List<MessageKey>> removed = byKey();
  private final Map<Group, List<MessageKey>> changed = new LinkedHashMap<>();
  private final Set<FolderKey> recounted = new LinkedHashSet<>();

  private MemoryChanges(MemoryState before, MemoryState after) {
    this.before = before;
    this.after = after;
  }

  private static Map<FolderKey, List<MessageKey>> byKey() {
    return new TreeMap<>(Comparator.comparingLong(FolderKey::value));
  }

  static List<Change> between(MemoryState before, MemoryState after) {
    return new MemoryChanges(before, after).all();
  }

  private List<Change> all() {
    var keys = new LinkedHashSet<>(before.rows.keySet());
    keys.addAll(after.rows.keySet());
    keys.forEach(key -> message(new MessageKey(key)));
    var changes = new ArrayList<Change>();
    if (!List.copyOf(before.accounts.values()).equals(List.copyOf(after.accounts.values()))) {
      changes.add(new Change.AccountsChanged());
    }
    changes.addAll(folders());
    removed.forEach((folder, messages) -> changes.add(new Change.MessagesRemoved(folder, List.copyOf(messages))));
    added.forEach((folder, messages) -> changes.add(new Change.MessagesAdded(folder, List.copyOf(messages))));
    changed.forEach((group, messages) -> changes.add(new Change.MessagesChanged(group.folder(), List.copyOf(messages), group.aspects())));
    for (AccountId account : after.accounts.keySet()) {
      if (!before.queued(account).equals(after.queued(account))) {
        changes.add(new Change.QueueChanged(account));
      }
    }
    return changes;
  }

  private void message(MessageKey key) {
    View old = before.views().get(key);
    View now = after.views().get(key);
    Optional<FolderKey> from = old == null ? Optional.empty() : old.folder();
    Optional<FolderKey> to = now == null ? Optional.empty() : now.folder();
    if (!from.equals(to)) {
      from.ifPresent(f -> removed.computeIfAbsent(f, x -> new ArrayList<>()).add(key));
      to.ifPresent(f -> added.computeIfAbsent(f, x -> new ArrayList<>()).add(key));
      from.ifPresent(recounted::add);
      to.ifPresent(recounted::add);
    } else if (to.isPresent()) {
      Set<Aspect> aspects = aspects(before.row(key), after.row(key), old, now);
      if (!aspects.isEmpty()) {
        changed.computeIfAbsent(new Group(to.get(), aspects), x -> new ArrayList<>()).add(key);
      }
      if (old.flags().has(org.heliogram.core.model.Flag.SEEN) != now.flags().has(org.heliogram.core.model.Flag.SEEN)) {
        recounted.add(to.get());
      }
    }
  }

  private static Set<Aspect> aspects(Row oldRow, Row newRow, View old, View now) {
    var aspects = EnumSet.noneOf(Aspect.class);
    if (!old.flags().equals(now.flags())) {
      aspects.add(Aspect.FLAGS);
    }
    if (oldRow.bodyState() != newRow.bodyState()) {
      aspects.add(Aspect.BODY);
    }
    if (old.queued() != now.queued()) {
      aspects.add(Aspect.QUEUED);
    }
    if (!oldRow.envelope().equals(newRow.envelope())) {
      aspects.add(Aspect.ENVELOPE);
    }
    return aspects;
  }

  private static boolean seen(MemoryState state, Place place) {
    Place there = state.place(place.key());
    return there != null && !state.seen(there).hidden();
  }

  /** What a viewer sees of a folder besides its counts. */
  private static List<Object> shown(MemoryState state, Place place) {
    return List.of(state.seen(place), place.made() ? place.remote().name() : "", place.remote().keeping(),
        place.remote().rights().orElse(Right.ALL), place.options());
  }

  private List<Change> folders() {
    var accounts = new LinkedHashSet<AccountId>();
    before.folders.values().stream().filter(f -> seen(before, f) && !seen(after, f)).forEach(f -> accounts.add(f.account()));
    after.folders.values().stream().filter(f -> !seen(before, f) && seen(after, f)).forEach(f -> accounts.add(f.account()));
    var changes = new ArrayList<Change>();
    accounts.stream().filter(after.accounts::containsKey).forEach(a -> changes.add(new Change.FoldersChanged(a)));
    for (Place now : after.folders.values()) {
      Place old = before.place(now.key());
      if (old != null && (recounted.contains(now.key()) || seen(before, old) && seen(after, now) && !shown(before, old).equals(shown(after, now)))) {
        changes.add(new Change.FolderChanged(now.account(), now.key()));
      }
    }
    return changes;
  }
}
