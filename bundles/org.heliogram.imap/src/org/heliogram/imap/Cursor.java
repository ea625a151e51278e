/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.Optional;
import org.heliogram.core.backend.SyncCursor;

/**
 * What is kept in a {@link SyncCursor}: {@code uidvalidity/uidnext}.
 *
 * @param doubted UIDNEXT went backwards since; one more such answer and the ids are void
 */
record Cursor(long uidValidity, long uidNext, boolean doubted) {
  private static final String DOUBT = "?"; //$NON-NLS-1$

  SyncCursor asSyncCursor() {
    return new SyncCursor(uidValidity + "/" + uidNext + (doubted ? DOUBT : "")); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Empty if it is none of ours. */
  static Optional<Cursor> parse(SyncCursor cursor) {
    boolean doubted = cursor.value().endsWith(DOUBT);
    String[] parts = (doubted ? cursor.value().substring(0, cursor.value().length() - 1) : cursor.value()).split("/"); //$NON-NLS-1$
    try {
      return parts.length < 2 ? Optional.empty() : Optional.of(new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), doubted));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
