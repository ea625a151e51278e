/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.Locale;
import org.heliogram.core.backend.MailException;
import org.heliogram.jakarta.WireException;

/** The mailbox that is selected on a connection, kept up to date by what the server says in passing (RFC 3501 section 7.3). */
final class Mailbox {
  /** More messages than that in a mailbox are a fault of the server. */
  static final int MESSAGE_LIMIT = 10_000_000;
  static final long UID_LIMIT = 0xffff_ffffL;
  private final String name;
  private long uidValidity;
  private long uidNext;
  private long exists;

  /** @param name raw */
  Mailbox(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** 0 if the server did not tell. */
  long uidValidity() {
    return uidValidity;
  }

  /** 0 if the server did not tell. */
  long uidNext() {
    return uidNext;
  }

  long exists() {
    return exists;
  }

  void note(Status status) {
    switch (status.code()) {
      case "UIDVALIDITY" -> uidValidity = uid(status.arguments()); //$NON-NLS-1$
      case "UIDNEXT" -> uidNext = uid(status.arguments()); //$NON-NLS-1$
      default -> { } // of no use here
    }
  }

  private static long uid(String digits) {
    try {
      long value = Long.parseLong(digits);
      return value > 0 && value <= UID_LIMIT + 1 ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** EXISTS and EXPUNGE. */
  void note(long number, String answer) throws IOException {
    switch (answer) {
      case "EXISTS" -> { //$NON-NLS-1$
        if (number > MESSAGE_LIMIT) {
          throw new WireException("a mailbox of " + number + " messages"); //$NON-NLS-1$ //$NON-NLS-2$
        }
        exists = number;
      }
      case "EXPUNGE" -> exists = Math.max(0, exists - 1); //$NON-NLS-1$
      default -> { } // of no use here
    }
  }

  /** Without UIDVALIDITY no id can be kept (RFC 3501 section 2.3.1.1). */
  void requireLastingIds() throws MailException {
    if (uidValidity == 0) {
      throw new MailException.Malformed("no UIDVALIDITY for a mailbox", null); //$NON-NLS-1$
    }
  }

  static boolean sameName(String one, String other) {
    return one.equals(other) || "INBOX".equals(one.toUpperCase(Locale.ROOT)) && "INBOX".equals(other.toUpperCase(Locale.ROOT)); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
