/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.backend.Transport;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.jakarta.Connection;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireException;

/** A submission server, signed in: EHLO, STARTTLS (RFC 3207) and AUTH (RFC 4954) have been said. */
final class SmtpTransport implements Transport {
  /** Says nothing about this machine; an address literal is allowed where no name is known (RFC 5321 section 4.1.4). */
  private static final String GREETING = "EHLO [127.0.0.1]"; //$NON-NLS-1$
  private final Endpoint endpoint;
  private final Connection connection;

  private SmtpTransport(Endpoint endpoint, Connection connection) {
    this.endpoint = endpoint;
    this.connection = connection;
  }

  static SmtpTransport open(Endpoint endpoint, Credentials credentials, Timeouts timeouts, IProgressMonitor monitor) throws MailException {
    var transport = new SmtpTransport(endpoint, Connection.open(endpoint, timeouts, monitor));
    boolean well = false;
    try {
      transport.connection.exchange(monitor, () -> {
        transport.begin(credentials);
        return null;
      });
      well = true;
      return transport;
    } finally {
      if (!well) {
        transport.connection.abort();
      }
    }
  }

  private void begin(Credentials credentials) throws IOException, MailException {
    greeting().orThrow(220, no -> new MailException.Refused("server wants no mail from here", no.text(), null)); //$NON-NLS-1$
    List<String> extensions = hello();
    if (endpoint.security() == Security.STARTTLS) {
      if (!extensions.contains("STARTTLS") || !command("STARTTLS").is(220)) { //$NON-NLS-1$ //$NON-NLS-2$
        throw new Unreachable(Reason.NO_TLS, "server does not offer STARTTLS", null); //$NON-NLS-1$
      }
      connection.startTls();
      extensions = hello(); // what was said before TLS may have been said by anybody
    }
    if (!endpoint.user().isEmpty()) {
      signIn(mechanisms(extensions), credentials);
    }
  }

  private Reply greeting() throws IOException, MailException {
    try {
      return Reply.read(connection.input());
    } catch (WireException e) {
      throw new Unreachable(Reason.NOT_A_MAIL_SERVER, "no SMTP greeting", e); //$NON-NLS-1$
    }
  }

  private List<String> hello() throws IOException, MailException {
    Reply reply = command(GREETING).orThrow(250, no -> new MailException.Refused("EHLO refused", no.text(), null)); //$NON-NLS-1$
    return reply.lines().stream().skip(1).map(line -> line.strip().toUpperCase(Locale.ROOT)).toList();
  }

  /** Some servers still write AUTH=, as before RFC 4954. */
  private static Set<String> mechanisms(List<String> extensions) {
    var mechanisms = new HashSet<String>();
    for (String extension : extensions) {
      if (extension.startsWith("AUTH ") || extension.startsWith("AUTH=")) { //$NON-NLS-1$ //$NON-NLS-2$
        mechanisms.addAll(Arrays.asList(extension.substring(5).split("[ =]+"))); //$NON-NLS-1$
      }
    }
    return mechanisms;
  }

  private void signIn(Set<String> mechanisms, Credentials credentials) throws IOException, MailException {
    String user = endpoint.user();
    Reply last;
    if (mechanisms.contains("PLAIN")) { //$NON-NLS-1$
      String both = base64("\0" + user + "\0" + credentials.password()); //$NON-NLS-1$ //$NON-NLS-2$
      last = command("AUTH PLAIN " + both); //$NON-NLS-1$
      last = last.is(334) ? command(both) : last; // a server that asks though it was told
    } else if (mechanisms.contains("LOGIN")) { //$NON-NLS-1$
      last = command("AUTH LOGIN"); //$NON-NLS-1$
      last = last.is(334) ? command(base64(user)) : last;
      last = last.is(334) ? command(base64(credentials.password())) : last;
    } else {
      throw new MailException.SignInRefused("", new IllegalStateException("no known way to sign in among " + mechanisms.size() + " offered")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    last.orThrow(235, no -> new MailException.SignInRefused(no.text(), null));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Reply command(String line) throws IOException {
    connection.renewTime();
    connection.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$
    connection.flush();
    return Reply.read(connection.input());
  }

  @Override
  public void close() {
    connection.close("QUIT\r\n".getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$
  }
}
