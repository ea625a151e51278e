/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.jakarta.Timeouts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Signs in to POP3 servers. */
@Component(property = "protocol=pop3")
public final class Pop3BackendFactory implements Backend.Factory {
  private final Timeouts timeouts;

  @Activate
  public Pop3BackendFactory() {
    this(Timeouts.DEFAULT);
  }

  Pop3BackendFactory(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    return new Pop3Backend(new SignIn(account.incoming(), credentials, timeouts), monitor);
  }
}
