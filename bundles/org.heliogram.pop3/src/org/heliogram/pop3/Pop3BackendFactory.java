/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.util.function.Supplier;
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

/** Signs in to POP3 servers. */
@Component(property = "protocol=pop3")
public final class Pop3BackendFactory implements Backend.Factory {
  private final Timeouts timeouts;
  private final WireLogs logs;

  @Activate
  public Pop3BackendFactory(@Reference WireLogs logs) {
    this(Timeouts.DEFAULT, logs);
  }

  /** Nobody wants to know what is said. */
  public Pop3BackendFactory() {
    this(WireLogs.NONE);
  }

  /** For servers that answer soon or never. */
  Pop3BackendFactory(Timeouts timeouts) {
    this(timeouts, WireLogs.NONE);
  }

  Pop3BackendFactory(Timeouts timeouts, WireLogs logs) {
    this.timeouts = timeouts;
    this.logs = logs;
  }

  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    Supplier<WireLogs.Log> log = () -> logs.begin(account.id(), WireLogs.Dialect.POP3, "POP3", account.incoming().user()); //$NON-NLS-1$
    return new Pop3Backend(new SignIn(account.incoming(), credentials, account.options().server().mechanism(), timeouts, log), monitor);
  }
}
