/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.store.StoreException;

/** Compares what is known of a folder with what the server says. Changes nothing. */
final class SyncPlanner {
  /** A loss this small is never doubted. */
  private static final int SMALL_LOSS = 50;

  /**
   * What is to be done.
   *
   * @param renumbered the ids known so far are void
   * @param fetch      ids of new messages, in the order of the listing
   * @param starting   flags that new messages of a delivered folder start with, where the server says so
   * @param begun      the cursor to be set before anything of this, if it is the first of a numbering
   * @param settled    after this the folder is known as a whole
   * @param lost       how many messages would disappear here
   * @param doubtful   so many that the server should be asked again, on another connection, before it is believed
   */
  record Plan(boolean renumbered, Set<RemoteId> vanished, Map<RemoteId, Flags> flags, List<RemoteId> fetch, Map<RemoteId, Flags> starting,
      Optional<SyncCursor> begun, boolean settled, SyncCursor cursor, int lost, boolean doubtful) {
    /** The same without messages that another listing has after all. */
    Plan vanished(Set<RemoteId> fewer) {
      return new Plan(renumbered, fewer, flags, fetch, starting, begun, settled, cursor, lost, doubtful);
    }
  }

  private SyncPlanner() {}

  static Plan plan(Keeping keeping, Known known, News news) throws StoreException {
    boolean mirrored = keeping == Keeping.MIRRORED;
    // Ids without a cursor come from a first synchronisation that was interrupted: nobody can tell which numbering they belong to.
    boolean renumbered = mirrored && (news.renumbered() || known.cursor().isEmpty() && news.complete() && known.size() > 0);
    Map<RemoteId, Flags> have = renumbered ? Map.of() : have(known, news);
    var flags = new LinkedHashMap<RemoteId, Flags>();
    var fetch = new LinkedHashSet<RemoteId>();
    var starting = new HashMap<RemoteId, Flags>();
    var listed = new LinkedHashSet<RemoteId>();
    for (RemoteState state : news.states()) {
      listed.add(state.id());
      Flags old = have.get(state.id());
      if (old == null) {
        fetch.add(state.id());
        if (!mirrored) {
          state.flags().ifPresent(first -> starting.put(state.id(), first));
        }
      } else if (mirrored && state.flags().isPresent() && !state.flags().get().equals(old)) {
        flags.put(state.id(), state.flags().get());
      }
    }
    Set<RemoteId> vanished = vanished(have, news, listed);
    int lost = mirrored ? renumbered ? Math.max(0, known.size() - listed.size()) : vanished.size() : 0;
    boolean doubtful = lost > Math.max(SMALL_LOSS, known.size() / 5);
    return new Plan(renumbered, vanished, flags, List.copyOf(fetch), starting, news.begun(), news.settled(), news.cursor(), lost, doubtful);
  }

  /** What is known of the messages the news are about. */
  private static Map<RemoteId, Flags> have(Known known, News news) throws StoreException {
    if (news.complete()) {
      return known.messages();
    }
    var spokenOf = new ArrayList<RemoteId>(news.vanished());
    news.states().forEach(state -> spokenOf.add(state.id()));
    return spokenOf.isEmpty() ? Map.of() : known.among(spokenOf);
  }

  private static Set<RemoteId> vanished(Map<RemoteId, Flags> have, News news, Set<RemoteId> listed) {
    var vanished = new LinkedHashSet<RemoteId>();
    if (news.complete()) {
      have.keySet().stream().filter(id -> !listed.contains(id)).forEach(vanished::add);
    } else {
      news.vanished().stream().filter(have::containsKey).forEach(vanished::add);
    }
    return vanished;
  }
}
