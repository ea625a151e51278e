/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.List;
import java.util.Objects;

/**
 * What a server says about a folder.
 *
 * @param cursor      stands for this state; committed together with the last change it covers
 * @param complete    {@code states} lists every message of the folder: known ids that are missing are gone
 * @param renumbered  every id known so far is void (UIDVALIDITY changed, RFC 3501 section 2.3.1.1); implies {@code complete}
 * @param states      new and changed messages, or all; in the order in which new ones should be fetched, newest first
 * @param vanished    ids that are gone, where the server tells so itself; empty when {@code complete}
 */
public record News(SyncCursor cursor, boolean complete, boolean renumbered, List<RemoteState> states, List<RemoteId> vanished) {
  public News {
    Objects.requireNonNull(cursor);
    Objects.requireNonNull(states);
    vanished = List.copyOf(vanished);
    if (renumbered && !complete) {
      throw new IllegalArgumentException("renumbered but not complete"); //$NON-NLS-1$
    }
  }
}
