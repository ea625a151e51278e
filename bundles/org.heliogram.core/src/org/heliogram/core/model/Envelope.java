/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The header fields a list needs, decoded (RFC 5322 section 3.6, RFC 2047). Fields that are missing are empty, never null.
 *
 * @param date            what the sender says; absent where missing or unreadable
 * @param messageIdHeader with angle brackets, empty where missing
 * @param references      oldest first, with angle brackets, at most 100
 */
public record Envelope(String subject, List<Address> from, List<Address> to, List<Address> cc, List<Address> replyTo,
    Optional<Instant> date, String messageIdHeader, String inReplyTo, List<String> references) {
  public static final Envelope EMPTY =
      new Envelope("", List.of(), List.of(), List.of(), List.of(), Optional.empty(), "", "", List.of()); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  public Envelope {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(date);
    Objects.requireNonNull(messageIdHeader);
    Objects.requireNonNull(inReplyTo);
    from = List.copyOf(from);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    replyTo = List.copyOf(replyTo);
    references = List.copyOf(references);
  }
}
