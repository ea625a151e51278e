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
import org.heliogram.jakarta.Timeouts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Signs in to submission servers. */
@Component
public final class SmtpTransportFactory implements Transport.Factory {
  private final Timeouts timeouts;

  @Activate
  public SmtpTransportFactory() {
    this(Timeouts.DEFAULT);
  }

  SmtpTransportFactory(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public Transport open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    return SmtpTransport.open(account.submission().orElseThrow(() -> new IllegalArgumentException("no submission server")), //$NON-NLS-1$
        credentials, timeouts, monitor);
  }
}
