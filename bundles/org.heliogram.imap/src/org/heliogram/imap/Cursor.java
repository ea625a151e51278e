/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.Optional;
import org.heliogram.core.backend.SyncCursor;

/**
 * What is kept in a {@link SyncCursor}: {@code uidvalidity/uidnext}, with {@code /modseq} where changes since then can be asked for
 * (RFC 7162), and a mark for a state that is not to be built upon.
 *
 * @param modSeq  every change up to it is known here; 0 where the server counts none, or not all is known for sure
 */
record Cursor(long uidValidity, long uidNext, long modSeq, Mark mark) {
  /** How far it can be trusted. */
  enum Mark {
    /** The folder was known as a whole. */
    NONE(""), //$NON-NLS-1$
    /** UIDNEXT went backwards since; one more such answer and the ids are void. */
    DOUBTED("?"), //$NON-NLS-1$
    /** The first listing was begun: what is known has these ids, but it is not all. */
    BEGUN(SyncCursor.BEGUN);

    private final String text;

    Mark(String text) {
      this.text = text;
    }
  }

  SyncCursor asSyncCursor() {
    return new SyncCursor(uidValidity + "/" + uidNext + (modSeq > 0 ? "/" + modSeq : "") + mark.text); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  boolean doubted() {
    return mark == Mark.DOUBTED;
  }

  boolean begun() {
    return mark == Mark.BEGUN;
  }

  /** Whether changes since then can be asked for. */
  boolean exact() {
    return mark == Mark.NONE && modSeq > 0;
  }

  /** Empty if it is none of ours. */
  static Optional<Cursor> parse(SyncCursor cursor) {
    String value = cursor.value();
    Mark mark = value.endsWith(Mark.DOUBTED.text) ? Mark.DOUBTED : value.endsWith(Mark.BEGUN.text) ? Mark.BEGUN : Mark.NONE;
    String[] parts = value.substring(0, value.length() - mark.text.length()).split("/"); //$NON-NLS-1$
    try {
      return parts.length < 2 ? Optional.empty() : Optional.of(new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]),
          parts.length < 3 ? 0 : Math.max(0, Long.parseLong(parts[2])), mark));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
