/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Known;

/** Where a mailbox stands without its being opened (RFC 3501 section 7.2.4); in one answer for all of them with LIST-STATUS (RFC 5819). */
record FolderStatus(long messages, long uidNext, long uidValidity, long highestModSeq) {
  /** What to ask for. */
  static final String ITEMS = "STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"; //$NON-NLS-1$
  private static final int LIMIT = 100_000;

  /** Reads one STATUS answer, from the name on. */
  static void read(ResponseReader in, Map<String, FolderStatus> into) throws IOException {
    String name = in.string();
    in.spaces();
    long[] values = {-1, 0, 0, 0};
    new FetchItems().read(in, (item, value) -> {
      int place = switch (item) {
        case "MESSAGES" -> 0; //$NON-NLS-1$
        case "UIDNEXT" -> 1; //$NON-NLS-1$
        case "UIDVALIDITY" -> 2; //$NON-NLS-1$
        case "HIGHESTMODSEQ" -> 3; //$NON-NLS-1$
        default -> -1;
      };
      if (place >= 0) {
        values[place] = value.number();
      }
      return place >= 0;
    });
    if (name != null && into.size() < LIMIT) {
      into.put(name, new FolderStatus(values[0], values[1], values[2], values[3]));
    }
  }

  /** Whether nothing can have happened since: neither arrivals nor losses nor changes of flags. */
  boolean is(Known known) {
    Optional<Cursor> cursor = known.cursor().flatMap(Cursor::parse).filter(Cursor::exact);
    return cursor.isPresent() && messages == known.size() && cursor.get().uidNext() == uidNext && cursor.get().uidValidity() == uidValidity
        && cursor.get().modSeq() == highestModSeq;
  }
}
