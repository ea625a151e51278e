/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.text.Normalizer;

/** Makes equal what looks equal in user names and passwords (RFC 4013), as far as it matters: spaces, invisible characters, compositions. */
final class SaslPrep {
  private SaslPrep() {}

  /** What may not be in such a text at all is left as it is: the server decides. */
  static String prepared(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return text;
    }
    var mapped = new StringBuilder();
    text.codePoints().filter(c -> !isNothing(c)).map(c -> isSpace(c) ? ' ' : c).forEach(mapped::appendCodePoint);
    return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
  }

  /** RFC 3454 table C.1.2. */
  private static boolean isSpace(int c) {
    return c != ' ' && (Character.getType(c) == Character.SPACE_SEPARATOR || c == 0x200b);
  }

  /** RFC 3454 table B.1; U+200B is in both tables, and a space by RFC 4013 section 2.1. */
  private static boolean isNothing(int c) {
    return c == 0xad || c == 0x34f || c == 0x1806 || c >= 0x180b && c <= 0x180d || c == 0x200c || c == 0x200d || c == 0x2060
        || c >= 0xfe00 && c <= 0xfe0f || c == 0xfeff;
  }
}
