/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import org.heliogram.core.backend.MailException;

/** How large a message may be (RFC 7889): the server says it for all mailboxes, or for each when it is asked. */
final class AppendLimit {
  private static final String NAME = "APPENDLIMIT"; //$NON-NLS-1$
  private static final long ALWAYS_TAKEN = 1_000_000;
  private final ImapConnection imap;

  AppendLimit(ImapConnection imap) {
    this.imap = imap;
  }

  /** @param size of the largest message there is; the server is not asked because of a small one */
  long of(String mailbox, long size) throws IOException, MailException {
    long limit = imap.capabilities().stream().filter(word -> word.startsWith(NAME + '=')).mapToLong(word -> number(word.substring(NAME.length() + 1)))
        .min().orElse(Long.MAX_VALUE);
    return limit < Long.MAX_VALUE || size <= ALWAYS_TAKEN || !imap.can(NAME) ? limit : ask(mailbox);
  }

  private long ask(String mailbox) throws IOException, MailException {
    long[] limit = {Long.MAX_VALUE};
    imap.await(imap.send("STATUS " + imap.names().argument(mailbox) + " (APPENDLIMIT)"), (count, name, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
      if (!name.equals("STATUS")) { //$NON-NLS-1$
        return false;
      }
      in.skipValue();
      in.spaces();
      new FetchItems().read(in, (item, value) -> {
        boolean wanted = item.equals(NAME);
        limit[0] = wanted ? number(value.atom()) : limit[0];
        return wanted;
      });
      return true;
    });
    return limit[0];
  }

  /** No limit where it is none: NIL. */
  private static long number(String digits) {
    return !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : Long.MAX_VALUE;
  }
}
