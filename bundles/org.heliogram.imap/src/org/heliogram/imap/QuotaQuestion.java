/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.Optional;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.Quota;

/** Asks how full the inbox's quota roots are (RFC 9208); of several the fullest counts, since it is the one that will stop mail. */
final class QuotaQuestion {
  private static final long UNIT = 1_024;
  private static final long LARGEST = Long.MAX_VALUE / UNIT;
  private Quota fullest;

  /** @return empty where the server does not tell, or sets no limit */
  Optional<Quota> ask(ImapConnection imap) throws IOException, MailException {
    if (imap.can("QUOTA")) { //$NON-NLS-1$
      imap.await(imap.send("GETQUOTAROOT \"INBOX\""), (number, answer, in) -> answer.equals("QUOTA") && take(in)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return Optional.ofNullable(fullest);
  }

  private boolean take(ResponseReader in) throws IOException {
    in.skipValue(); // the root's name
    in.spaces();
    in.expect('(');
    in.spaces();
    while (!in.accept(')')) {
      String resource = in.atom();
      in.spaces();
      long used = in.number();
      in.spaces();
      long limit = in.number();
      in.spaces();
      if (resource.equalsIgnoreCase("STORAGE") && limit > 0 && limit <= LARGEST && used <= LARGEST) { //$NON-NLS-1$
        Quota told = new Quota(used * UNIT, limit * UNIT);
        fullest = fullest == null || told.percent() > fullest.percent() ? told : fullest;
      }
    }
    return true;
  }
}
