/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

/** What may be shown of decoded text. */
final class Characters {
  private Characters() {}

  /**
   * For one-line text from strangers (names, subjects): controls and line ends become spaces, bidirectional controls and invisible
   * characters that can disguise text are dropped, lone surrogates are replaced, runs of spaces are joined.
   */
  static String clean(String text) {
    if (isPlain(text)) {
      return text.strip();
    }
    var clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c)) {
        if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
          clean.append(' ');
        }
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        clean.append('\uFFFD');
      } else if (!isDisguise(c)) {
        clean.appendCodePoint(c);
      }
    }
    return clean.toString().strip();
  }

  /** For text of several lines: "\n" line ends, NUL and other controls shown as U+FFFD, tabs and page breaks kept. */
  static String cleanLines(String text) {
    var clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (c >= ' ' && c != 0x7F || c == '\n' || c == '\t' || c == '\f') {
        clean.append(c);
      } else {
        clean.append('\uFFFD');
      }
    }
    return clean.toString();
  }

  /** Characters that turn, hide or glue text without being seen. The joiners of emoji and of Indic scripts are none. */
  static boolean isDisguise(int c) {
    return c == 0xAD || c == 0x61C || c == 0x180E || c == 0x200B || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E
        || c >= 0x2060 && c <= 0x206F || c == 0xFEFF || c >= 0xFFF9 && c <= 0xFFFB;
  }

  private static boolean isSpace(int c) {
    return c <= ' ' || c >= 0x7F && c <= 0x9F || c == 0x2028 || c == 0x2029;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F && c < 0xA1 || c == 0xAD || c >= 0x600 || c == ' ' && i > 0 && text.charAt(i - 1) == ' ') {
        return false;
      }
    }
    return true;
  }
}
