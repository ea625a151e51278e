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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Opens IMAP accounts. */
@Component(property = "protocol=imap")
public final class ImapBackendFactory implements Backend.Factory {
  private final Timeouts timeouts;

  @Activate
  public ImapBackendFactory() {
    this(Timeouts.DEFAULT);
  }

  /** For servers that answer soon or never. */
  ImapBackendFactory(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    return ImapBackend.open(account, credentials, timeouts, monitor);
  }
}
