/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.Objects;
import org.heliogram.core.model.FolderKey;

/** Which messages of a folder's view, in which order; equal values by newest received first. */
public record Query(FolderKey folder, Column column, boolean descending, boolean unreadOnly) {
  /** What to sort by. Text sorts without case and without leading "Re:", "AW:", "Fwd:" and the like. */
  public enum Column { READ, FLAGGED, ATTACHMENTS, FROM, SUBJECT, DATE, SIZE }

  public Query {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(column);
  }

  /** All messages, newest first. */
  public static Query newestFirst(FolderKey folder) {
    return new Query(folder, Column.DATE, true, false);
  }
}
