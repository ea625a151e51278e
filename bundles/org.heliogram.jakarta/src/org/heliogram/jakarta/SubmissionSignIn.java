/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.heliogram.core.backend.MailException;

/** Signs in to a submission server that Angus Mail has greeted (RFC 4954). Angus itself knows neither SCRAM nor CRAM-MD5. */
final class SubmissionSignIn {
  private static final int CONTINUE = 334;
  private static final int ACCEPTED = 235;
  private static final int COMMAND_LIMIT = 510; // RFC 5321 section 4.5.3.1.4, without the line end
  private final SMTPTransport smtp;
  private final Optional<String> preferred;

  /** @param preferred the mechanism to be used if it is offered */
  SubmissionSignIn(SMTPTransport smtp, Optional<String> preferred) {
    this.smtp = smtp;
    this.preferred = preferred;
  }

  /** Does nothing where the server wants nobody to sign in. @throws MessagingException as Angus says it */
  void run(String user, String password) throws MessagingException, IOException, MailException {
    Set<String> offered = offered();
    if (offered.isEmpty()) {
      return;
    }
    // One try: another would look like a second wrong password.
    Sasl sasl = Sasl.choose(offered, preferred, user, password).or(() -> Sasl.choose(offered, Optional.empty(), user, password))
        .orElseThrow(() -> new MailException.SignInRefused("", new IllegalStateException("no common way to sign in"))); //$NON-NLS-1$ //$NON-NLS-2$
    String command = "AUTH " + sasl.name(); //$NON-NLS-1$
    Optional<String> opening = sasl.opening();
    boolean together = opening.isPresent() && command.length() + opening.get().length() < COMMAND_LIMIT;
    int code = smtp.simpleCommand(together ? command + ' ' + opening.get() : command);
    for (boolean waiting = opening.isPresent() && !together; code == CONTINUE; waiting = false) {
      code = smtp.simpleCommand(waiting ? opening.get() : sasl.reply(smtp.getLastServerResponse().substring(3)));
    }
    if (code < 0) {
      throw new EOFException("connection ended in the middle of a sign-in"); //$NON-NLS-1$
    }
    if (code != ACCEPTED) {
      throw AngusSubmission.refused(code, smtp);
    }
    sasl.accepted();
  }

  private Set<String> offered() {
    var offered = new HashSet<String>();
    if (smtp.supportsExtension("AUTH")) { //$NON-NLS-1$
      offered.addAll(List.of(smtp.getExtensionParameter("AUTH").strip().split(" +"))); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (smtp.supportsExtension("AUTH=LOGIN")) { //$NON-NLS-1$
      offered.add("LOGIN"); // as some servers said it before RFC 2554 //$NON-NLS-1$
    }
    return offered;
  }
}
