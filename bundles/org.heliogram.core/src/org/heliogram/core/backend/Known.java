/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Flags;

/**
 * The server's half of a folder as this machine knows it: the planner's input.
 *
 * @param cursor   from the last complete synchronisation; absent before the first
 * @param messages every id known here with the server's flags; for a {@link org.heliogram.core.model.Keeping#DELIVERED} folder every id
 *     ever taken, even of messages deleted here since
 */
public record Known(Optional<SyncCursor> cursor, Map<RemoteId, Flags> messages) {
  public static final Known NOTHING = new Known(Optional.empty(), Map.of());

  public Known {
    Objects.requireNonNull(cursor);
    Objects.requireNonNull(messages);
  }
}
