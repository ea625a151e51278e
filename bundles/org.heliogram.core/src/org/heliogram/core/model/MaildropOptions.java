/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How an account takes mail from a maildrop (RFC 1939).
 *
 * <p>Days are counted on a clock that goes on with each session, by the time since the one before, but by no more than a quarter of the
 * days and no more than three of them; and not at all where the time between is negative or incredible. So a clock that is set forward
 * deletes nothing before its time, and where this machine is off for long, mail stays longer.
 *
 * @param leaving     how long mail stays there
 * @param days        for {@link Leaving#SOME_DAYS}: how many; 1 to 3,650
 * @param headersOver of messages larger than this, in bytes as the server counts them, only the header is taken until they are opened
 * @param inboxOf     the account whose inbox the mail goes to, where that is not one a server mirrors; empty for this one's
 */
public record MaildropOptions(Leaving leaving, int days, long headersOver, Optional<AccountId> inboxOf) {
  /** Everything stays there, and all but the largest is taken whole. */
  public static final MaildropOptions DEFAULT = new MaildropOptions(Leaving.EVERYTHING, 14, 20_000_000, Optional.empty());
  private static final int MOST_DAYS = 3_650;

  public MaildropOptions {
    Objects.requireNonNull(leaving);
    Objects.requireNonNull(inboxOf);
    if (days < 1 || days > MOST_DAYS || headersOver < 0) {
      throw new IllegalArgumentException(days + " days, " + headersOver + " bytes"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  public MaildropOptions withLeaving(Leaving other, int otherDays) {
    return new MaildropOptions(other, otherDays, headersOver, inboxOf);
  }

  public MaildropOptions withHeadersOver(long bytes) {
    return new MaildropOptions(leaving, days, bytes, inboxOf);
  }

  public MaildropOptions withInboxOf(Optional<AccountId> other) {
    return new MaildropOptions(leaving, days, headersOver, other);
  }
}
