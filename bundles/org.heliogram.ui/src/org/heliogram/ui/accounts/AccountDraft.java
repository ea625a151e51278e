/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;

/** A new account as the user is filling it in. Owned by the UI thread. */
final class AccountDraft {
  private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}@<>,;\"]+@[^\\s\\p{Cntrl}@<>,;\"]+"); //$NON-NLS-1$
  private static final Pattern UNFINISHED = Pattern.compile("[^\\s\\p{Cntrl}@<>,;\"]*@?"); //$NON-NLS-1$
  private final ServerDraft incoming = new ServerDraft(ServerKind.IMAP);
  private final SubmissionDraft submission = new SubmissionDraft();
  private Protocol protocol = Protocol.IMAP;
  private String personName = ""; //$NON-NLS-1$
  private String address = ""; //$NON-NLS-1$
  private String password = ""; //$NON-NLS-1$

  ServerDraft incoming() {
    return incoming;
  }

  SubmissionDraft submission() {
    return submission;
  }

  Protocol protocol() {
    return protocol;
  }

  void protocol(Protocol other) {
    protocol = other;
    incoming.kind(ServerKind.of(other));
    suggest();
  }

  /** Another way to the same mail, with the same user name and password. */
  void useInstead(Protocol other, Endpoint server) {
    protocol(other);
    incoming.host(server.host());
    incoming.security(server.security());
    incoming.port(Integer.toString(server.port()));
  }

  String personName() {
    return personName;
  }

  void personName(String other) {
    personName = other.strip();
  }

  String address() {
    return address;
  }

  /** Server and user names follow where the user has not typed others. */
  void address(String other) {
    address = other.strip();
    suggest();
  }

  String password() {
    return password;
  }

  void password(String other) {
    password = other;
  }

  /** The first page, in the order of its fields. */
  Check checkIdentity() {
    Check whose = checkAddress(address);
    if (!(whose instanceof Check.Fine)) {
      return whose;
    }
    return password.isEmpty() ? new Check.Missing(Messages.Draft_passwordMissing) : Check.FINE;
  }

  /** Half an address is missing its rest; it is not wrong while it is being typed. */
  static Check checkAddress(String address) {
    if (ADDRESS.matcher(address).matches()) {
      return Check.FINE;
    }
    return UNFINISHED.matcher(address).matches() ? new Check.Missing(Messages.Draft_addressMissing)
        : new Check.Wrong(NLS.bind(Messages.Draft_addressWrong, address));
  }

  /** The second page, in the order of its fields. */
  Check checkServers() {
    Check reachable = incoming.checkServer();
    if (!(reachable instanceof Check.Fine)) {
      return reachable;
    }
    return incoming.user().isEmpty() ? new Check.Missing(Messages.Draft_userMissing) : submission.check(true);
  }

  /** @throws IllegalStateException if a check does not say that all is fine */
  Account account(AccountId id, String label) {
    return new Account(id, label, personName, address, protocol, incoming.endpoint(incoming.user()),
        submission.endpoint(incoming.user()), AccountOptions.DEFAULT);
  }

  Optional<Credentials> incomingCredentials() {
    return Optional.of(new Credentials(password));
  }

  Optional<Credentials> submissionCredentials() {
    return submission.credentials(password);
  }

  private void suggest() {
    int at = address.indexOf('@');
    String domain = at < 0 ? "" : address.substring(at + 1); //$NON-NLS-1$
    incoming.suggest(incoming.kind().host(domain), address);
    submission.server().suggest(ServerKind.SUBMISSION.host(domain), address);
  }
}
