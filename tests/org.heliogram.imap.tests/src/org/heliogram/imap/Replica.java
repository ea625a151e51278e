/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flags;

/** A folder as somebody has it who takes all news, and keeps nothing but flags. */
final class Replica {
  private final RemoteFolder folder;
  private final Map<RemoteId, Flags> messages = new TreeMap<>((a, b) -> Long.compare(Long.parseLong(a.value()), Long.parseLong(b.value())));
  private Optional<SyncCursor> cursor = Optional.empty();
  private int loads;

  /** Counts how often all ids are asked for. */
  private final class Counting implements Known {
    @Override
    public Optional<SyncCursor> cursor() {
      return cursor;
    }

    @Override
    public int size() {
      return messages.size();
    }

    @Override
    public Map<RemoteId, Flags> messages() {
      loads++;
      return messages;
    }

    @Override
    public Map<RemoteId, Flags> among(java.util.Collection<RemoteId> ids) {
      var found = new HashMap<>(messages);
      found.keySet().retainAll(ids);
      return found;
    }
  }

  Replica(RemoteFolder folder) {
    this.folder = folder;
  }

  /** With a cursor and messages without flags. */
  Replica(RemoteFolder folder, String cursor, long... uids) {
    this(folder);
    this.cursor = Optional.of(new SyncCursor(cursor));
    for (long uid : uids) {
      messages.put(RemoteId.of(uid), Flags.NONE);
    }
  }

  Known known() {
    return new Counting();
  }

  /** Asks, and takes what comes. */
  News update(Backend backend) throws Exception {
    return take(backend.news(folder, known(), new NullProgressMonitor()));
  }

  News take(News news) {
    if (news.renumbered()) {
      messages.clear();
    }
    if (news.complete()) {
      messages.keySet().retainAll(news.states().stream().map(RemoteState::id).toList());
    }
    messages.keySet().removeAll(news.vanished());
    for (RemoteState state : news.states()) {
      messages.put(state.id(), state.flags().orElse(messages.getOrDefault(state.id(), Flags.NONE)));
    }
    cursor = Optional.of(news.cursor());
    return news;
  }

  Map<RemoteId, Flags> messages() {
    return messages;
  }

  long[] uids() {
    return messages.keySet().stream().mapToLong(id -> Long.parseLong(id.value())).toArray();
  }

  String cursor() {
    return cursor.map(SyncCursor::value).orElse("");
  }

  int loads() {
    return loads;
  }
}
