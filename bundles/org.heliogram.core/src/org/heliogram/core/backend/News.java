/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server says about a folder.
 *
 * @param cursor      stands for this state; committed together with the last change it covers
 * @param complete    {@code states} lists every message of the folder: known ids that are missing are gone
 * @param renumbered  every id known so far is void (UIDVALIDITY changed, RFC 3501 section 2.3.1.1); implies {@code complete}
 * @param states      new and changed messages, or all; in the order in which new ones should be fetched, newest first
 * @param vanished    ids that are gone, where the server tells so itself; empty when {@code complete}
 * @param settled     with these news the folder is known as a whole, as the server's own count proves; {@code complete} implies it
 * @param begun       committed before the first of these changes, where they are the first of a numbering: it is not
 *     {@link SyncCursor#whole}, and lets what was taken of a listing not be taken again after an interruption
 */
public record News(SyncCursor cursor, boolean complete, boolean renumbered, List<RemoteState> states, List<RemoteId> vanished,
    boolean settled, Optional<SyncCursor> begun) {
  public News {
    Objects.requireNonNull(cursor);
    Objects.requireNonNull(states);
    Objects.requireNonNull(begun);
    vanished = List.copyOf(vanished);
    if (renumbered && !complete || complete && !settled) {
      throw new IllegalArgumentException("renumbered " + renumbered + ", complete " + complete + ", settled " + settled); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
  }

  /** From a server that always lists everything, or else cannot say whether it did. */
  public News(SyncCursor cursor, boolean complete, boolean renumbered, List<RemoteState> states, List<RemoteId> vanished) {
    this(cursor, complete, renumbered, states, vanished, complete, Optional.empty());
  }
}
