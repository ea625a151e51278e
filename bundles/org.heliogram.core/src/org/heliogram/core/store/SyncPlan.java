/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flags;

/**
 * What to change in the server's half of a folder. Applied in the order of the components.
 *
 * @param renumbered forget all ids of the folder first; its rows stay and wait to be adopted by what {@code added} brings
 * @param vanished   ids the server has no more. A mirrored folder loses the rows, except those a queued or unconfirmed move still names;
 *     a delivered folder only notes that they are gone
 * @param flags      the server's flags, for known ids
 * @param added      messages that are new. A row that waits in this folder without an id and has the same Message-ID and size (or the same
 *     Message-ID alone, where the size is not known to be right) is adopted instead of doubled; an id already known is ignored
 * @param sweep      after this plan nothing more of this listing comes: rows of the folder that still wait without an id and without a queued operation are gone
 * @param cursor     set with this plan; empty leaves it as it is
 */
public record SyncPlan(boolean renumbered, List<RemoteId> vanished, Map<RemoteId, Flags> flags, List<NewMessage> added, boolean sweep,
    Optional<SyncCursor> cursor) {
  public SyncPlan {
    vanished = List.copyOf(vanished);
    Objects.requireNonNull(flags);
    added = List.copyOf(added);
    Objects.requireNonNull(cursor);
  }

  /** Only new messages. */
  public static SyncPlan adding(List<NewMessage> added) {
    return new SyncPlan(false, List.of(), Map.of(), added, false, Optional.empty());
  }
}
