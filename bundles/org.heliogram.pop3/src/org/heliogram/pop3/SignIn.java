/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.jakarta.Connection;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireLogs;

/** From nothing to a session in the TRANSACTION state: greeting, CAPA, STLS, USER and PASS. Nothing is sent in clear unless the account says so. */
record SignIn(Endpoint endpoint, Credentials credentials, Timeouts timeouts, Supplier<WireLogs.Log> log) {
  private static final int MOST_CAPABILITIES = 500;

  /** A signed-in session. */
  record Session(Wire wire, Capabilities capabilities) {}

  Session open(IProgressMonitor monitor) throws MailException {
    if (unsayable(endpoint.user()) || unsayable(credentials.password())) {
      throw new MailException.SignInRefused("", new IllegalArgumentException("line break in user name or password")); //$NON-NLS-1$ //$NON-NLS-2$
    }
    WireLogs.Log said = log.get();
    said.conceal(credentials.password());
    Connection connection = Connection.open(endpoint, timeouts, said, monitor);
    boolean well = false;
    try {
      Session session = connection.exchange(monitor, () -> signIn(new Wire(connection)));
      well = true;
      return session;
    } finally {
      if (!well) {
        connection.abort();
      }
    }
  }

  private static boolean unsayable(String text) {
    return text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
  }

  private Session signIn(Wire wire) throws IOException, MailException {
    greeting(wire).orThrow(Optional.empty(), no -> new MailException.Busy(Optional.empty(), no.text(), null));
    Capabilities before = capabilities(wire);
    if (endpoint.security() == Security.STARTTLS) {
      if (before != Capabilities.NONE && !before.has("STLS") || !wire.command("STLS").ok()) { //$NON-NLS-1$ //$NON-NLS-2$
        throw new Unreachable(Reason.NO_TLS, "server does not offer STLS", null); //$NON-NLS-1$
      }
      wire.connection().startTls();
      before = capabilities(wire); // what was said before TLS may have been said by anybody
    }
    var delay = before.loginDelay();
    wire.command("USER " + endpoint.user()).orThrow(delay, no -> new MailException.SignInRefused(no.text(), null)); //$NON-NLS-1$
    wire.command("PASS " + credentials.password()).orThrow(delay, //$NON-NLS-1$
        no -> no.soundsLocked() ? new MailException.Busy(Optional.empty(), no.text(), null) : new MailException.SignInRefused(no.text(), null));
    return new Session(wire, capabilities(wire));
  }

  private static Reply greeting(Wire wire) throws IOException, MailException {
    try {
      return wire.reply();
    } catch (WireException e) {
      throw new Unreachable(Reason.NOT_A_MAIL_SERVER, "no POP3 greeting", e); //$NON-NLS-1$
    }
  }

  private static Capabilities capabilities(Wire wire) throws IOException {
    return wire.command("CAPA").ok() ? Capabilities.of(wire.lines(MOST_CAPABILITIES)) : Capabilities.NONE; //$NON-NLS-1$
  }
}
