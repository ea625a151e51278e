/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.ServerCopy;

/**
 * How long a message that was taken stays in its maildrop: the one rule for it. For implementations of {@link MailStore}; nothing here
 * touches a store.
 *
 * @param options what the user chose for the maildrop
 * @param since   time that has gone on for the maildrop since the message was taken, see {@link MaildropPlan.Session}
 * @param here    what of it is on this machine; empty where the user deleted it
 */
public record Stay(MaildropOptions options, Duration since, Optional<Here> here) {
  /** A message on this machine. @param inInbox whether it lies in an inbox that no server mirrors */
  public record Here(boolean inInbox, boolean whole, boolean flagged) {}

  public Stay {
    Objects.requireNonNull(options);
    Objects.requireNonNull(since);
    Objects.requireNonNull(here);
  }

  /** Whether it may be deleted there: never what is here in part, for the rest would be lost. */
  public boolean over() {
    return switch (leaving()) {
      case EVERYTHING -> false;
      case UNTIL_TAKEN -> true;
      case SOME_DAYS -> since.compareTo(days()) >= 0;
      case UNTIL_DELETED -> here.isEmpty() || !here.get().inInbox();
    };
  }

  private Leaving leaving() {
    boolean partly = here.isPresent() && !here.get().whole();
    boolean starred = here.isPresent() && here.get().flagged() && options.leaving() == Leaving.SOME_DAYS;
    return partly || starred ? Leaving.EVERYTHING : options.leaving();
  }

  private Duration days() {
    return Duration.ofDays(options.days());
  }

  /** For the user to see. @param there whether the server has it; @param lastSession when time last went on */
  public ServerCopy copy(AccountId maildrop, boolean there, Instant lastSession) {
    Optional<Instant> until = there && leaving() == Leaving.SOME_DAYS ? Optional.of(lastSession.plus(days().minus(since))) : Optional.empty();
    return new ServerCopy(maildrop, there, leaving(), until);
  }
}
