/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.List;
import java.util.Objects;
import org.heliogram.core.model.FlagChange;

/**
 * One command on one folder. {@code cursor} tells the UIDVALIDITY the ids came from: a backend that finds another one does nothing and
 * throws {@link MailException.Stale}.
 */
public sealed interface RemoteOperation {
  RemoteFolder folder();

  SyncCursor cursor();

  List<RemoteId> ids();

  record Store(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, FlagChange change) implements RemoteOperation {
    public Store {
      ids = checked(folder, cursor, ids);
      Objects.requireNonNull(change);
    }
  }

  /** MOVE, or COPY, proof, \Deleted and UID EXPUNGE of exactly these; without UIDPLUS they stay, marked \Deleted. */
  record Move(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, RemoteFolder to) implements RemoteOperation {
    public Move {
      ids = checked(folder, cursor, ids);
      Objects.requireNonNull(to);
    }
  }

  record Copy(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, RemoteFolder to) implements RemoteOperation {
    public Copy {
      ids = checked(folder, cursor, ids);
      Objects.requireNonNull(to);
    }
  }

  /**
   * Deletes for good: \Deleted and UID EXPUNGE of exactly these; without UIDPLUS only \Deleted. Never a plain EXPUNGE.
   *
   * @param moved whether each is in another folder now, where it stays: only what was left of it in this folder goes
   */
  record Expunge(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, boolean moved) implements RemoteOperation {
    public Expunge {
      ids = checked(folder, cursor, ids);
    }

    public Expunge(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids) {
      this(folder, cursor, ids, false);
    }
  }

  private static List<RemoteId> checked(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids) {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(cursor);
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("operation on no message"); //$NON-NLS-1$
    }
    return List.copyOf(ids);
  }
}
