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
record FolderStatus(long messages, long uidNext, long uidValidity, long highestModSeq, Optional<String> mailboxId) {
  private static final int ID_LIMIT = 255;
  private static final int LIMIT = 100_000;

  /** What to ask for. @param states where the mailbox stands; @param ids its lasting name (MAILBOXID, RFC 8474 section 4.3) */
  static String items(boolean states, boolean ids) {
    return "STATUS (" + (states ? "MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ" : "") + (states && ids ? " " : "") //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
        + (ids ? "MAILBOXID" : "") + ')'; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Reads one STATUS answer, from the name on. */
  static void read(ResponseReader in, MailboxNames names, Map<String, FolderStatus> into) throws IOException {
    String name = in.string();
    in.spaces();
    long[] values = {-1, 0, 0, 0};
    String[] id = {""}; //$NON-NLS-1$
    new FetchItems().read(in, (item, value) -> {
      if (item.equals("MAILBOXID")) { //$NON-NLS-1$
        value.expect('(');
        String told = value.string();
        value.expect(')');
        id[0] = told == null || told.length() > ID_LIMIT ? "" : told; //$NON-NLS-1$
        return true;
      }
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
      into.put(names.kept(name), new FolderStatus(values[0], values[1], values[2], values[3], id[0].isEmpty() ? Optional.empty() : Optional.of(id[0])));
    }
  }

  /** Whether nothing can have happened since: neither arrivals nor losses nor changes of flags. */
  boolean is(Known known) {
    Optional<Cursor> cursor = known.cursor().flatMap(Cursor::parse).filter(Cursor::exact);
    return cursor.isPresent() && messages == known.size() && cursor.get().uidNext() == uidNext && cursor.get().uidValidity() == uidValidity
        && cursor.get().modSeq() == highestModSeq;
  }
}
