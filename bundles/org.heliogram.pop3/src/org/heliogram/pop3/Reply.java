/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliogram.core.backend.MailException;
import org.heliogram.jakarta.WireException;

/**
 * The status line of an answer.
 *
 * @param code the extended response code in upper case (RFC 2449 section 8), empty where there is none
 * @param text what the server says after it
 */
record Reply(boolean ok, String code, String text) {
  private static final Pattern CODE = Pattern.compile("\\[([A-Za-z0-9/_-]{1,40})\\] *(.*)"); //$NON-NLS-1$

  /** @throws WireException if the line is no answer at all */
  static Reply parse(byte[] line) throws WireException {
    String all = new String(line, StandardCharsets.UTF_8);
    boolean ok = begins(all, "+OK"); //$NON-NLS-1$
    if (!ok && !begins(all, "-ERR")) { //$NON-NLS-1$
      throw new WireException("an answer that is neither +OK nor -ERR"); //$NON-NLS-1$
    }
    String text = all.substring(ok ? 3 : 4).strip();
    Matcher coded = CODE.matcher(text);
    return coded.matches() ? new Reply(ok, coded.group(1).toUpperCase(Locale.ROOT), coded.group(2)) : new Reply(ok, "", text); //$NON-NLS-1$
  }

  private static boolean begins(String line, String status) {
    return line.regionMatches(true, 0, status, 0, status.length())
        && (line.length() == status.length() || line.charAt(status.length()) == ' ');
  }

  /**
   * Goes on where the server said yes.
   *
   * @param refused what a no means here, where its code does not tell (RFC 2449, RFC 3206)
   * @param delay how long the server wants to be left alone between two sign-ins
   */
  Reply orThrow(Optional<Duration> delay, Function<Reply, MailException> refused) throws MailException {
    if (ok) {
      return this;
    }
    throw switch (code) {
      case "IN-USE", "SYS/TEMP" -> new MailException.Busy(Optional.empty(), text, null); //$NON-NLS-1$ //$NON-NLS-2$
      case "LOGIN-DELAY" -> new MailException.Busy(delay, text, null); //$NON-NLS-1$
      case "AUTH" -> new MailException.SignInRefused(text, null); //$NON-NLS-1$
      case "SYS/PERM" -> new MailException.Refused("server cannot serve this maildrop", text, null); //$NON-NLS-1$
      default -> refused.apply(this);
    };
  }

  /** Whether a no without a code says that the server does not know the command. */
  boolean soundsUnknown() {
    return code.isEmpty() && text.toLowerCase(Locale.ROOT).matches(".*(unknown command|command unknown|invalid command|unrecogni[sz]ed|unsupported|not (supported|implemented)).*"); //$NON-NLS-1$
  }

  /** Whether a no without a code says that another client has the maildrop (servers older than RFC 2449 have only words for it). */
  boolean soundsLocked() {
    String words = text.toLowerCase(Locale.ROOT);
    return code.isEmpty() && words.matches(".*(maildrop|mailbox|mail drop|spool).*") //$NON-NLS-1$
        && words.matches(".*(lock|in use|busy|another session).*"); //$NON-NLS-1$
  }
}
