/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.MailException;

/**
 * OK, NO, BAD, BYE or PREAUTH with what the server adds (RFC 3501 section 7.1).
 *
 * @param code      the response code's name in capitals; empty for none
 * @param arguments what follows the name inside the brackets
 * @param text      the server's words
 */
record Status(Kind kind, String code, String arguments, String text) {
  enum Kind { OK, NO, BAD, BYE, PREAUTH }

  private static final Set<String> BUSY = Set.of("UNAVAILABLE", "INUSE", "IN-USE", "LIMIT", "SERVERBUG"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$

  /** From a line without tag and kind, one character an octet. */
  static Status parse(Kind kind, String line) {
    String rest = line.strip();
    int end = rest.startsWith("[") ? rest.indexOf(']') : -1; //$NON-NLS-1$
    if (end < 0) {
      return new Status(kind, "", "", decode(rest)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    String inside = rest.substring(1, end).strip();
    int space = inside.indexOf(' ');
    String code = space < 0 ? inside : inside.substring(0, space);
    String arguments = space < 0 ? "" : inside.substring(space + 1).strip(); //$NON-NLS-1$
    return new Status(kind, code.toUpperCase(Locale.ROOT), arguments, decode(rest.substring(end + 1).strip()));
  }

  /** The kind of that name, if it is one. */
  static Optional<Kind> kind(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "OK" -> Optional.of(Kind.OK); //$NON-NLS-1$
      case "NO" -> Optional.of(Kind.NO); //$NON-NLS-1$
      case "BAD" -> Optional.of(Kind.BAD); //$NON-NLS-1$
      case "BYE" -> Optional.of(Kind.BYE); //$NON-NLS-1$
      case "PREAUTH" -> Optional.of(Kind.PREAUTH); //$NON-NLS-1$
      default -> Optional.empty();
    };
  }

  private static String decode(String octets) {
    byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return octets;
    }
  }

  boolean ok() {
    return kind == Kind.OK;
  }

  /** Whether it is no refusal of this command but of all for now (RFC 5530); "not connected" is how Exchange says that a mailbox is down. */
  boolean busy() {
    return BUSY.contains(code) || text.toLowerCase(Locale.ROOT).contains("authenticated but not connected"); //$NON-NLS-1$
  }

  /** As an exception, unless it is OK. @param command what was refused, for the log */
  void requireOk(String command) throws MailException {
    if (ok()) {
      return;
    }
    if (busy()) {
      throw new MailException.Busy(Optional.empty(), text, null);
    }
    throw new MailException.Refused(command + ": " + kind + (code.isEmpty() ? "" : " [" + code + "]"), text, null); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }
}
