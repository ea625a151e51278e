/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Modified UTF-7, in which IMAP names mailboxes (RFC 3501 section 5.1.3). */
final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /**
   * The name as text. A name that is not valid modified UTF-7 is taken for UTF-8, which some servers send, and where it is not that either
   * it stays as it is.
   *
   * @param raw one character an octet
   */
  static String decode(String raw) {
    if (raw.chars().anyMatch(c -> c >= 0x80)) {
      return utf8(raw);
    }
    var text = new StringBuilder(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      if (raw.charAt(at) != '&') {
        text.append(raw.charAt(at));
        continue;
      }
      int end = raw.indexOf('-', at);
      String shifted = end < 0 ? null : end == at + 1 ? "&" : unshift(raw.substring(at + 1, end)); //$NON-NLS-1$
      if (shifted == null) {
        return raw;
      }
      text.append(shifted);
      at = end;
    }
    return text.toString();
  }

  /** The inverse of {@link #decode} for a name that a user wrote. */
  static String encode(String text) {
    var raw = new StringBuilder(text.length());
    for (int at = 0; at < text.length();) {
      char c = text.charAt(at);
      if (c == '&') {
        raw.append("&-"); //$NON-NLS-1$
        at++;
      } else if (c >= ' ' && c < 0x7f) {
        raw.append(c);
        at++;
      } else {
        int end = at;
        while (end < text.length() && (text.charAt(end) < ' ' || text.charAt(end) >= 0x7f)) {
          end++;
        }
        byte[] octets = text.substring(at, end).getBytes(StandardCharsets.UTF_16BE);
        raw.append('&').append(Base64.getEncoder().withoutPadding().encodeToString(octets).replace('/', ',')).append('-');
        at = end;
      }
    }
    return raw.toString();
  }

  private static String utf8(String raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return raw;
    }
  }

  /** The text of a shifted piece, or null if it is not valid. */
  private static String unshift(String piece) {
    try {
      byte[] octets = Base64.getDecoder().decode(piece.replace(',', '/'));
      return octets.length == 0 ? null : StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }
}
