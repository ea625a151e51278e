/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import org.heliogram.core.backend.MailException;

/** Decides what follows from a failure: the only place that does. Pure. */
final class RetryPolicy {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);
  /** What a watch waits at most where nobody answers: the network may be back any moment, and a try costs the server nothing. */
  static final Duration OUTAGE = Duration.ofSeconds(25);
  private static final int STALE_AT_ONCE = 3;
  private static final int MALFORMED_TRIES = 5;

  /** What to do. */
  sealed interface Decision {
    /** The same again, after a while. */
    record Retry(Duration after) implements Decision {}

    /** Nothing until the user has done something about it. */
    record AskUser() implements Decision {}

    /** It will never work. */
    record GiveUp() implements Decision {}
  }

  private RetryPolicy() {}

  /** @param attempts that failed in a row, this one included; at least 1 */
  static Decision decide(MailException failure, int attempts) {
    return switch (failure) {
      case MailException.Unreachable unreachable -> new Decision.Retry(unreachable(unreachable.reason(), attempts));
      case MailException.Busy busy -> new Decision.Retry(busy.retryAfter().orElse(backOff(attempts)));
      case MailException.SignInRefused refused -> new Decision.AskUser();
      case MailException.CertificateRefused refused -> new Decision.AskUser();
      case MailException.Renumbered renumbered -> new Decision.AskUser();
      case MailException.Refused refused -> new Decision.GiveUp();
      case MailException.Stale stale -> new Decision.Retry(attempts <= STALE_AT_ONCE ? Duration.ZERO : backOff(attempts));
      case MailException.Malformed malformed ->
          attempts < MALFORMED_TRIES ? new Decision.Retry(backOff(attempts)) : new Decision.GiveUp();
    };
  }

  /** The same for a watch that was lost or could not be opened. */
  static Decision decideWatch(MailException failure, int attempts) {
    Decision decision = decide(failure, attempts);
    boolean outage = failure instanceof MailException.Unreachable unreachable && switch (unreachable.reason()) {
      case HOST_NOT_FOUND, REFUSED, TIMED_OUT -> true;
      case BROKEN, NO_TLS, NOT_A_MAIL_SERVER -> false;
    };
    return outage && decision instanceof Decision.Retry retry && retry.after().compareTo(OUTAGE) > 0 ? new Decision.Retry(OUTAGE) : decision;
  }

  private static Duration unreachable(MailException.Unreachable.Reason reason, int attempts) {
    return switch (reason) {
      case HOST_NOT_FOUND, REFUSED, TIMED_OUT, BROKEN -> backOff(attempts);
      // A setting to be changed, or a portal in between that wants to be logged in to: neither is over in a second.
      case NO_TLS, NOT_A_MAIL_SERVER -> LONGEST;
    };
  }

  /** One second, doubled with each failure, up to five minutes. */
  static Duration backOff(int attempts) {
    int doublings = Math.max(0, Math.min(attempts - 1, 20));
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
