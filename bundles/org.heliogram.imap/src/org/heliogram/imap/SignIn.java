/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Security;
import org.heliogram.jakarta.Sasl;

/** From the greeting to a session that is signed in. Nothing secret is sent before the protection the user chose is there. */
final class SignIn {
  private static final String AUTH = "AUTH="; //$NON-NLS-1$
  private static final String LOGIN = "LOGIN"; //$NON-NLS-1$
  private final ImapConnection imap;
  private final Security security;
  private final String user;
  private final String password;
  private final Optional<String> pinned;

  /** @param pinned the only mechanism that may be used, or "LOGIN" for the command */
  SignIn(ImapConnection imap, Credentials credentials, Optional<String> pinned) {
    this.imap = imap;
    this.security = imap.connection().endpoint().security();
    this.user = imap.connection().endpoint().user();
    this.password = credentials.password();
    this.pinned = pinned;
  }

  void run() throws IOException, MailException {
    Status greeting = imap.greeting();
    if (security == Security.STARTTLS) {
      protect(greeting);
    }
    if (greeting.kind() == Status.Kind.PREAUTH) {
      return; // Over TLS, or where the user wants no protection, the server may know us already.
    }
    Status status = authenticate();
    if (!status.ok()) {
      throw refused(status);
    }
    if (!status.code().equals("CAPABILITY")) { //$NON-NLS-1$
      imap.forgetCapabilities();
    }
  }

  /** What it says in ALERTs belongs to its words: Gmail, for one, tells only there what is to be done. */
  private MailException refused(Status status) {
    String words = Stream.concat(imap.alerts().stream(), Stream.of(status.text())).filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining(" ")); //$NON-NLS-1$
    if (status.busy()) {
      return new MailException.Busy(Optional.empty(), words, null);
    }
    return status.code().equals("CONTACTADMIN") ? new MailException.Refused("sign-in refused: [CONTACTADMIN]", words, null) //$NON-NLS-1$ //$NON-NLS-2$
        : new MailException.SignInRefused(words, null);
  }

  /** PREAUTH would make STARTTLS impossible, which is why somebody in the middle might say it (RFC 9051 section 7.1.4). */
  private void protect(Status greeting) throws IOException, MailException {
    if (greeting.kind() == Status.Kind.PREAUTH) {
      throw new Unreachable(Reason.NO_TLS, "PREAUTH before STARTTLS", null); //$NON-NLS-1$
    }
    if (!imap.can("STARTTLS")) { //$NON-NLS-1$
      throw new Unreachable(Reason.NO_TLS, "no STARTTLS offered", null); //$NON-NLS-1$
    }
    Status status = imap.await(imap.send("STARTTLS"), Answers.none()); //$NON-NLS-1$
    if (!status.ok()) {
      throw new Unreachable(Reason.NO_TLS, "STARTTLS refused", null); //$NON-NLS-1$
    }
    imap.startTls();
  }

  /** One try with one mechanism: a second one would look like a second wrong password. LOGIN is the command where that is allowed. */
  private Status authenticate() throws IOException, MailException {
    if (security != Security.NONE && !imap.connection().isSecure()) {
      throw new IllegalStateException("not protected"); //$NON-NLS-1$
    }
    Set<String> offered = imap.capabilities().stream().filter(word -> word.startsWith(AUTH)).map(word -> word.substring(AUTH.length()))
        .collect(Collectors.toCollection(HashSet::new));
    boolean command = !imap.can("LOGINDISABLED"); //$NON-NLS-1$
    if (command) {
      offered.add(LOGIN);
    }
    Sasl sasl = Sasl.choose(offered, pinned, user, password)
        .orElseThrow(() -> new MailException.SignInRefused(null, new IllegalStateException("no common way to sign in"))); //$NON-NLS-1$
    return command && sasl.name().equals(LOGIN) ? login() : dialogue(sasl);
  }

  private Status login() throws IOException, MailException {
    return imap.await(imap.send("LOGIN " + ImapConnection.argument(octets(user)) + ' ' + ImapConnection.argument(octets(password))), //$NON-NLS-1$
        Answers.none());
  }

  /** RFC 3501 section 6.2.2, with what is to be said first in the command where the server takes it there (SASL-IR, RFC 4959). */
  private Status dialogue(Sasl sasl) throws IOException, MailException {
    Optional<String> opening = imap.can("SASL-IR") ? sasl.opening() : Optional.empty(); //$NON-NLS-1$
    String tag = imap.send("AUTHENTICATE " + sasl.name() + opening.map(said -> ' ' + said).orElse("")); //$NON-NLS-1$ //$NON-NLS-2$
    for (Optional<String> challenge = imap.continuation(tag, Answers.none()); challenge.isPresent();
        challenge = imap.continuation(tag, Answers.none())) {
      imap.sendLine(sasl.reply(challenge.get()));
    }
    Status status = imap.await(tag, Answers.none());
    if (status.ok()) {
      sasl.accepted();
    }
    return status;
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
