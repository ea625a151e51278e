/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Decodes header text: encoded words (RFC 2047) wherever they stand, also inside quotes, and bytes beyond ASCII. Adjacent words of one
 * charset are joined before decoding, because senders split characters between them.
 */
final class Words {
  private static final int LONGEST_CHARSET = 70;
  /** The RFC allows 75; senders that do not split their subject are common. */
  private static final int LONGEST_WORD = 4_000;
  /** Bytes of encoded words that wait to be decoded together. */
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private String pendingCharset = ""; //$NON-NLS-1$
  private final StringBuilder out;
  private final String in;
  /** Tried so far, well-formed or not. */
  private int words;

  private Words(String in) {
    this.in = in;
    this.out = new StringBuilder(in.length());
  }

  /** @param raw each byte one character; @return for one line of text, cleaned */
  static String decode(String raw) {
    String limited = raw.length() > Limits.FIELD_BYTES ? raw.substring(0, Limits.FIELD_BYTES) : raw;
    if (limited.indexOf("=?") < 0) { //$NON-NLS-1$
      return limit(Characters.clean(plain(limited)));
    }
    return limit(Characters.clean(new Words(limited).run()));
  }

  private static String limit(String text) {
    return text.length() <= Limits.FIELD_CHARACTERS ? text : text.substring(0, Limits.FIELD_CHARACTERS);
  }

  /** Text without encoded words: bytes beyond ASCII are guessed. */
  private static String plain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= 0x80 || c == 0x1B) {
        return Charsets.guess(raw.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return raw;
  }

  private String run() {
    int at = 0;
    while (at < in.length()) {
      int begin = words < Limits.ENCODED_WORDS ? in.indexOf("=?", at) : -1; //$NON-NLS-1$
      if (begin < 0) {
        break;
      }
      int next = word(begin, at);
      if (next < 0) {
        flush();
        out.append(plain(in.substring(at, begin + 2)));
        at = begin + 2;
      } else {
        at = next;
      }
    }
    flush();
    return out.append(plain(in.substring(at))).toString();
  }

  /** @return where the "?=" is that ends the encoded word beginning at {@code begin}, or -1 where there is none */
  static int end(String in, int begin) {
    int charsetEnd = in.indexOf('?', begin + 2, Math.min(in.length(), begin + LONGEST_CHARSET));
    if (charsetEnd < 0 || charsetEnd + 2 >= in.length() || in.charAt(charsetEnd + 2) != '?') {
      return -1;
    }
    char encoding = Character.toUpperCase(in.charAt(charsetEnd + 1));
    return encoding == 'B' || encoding == 'Q' ? in.indexOf("?=", charsetEnd + 3, Math.min(in.length(), charsetEnd + LONGEST_WORD)) : -1; //$NON-NLS-1$
  }

  /** @return behind the encoded word at {@code begin}, or -1 where there is none */
  private int word(int begin, int before) {
    words++;
    int end = end(in, begin);
    if (end < 0) {
      return -1;
    }
    int charsetEnd = in.indexOf('?', begin + 2);
    char encoding = Character.toUpperCase(in.charAt(charsetEnd + 1));
    String charset = in.substring(begin + 2, charsetEnd);
    int language = charset.indexOf('*');
    charset = language < 0 ? charset : charset.substring(0, language);
    String gap = in.substring(before, begin);
    boolean joins = pending.size() > 0 && gap.isBlank();
    if (!joins || !charset.equalsIgnoreCase(pendingCharset)) {
      flush();
    }
    if (!joins) {
      out.append(plain(gap));
    }
    pendingCharset = charset;
    append(in.substring(charsetEnd + 3, end), encoding);
    return end + 2;
  }

  private void append(String text, char encoding) {
    if (encoding == 'B') {
      pending.writeBytes(base64(text));
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < text.length() && hex(text, i + 1) >= 0) {
        pending.write(hex(text, i + 1));
        i += 2;
      } else {
        pending.write(c == '_' ? ' ' : c);
      }
    }
  }

  static int hex(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Without what is not base64; a last incomplete group is dropped. */
  static byte[] base64(String text) {
    var digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
        digits.append(c);
      }
    }
    if (digits.length() % 4 == 1) {
      digits.setLength(digits.length() - 1);
    }
    return Base64.getDecoder().decode(digits.toString());
  }

  private void flush() {
    if (pending.size() > 0) {
      out.append(Charsets.decode(pending.toByteArray(), pendingCharset).text());
      pending.reset();
    }
  }
}
