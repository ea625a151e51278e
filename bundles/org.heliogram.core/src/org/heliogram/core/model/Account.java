/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A mail account as the user set it up; holds no secret.
 *
 * @param label      what the account is called in the folder list and on the command line; unique, not empty
 * @param personName the user's own name for outgoing mail; may be empty
 * @param address    the user's mail address
 * @param incoming   where mail comes from; for {@link Protocol#DEMO} any well-formed value, never used
 * @param submission where mail is handed in (RFC 6409)
 */
public record Account(AccountId id, String label, String personName, String address, Protocol protocol, Endpoint incoming,
    Optional<Endpoint> submission, AccountOptions options) {
  public Account {
    Objects.requireNonNull(id);
    Objects.requireNonNull(personName);
    Objects.requireNonNull(address);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(incoming);
    Objects.requireNonNull(submission);
    Objects.requireNonNull(options);
    if (label.isBlank()) {
      throw new IllegalArgumentException("account without a label"); //$NON-NLS-1$
    }
  }

  public Account withIncoming(Endpoint other) {
    return new Account(id, label, personName, address, protocol, other, submission, options);
  }

  public Account withSubmission(Optional<Endpoint> other) {
    return new Account(id, label, personName, address, protocol, incoming, other, options);
  }

  public Account withOptions(AccountOptions other) {
    return new Account(id, label, personName, address, protocol, incoming, submission, other);
  }

  /** Keys only: an account's text never reaches a log by accident. */
  @Override
  public String toString() {
    return "Account[" + id + ", " + protocol + "]"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }
}
