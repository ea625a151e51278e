/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens IMAP accounts. */
@Component(property = "protocol=imap")
public final class ImapBackendFactory implements Backend.Factory {
  private final Sessions sessions;

  @Activate
  public ImapBackendFactory(@Reference WireLogs logs) {
    this(Timeouts.DEFAULT, logs);
  }

  /** Nobody wants to know what is said. */
  public ImapBackendFactory() {
    this(WireLogs.NONE);
  }

  /** For servers that answer soon or never. */
  ImapBackendFactory(Timeouts timeouts) {
    this(timeouts, WireLogs.NONE);
  }

  ImapBackendFactory(Timeouts timeouts, WireLogs logs) {
    this.sessions = new Sessions(timeouts, logs);
  }

  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    return ImapBackend.open(account, credentials, sessions, monitor);
  }
}
