/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.Transport;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signs in to submission servers. */
@Component
public final class SmtpTransportFactory implements Transport.Factory {
  private final Timeouts timeouts;
  private final WireLogs logs;

  @Activate
  public SmtpTransportFactory(@Reference WireLogs logs) {
    this(Timeouts.DEFAULT, logs);
  }

  /** Nobody wants to know what is said. */
  public SmtpTransportFactory() {
    this(WireLogs.NONE);
  }

  /** For servers that answer soon or never. */
  SmtpTransportFactory(Timeouts timeouts) {
    this(timeouts, WireLogs.NONE);
  }

  SmtpTransportFactory(Timeouts timeouts, WireLogs logs) {
    this.timeouts = timeouts;
    this.logs = logs;
  }

  @Override
  public Transport open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    Endpoint server = account.submission().orElseThrow(() -> new IllegalArgumentException("no submission server")); //$NON-NLS-1$
    // The way to sign in is chosen for the incoming server; the other may not know it.
    return SmtpTransport.open(server, credentials, account.options().server().mechanism(), timeouts,
        logs.begin(account.id(), WireLogs.Dialect.SMTP, "SMTP", server.user()), monitor); //$NON-NLS-1$
  }
}
