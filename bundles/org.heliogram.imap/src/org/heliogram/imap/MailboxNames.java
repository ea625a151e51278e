/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names of mailboxes between the wire and what is kept here: the one place that knows how a connection writes them. What is kept of a name
 * is its modified UTF-7 (RFC 3501 section 5.1.3), whether the connection says it so or in UTF-8 (RFC 6855): a folder is the same one on a
 * server that learns UTF8=ACCEPT or forgets it. A name that is not valid the one way or the other stays as it came, and goes back so.
 */
final class MailboxNames {
  private static final int QUOTED_LIMIT = 1_000;
  private boolean utf8;

  /** From now on both sides say names in UTF-8. */
  void useUtf8() {
    utf8 = true;
  }

  /** What is kept of a name. @param octets as received, one character an octet */
  String kept(String octets) {
    return utf8 && Utf8.isValid(octets) ? ModifiedUtf7.encode(Utf8.text(octets)) : octets;
  }

  /** To be sent for what is kept. */
  String argument(String kept) {
    return pattern(kept, ""); //$NON-NLS-1$
  }

  /** To be sent for all names that begin like what is kept. @param wildcard of LIST */
  String pattern(String kept, String wildcard) {
    String octets = said(kept) + wildcard;
    return utf8 && octets.length() <= QUOTED_LIMIT && Utf8.isValid(octets) && octets.chars().noneMatch(c -> c < ' ' || c == 0x7f)
        ? ImapConnection.quoted(octets) : ImapConnection.argument(octets);
  }

  /** One character an octet. Only what a name in UTF-8 would be kept as is said in UTF-8: the rest came from a server that does not know it. */
  private String said(String kept) {
    if (!utf8 || kept.chars().anyMatch(c -> c >= 0x80)) {
      return kept;
    }
    String text = ModifiedUtf7.decode(kept);
    return ModifiedUtf7.encode(text).equals(kept) ? Utf8.octets(text) : kept;
  }

  /** UTF-8 with one character an octet. */
  private static final class Utf8 {
    static boolean isValid(String octets) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }

    static String text(String octets) {
      return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String octets(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
  }
}
