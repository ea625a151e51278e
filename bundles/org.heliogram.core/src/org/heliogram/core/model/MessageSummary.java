/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of a message list.
 *
 * @param folder      where the user sees it
 * @param flags       as the user sees them
 * @param date        the sender's date, or {@code received} where there is none
 * @param received    when it reached the server (INTERNALDATE) or, for POP3, this machine
 * @param sizeInBytes as the server says (RFC822.SIZE), which some servers get wrong
 * @param queued      whether an operation on it still waits for the server
 */
public record MessageSummary(MessageKey key, AccountId account, FolderKey folder, Flags flags, Address from, Address to,
    String subject, Instant date, Instant received, long sizeInBytes, boolean attachments, String messageIdHeader, BodyState body,
    boolean queued) {
  public MessageSummary {
    Objects.requireNonNull(key);
    Objects.requireNonNull(account);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(flags);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(date);
    Objects.requireNonNull(received);
    Objects.requireNonNull(messageIdHeader);
    Objects.requireNonNull(body);
  }

  public boolean unread() {
    return !flags.has(Flag.SEEN);
  }

  /** Keys only: subjects and addresses never reach a log by accident. */
  @Override
  public String toString() {
    return "MessageSummary[" + key + "]"; //$NON-NLS-1$ //$NON-NLS-2$
  }
}
