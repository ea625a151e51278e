/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.jakarta.WireException;

/** The mailbox that is selected on a connection, kept up to date by what the server says in passing (RFC 3501 section 7.3). */
final class Mailbox {
  /** More messages than that in a mailbox are a fault of the server. */
  static final int MESSAGE_LIMIT = 10_000_000;
  static final long UID_LIMIT = 0xffff_ffffL;
  private static final int VANISHED_KEPT = 1_000;
  private static final Duration VIEW_AGE = Duration.ofMinutes(10);
  private final String name;
  private long uidValidity;
  private boolean passing; // its ids are
  private boolean readOnly;
  private long uidNext;
  private long exists;
  private long heard;
  private long views;
  private UidRanges vanished = new UidRanges();
  private final long since = System.nanoTime();
  private Optional<Set<String>> permanent = Optional.empty();

  /** @param name as {@link MailboxNames} keeps it */
  Mailbox(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** 0 if the server did not tell. */
  long uidValidity() {
    return uidValidity;
  }

  /** 0 if the server did not tell. */
  long uidNext() {
    return uidNext;
  }

  long exists() {
    return exists;
  }

  /** The highest mod-sequence the server spoke of since this was selected (RFC 7162); 0 if it has none. */
  long heard() {
    return heard;
  }

  void hear(long modSeq) {
    heard = Math.max(heard, modSeq);
  }

  /** Another number when all that was noted before belongs to the mailbox that was open until then ([CLOSED], RFC 7162 section 3.2.11). */
  long views() {
    return views;
  }

  /** What the server said is gone, whichever command it said it after. */
  UidRanges vanished() {
    return vanished;
  }

  /** Forgets what is gone if it has become much; to be called only before the server is asked for it again. */
  void thinOut() {
    if (vanished.count() > VANISHED_KEPT) {
      vanished = new UidRanges();
    }
  }

  /**
   * Whether this can be asked what changed in the folder since the cursor, without selecting it again. Not for ever: the mailbox may have
   * been deleted and made anew, and there are servers on which a session does not see that.
   */
  boolean isView(String folder, Cursor cursor) {
    return sameName(name, folder) && uidValidity == cursor.uidValidity() && heard >= cursor.modSeq()
        && System.nanoTime() - since < VIEW_AGE.toNanos();
  }

  void note(Status status) {
    switch (status.code()) {
      case "UIDVALIDITY" -> uidValidity = uid(status.arguments()); //$NON-NLS-1$
      case "UIDNEXT" -> uidNext = uid(status.arguments()); //$NON-NLS-1$
      case "HIGHESTMODSEQ" -> hear(modSeq(status.arguments())); //$NON-NLS-1$
      case "CLOSED" -> begin(); //$NON-NLS-1$
      case "UIDNOTSTICKY" -> passing = true; //$NON-NLS-1$
      case "READ-ONLY" -> readOnly = true; //$NON-NLS-1$
      case "READ-WRITE" -> readOnly = false; //$NON-NLS-1$
      case "PERMANENTFLAGS" -> permanent = flags(status.arguments()); //$NON-NLS-1$
      default -> { } // of no use here
    }
  }

  /** In lower case; empty if the list cannot be read. */
  private static Optional<Set<String>> flags(String list) {
    return list.startsWith("(") && list.endsWith(")") //$NON-NLS-1$ //$NON-NLS-2$
        ? Optional.of(new HashSet<>(List.of(list.substring(1, list.length() - 1).toLowerCase(Locale.ROOT).split(" +")))) : Optional.empty(); //$NON-NLS-1$
  }

  /** Whether the server says that nothing can be changed here, when it was selected or since. */
  boolean readOnly() {
    return readOnly;
  }

  /** As the server told them. */
  String permanentFlags() {
    return permanent.map(Object::toString).orElse(""); //$NON-NLS-1$
  }

  /** Whether the server will keep a flag (RFC 3501 section 7.1, PERMANENTFLAGS); it will where it does not say. */
  boolean keeps(String flag) {
    return permanent.isEmpty() || permanent.get().contains(flag.toLowerCase(Locale.ROOT))
        || !flag.startsWith("\\") && permanent.get().contains("\\*"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static long uid(String digits) {
    try {
      long value = Long.parseLong(digits);
      return value > 0 && value <= UID_LIMIT + 1 ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static long modSeq(String digits) {
    return digits.length() <= 18 && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : 0;
  }

  private void begin() {
    views++;
    exists = 0;
    heard = 0;
    vanished = new UidRanges();
  }

  /** EXISTS, EXPUNGE and VANISHED. @return whether it read the rest of the answer */
  boolean note(long number, String answer, ResponseReader in) throws IOException {
    if (answer.equals("VANISHED")) { //$NON-NLS-1$
      vanished(in);
      return true;
    }
    note(number, answer);
    return false;
  }

  /** {@code VANISHED (EARLIER) set} tells of the past; {@code VANISHED set} is what EXPUNGE was, several at once (RFC 7162 section 3.2.10). */
  private void vanished(ResponseReader in) throws IOException {
    in.spaces();
    boolean earlier = in.peek() == '(';
    if (earlier) {
      in.skipValue();
      in.spaces();
    }
    long named = vanished.read(in);
    exists = earlier ? exists : Math.max(0, exists - named);
  }

  private void note(long number, String answer) throws IOException {
    switch (answer) {
      case "EXISTS" -> { //$NON-NLS-1$
        if (number > MESSAGE_LIMIT) {
          throw new WireException("a mailbox of " + number + " messages"); //$NON-NLS-1$ //$NON-NLS-2$
        }
        exists = number;
      }
      case "EXPUNGE" -> exists = Math.max(0, exists - 1); //$NON-NLS-1$
      default -> { } // of no use here
    }
  }

  /** Without UIDVALIDITY no id can be kept (RFC 3501 section 2.3.1.1). */
  void requireLastingIds() throws MailException {
    if (passing) {
      // Ids of one session only (RFC 4315 section 3): nothing can be kept of it, and nothing done to it later.
      throw new MailException.Refused("UIDNOTSTICKY", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (uidValidity == 0) {
      throw new MailException.Malformed("no UIDVALIDITY for a mailbox", null); //$NON-NLS-1$
    }
  }

  static boolean sameName(String one, String other) {
    return one.equals(other) || "INBOX".equals(one.toUpperCase(Locale.ROOT)) && "INBOX".equals(other.toUpperCase(Locale.ROOT)); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
