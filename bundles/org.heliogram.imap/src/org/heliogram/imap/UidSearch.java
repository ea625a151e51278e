/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.Optional;
import org.heliogram.core.backend.MailException;

/** Asks which UIDs there are, as ranges where the server can write them so (RFC 4731). */
final class UidSearch {
  private final ImapConnection imap;
  private final UidRanges found = new UidRanges();

  UidSearch(ImapConnection imap) {
    this.imap = imap;
  }

  /** Those of the selected mailbox. @return empty if the server cannot tell */
  Optional<UidRanges> all() throws IOException, MailException {
    boolean extended = Capability.ESEARCH.in(imap.capabilities());
    Status status = imap.await(imap.send(extended ? "UID SEARCH RETURN (ALL) ALL" : "UID SEARCH ALL"), (number, name, in) -> switch (name) { //$NON-NLS-1$ //$NON-NLS-2$
      case "SEARCH" -> one(in); //$NON-NLS-1$
      case "ESEARCH" -> ranges(in); //$NON-NLS-1$
      default -> false;
    });
    if (status.busy()) {
      status.requireOk("UID SEARCH"); //$NON-NLS-1$
    }
    return status.ok() ? Optional.of(found) : Optional.empty();
  }

  private boolean one(ResponseReader in) throws IOException {
    while (!in.atEnd()) {
      if (in.peek() == '(') {
        in.skipValue(); // (MODSEQ n)
      } else {
        found.read(in);
      }
      in.spaces();
    }
    return true;
  }

  /** As in {@code (TAG "h5") UID ALL 1:5,7}. */
  private boolean ranges(ResponseReader in) throws IOException {
    while (!in.atEnd()) {
      if (in.peek() == '(') {
        in.skipValue();
      } else if (in.atom().equalsIgnoreCase("ALL")) { //$NON-NLS-1$
        in.spaces();
        found.read(in);
      }
      in.spaces();
    }
    return true;
  }
}
