/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.jakarta.Connection;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireLogs;

/** Opens connections to IMAP servers: from nothing to a session that is signed in and agreed on. The one place where that is done. */
record Sessions(Timeouts timeouts, WireLogs logs) {
  /** @param purpose for the protocol log */
  ImapConnection open(Account account, Credentials credentials, String purpose, IProgressMonitor monitor) throws MailException {
    WireLogs.Log log = logs.begin(account.id(), WireLogs.Dialect.IMAP, purpose, account.incoming().user());
    log.conceal(credentials.password());
    Connection connection = Connection.open(account.incoming(), timeouts, log, monitor);
    boolean well = false;
    try {
      ImapConnection imap = new ImapConnection(connection);
      connection.<Void, RuntimeException>exchange(monitor, () -> begin(imap, account, credentials));
      well = true;
      return imap;
    } finally {
      if (!well) {
        connection.abort();
      }
    }
  }

  private static Void begin(ImapConnection imap, Account account, Credentials credentials) throws IOException, MailException {
    new SignIn(imap, credentials, account.options().server().mechanism()).run();
    imap.introduce();
    imap.enableUtf8();
    if (account.options().server().compress()) {
      imap.compress();
    }
    return null;
  }
}
