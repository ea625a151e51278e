/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
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
import org.heliogram.jakarta.Sasl;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireLogs;

/**
 * From nothing to a session in the TRANSACTION state: greeting, CAPA, STLS, UTF8, and one way to sign in. Nothing is sent in clear unless
 * the account says so.
 *
 * @param pinned the only way that may be used: a mechanism of SASL, "APOP", or "LOGIN", which is USER and PASS where the server has them
 */
record SignIn(Endpoint endpoint, Credentials credentials, Optional<String> pinned, Timeouts timeouts, Supplier<WireLogs.Log> log) {
  private static final int MOST_CAPABILITIES = 500;
  private static final int COMMAND_LIMIT = 253; // RFC 2449 section 4, without the line end
  private static final String APOP = "APOP"; //$NON-NLS-1$
  private static final String LOGIN = "LOGIN"; //$NON-NLS-1$

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
    Reply greeting = greeting(wire).orThrow(Optional.empty(), no -> new MailException.Busy(Optional.empty(), no.text(), null));
    Capabilities before = capabilities(wire);
    if (endpoint.security() == Security.STARTTLS) {
      if (before != Capabilities.NONE && !before.has("STLS") || !wire.command("STLS").ok()) { //$NON-NLS-1$ //$NON-NLS-2$
        throw new Unreachable(Reason.NO_TLS, "server does not offer STLS", null); //$NON-NLS-1$
      }
      wire.connection().startTls();
      before = capabilities(wire); // what was said before TLS may have been said by anybody
    }
    if (before.has("UTF8")) { //$NON-NLS-1$
      wire.command("UTF8"); // RFC 6856: else it may hide or rewrite messages with headers in UTF-8; one that says no just goes on so. //$NON-NLS-1$
    }
    // A timestamp from before TLS proves nothing, and behind TLS it is of no use.
    Optional<Apop> apop = wire.connection().isSecure() && !isPinned(APOP) ? Optional.empty() : Apop.offered(greeting.text());
    authenticate(wire, before, apop).orThrow(before.loginDelay(),
        no -> no.soundsLocked() ? new MailException.Busy(Optional.empty(), no.text(), null) : new MailException.SignInRefused(no.text(), null));
    return new Session(wire, capabilities(wire));
  }

  private boolean isPinned(String way) {
    return pinned.filter(way::equalsIgnoreCase).isPresent();
  }

  /**
   * One try with one mechanism, the strongest: a second one would look like a second wrong password. In clear a password that is not shown,
   * even by APOP, goes before one that is; USER and PASS are all that is left where the server knows nothing else.
   */
  private Reply authenticate(Wire wire, Capabilities offered, Optional<Apop> apop) throws IOException, MailException {
    boolean passwordCommand = offered.has("USER") || offered == Capabilities.NONE; //$NON-NLS-1$
    var ways = new HashSet<>(offered.mechanisms());
    if (passwordCommand) {
      ways.add(LOGIN);
    }
    Optional<Sasl> sasl = Sasl.choose(ways, pinned, endpoint.user(), credentials.password());
    boolean hidden = sasl.filter(way -> way.name().startsWith("SCRAM-")).isPresent(); //$NON-NLS-1$
    if (apop.isPresent() && (isPinned(APOP) || pinned.isEmpty() && !hidden)) {
      Reply reply = wire.command(apop.get().command(endpoint.user(), credentials.password()));
      if (reply.ok() || isPinned(APOP) || !reply.soundsUnknown()) {
        return reply;
      }
    }
    if (sasl.isPresent() && !(passwordCommand && sasl.get().name().equals(LOGIN))) {
      return dialogue(wire, sasl.get());
    }
    if (sasl.isEmpty() && pinned.isPresent() && !isPinned(LOGIN)) {
      throw new MailException.SignInRefused(null, new IllegalStateException("no common way to sign in")); //$NON-NLS-1$
    }
    Reply named = wire.command("USER " + endpoint.user()); //$NON-NLS-1$
    return named.ok() ? wire.command("PASS " + credentials.password()) : named; //$NON-NLS-1$
  }

  /** RFC 5034 section 4. */
  private static Reply dialogue(Wire wire, Sasl sasl) throws IOException, MailException {
    String command = "AUTH " + sasl.name(); //$NON-NLS-1$
    Optional<String> opening = sasl.opening();
    boolean together = opening.isPresent() && command.length() + opening.get().length() < COMMAND_LIMIT;
    wire.connection().renewTime();
    wire.send(together ? command + ' ' + opening.get() : command);
    wire.flush();
    byte[] answer = wire.status();
    for (boolean waiting = opening.isPresent() && !together; isChallenge(answer); answer = wire.status(), waiting = false) {
      String challenge = new String(answer, 1, answer.length - 1, StandardCharsets.US_ASCII);
      wire.send(waiting ? opening.get() : sasl.reply(challenge));
      wire.flush();
    }
    Reply reply = Reply.parse(answer);
    if (reply.ok()) {
      sasl.accepted();
    }
    return reply;
  }

  private static boolean isChallenge(byte[] answer) {
    return answer.length > 0 && answer[0] == '+' && (answer.length == 1 || answer[1] == ' ');
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
