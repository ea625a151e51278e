/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Flags;
import org.heliogram.core.store.StoreException;

/**
 * The server's half of a folder as this machine knows it: the planner's input. What costs time in proportion to the folder is read from
 * the store only when it is asked for, and then as it is at that moment; only the account's worker changes it.
 */
public interface Known {
  Known NOTHING = of(Optional.empty(), Map.of());

  /** From the last complete synchronisation, or one that says that the first was begun; absent before that. */
  Optional<SyncCursor> cursor();

  /** How many messages are known: the size of {@link #messages}, without reading them. */
  int size();

  /**
   * Every id known here with the server's flags; for a {@link org.heliogram.core.model.Keeping#DELIVERED} folder every id ever taken,
   * even of messages deleted here since.
   */
  Map<RemoteId, Flags> messages() throws StoreException;

  /** Those of the ids that are known, at a cost that grows with their number and not with the folder. */
  default Map<RemoteId, Flags> among(Collection<RemoteId> ids) throws StoreException {
    Map<RemoteId, Flags> all = messages();
    var found = new HashMap<RemoteId, Flags>();
    for (RemoteId id : ids) {
      Flags flags = all.get(id);
      if (flags != null) {
        found.put(id, flags);
      }
    }
    return found;
  }

  /** Whether messages of the folder have no id here and wait to be recognised or given up: then it has to be read, whatever is said of it. */
  default boolean waiting() {
    return false;
  }

  /** What is known already, as a value; nothing waits. */
  static Known of(Optional<SyncCursor> cursor, Map<RemoteId, Flags> messages) {
    return of(cursor, messages, false);
  }

  /** What is known already, as a value. */
  static Known of(Optional<SyncCursor> cursor, Map<RemoteId, Flags> messages, boolean waiting) {
    Objects.requireNonNull(cursor);
    Objects.requireNonNull(messages);
    return new Known() {
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
        return messages;
      }

      @Override
      public boolean waiting() {
        return waiting;
      }
    };
  }
}
