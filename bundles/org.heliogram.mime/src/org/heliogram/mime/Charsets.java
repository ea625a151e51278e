/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns bytes of strangers into text: by the charset they name where that is possible, else by a guess. Always answers. */
final class Charsets {
  private static final Charset WESTERN = Charset.forName("windows-1252"); //$NON-NLS-1$
  /** Charsets that are never believed: their text depends on a state that can hide something, or detects for itself. */
  private static final Set<String> REFUSED = Set.of("utf-7", "x-jisautodetect", "x-compound_text", "cesu-8", "x-utf-16le-bom"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  /** What senders write, and what they mean; a superset where programs are known to send its characters under the smaller name. */
  private static final Map<String, String> MEANT = Map.ofEntries(Map.entry("iso-8859-1", "windows-1252"), //$NON-NLS-1$ //$NON-NLS-2$
      Map.entry("latin1", "windows-1252"), Map.entry("us-ascii", ""), Map.entry("ascii", ""), Map.entry("ansi_x3.4-1968", ""), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("unknown-8bit", ""), Map.entry("x-unknown", ""), Map.entry("unknown", ""), Map.entry("8bit", ""), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("gb2312", "gb18030"), Map.entry("gb2313", "gb18030"), Map.entry("gbk", "gb18030"), Map.entry("x-gbk", "gb18030"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("cp936", "gb18030"), Map.entry("hz-gb-2312", ""), Map.entry("iso-8859-9", "windows-1254"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("ks_c_5601-1987", "x-windows-949"), Map.entry("ks_c_5601", "x-windows-949"), Map.entry("euc-kr", "x-windows-949"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("shift_jis", "windows-31j"), Map.entry("shift-jis", "windows-31j"), Map.entry("x-sjis", "windows-31j"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("cp932", "windows-31j"), Map.entry("iso-2022-jp", "x-windows-iso2022jp"), Map.entry("big5", "x-windows-950"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("utf8", "UTF-8"), Map.entry("unicode-1-1-utf-8", "UTF-8"), Map.entry("cp-850", "IBM850"), Map.entry("tis-620", "x-windows-874"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("x-mac-roman", "x-MacRoman"), Map.entry("macintosh", "x-MacRoman")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private static final int DETECTED_BYTES = 16_384;
  private static final int KNOWN_NAMES = 500;
  private static final Map<String, Optional<Charset>> FOUND = new ConcurrentHashMap<>();

  /** Text, and whether its charset had to be guessed. */
  record Decoded(String text, boolean guessed) {}

  private Charsets() {}

  /** @param name of a charset as in a mail; empty where none is named */
  static Decoded decode(byte[] bytes, String name) {
    if (isAscii(bytes)) {
      boolean wide = name.regionMatches(true, 0, "utf-16", 0, 6) || name.regionMatches(true, 0, "utf-32", 0, 6); //$NON-NLS-1$ //$NON-NLS-2$
      if (!wide) {
        return new Decoded(new String(bytes, StandardCharsets.ISO_8859_1), false);
      }
    }
    Optional<Charset> charset = find(name);
    if (charset.isEmpty()) {
      return new Decoded(guess(bytes), true);
    }
    Optional<String> exact = strict(bytes, charset.get());
    if (exact.isPresent()) {
      return new Decoded(exact.get(), false);
    }
    // a few damaged characters are better than another alphabet, but text in UTF-8 that says otherwise is common
    Optional<String> utf8 = strict(bytes, StandardCharsets.UTF_8);
    return new Decoded(utf8.orElseGet(() -> lenient(bytes, charset.get())), true);
  }

  /** Text without a charset: UTF-8 if it is that, else what its bytes look like, else windows-1252. */
  static String guess(byte[] bytes) {
    return strict(bytes, StandardCharsets.UTF_8).orElseGet(() -> lenient(bytes, looksLike(bytes)));
  }

  /** Empty for what is unknown, refused or means nothing. */
  static Optional<Charset> find(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    Optional<Charset> known = FOUND.get(key);
    if (known == null) {
      known = lookUp(key);
      if (FOUND.size() < KNOWN_NAMES) {
        FOUND.put(key, known);
      }
    }
    return known;
  }

  private static Optional<Charset> lookUp(String key) {
    String meant = MEANT.getOrDefault(key, key);
    if (meant.isEmpty() || meant.length() > 60 || REFUSED.contains(meant)) {
      return Optional.empty();
    }
    try {
      return Charset.isSupported(meant) ? Optional.of(Charset.forName(meant)) : Optional.empty();
    } catch (IllegalCharsetNameException e) {
      return Optional.empty();
    }
  }

  private static Charset looksLike(byte[] bytes) {
    byte[] sample = bytes.length > DETECTED_BYTES ? Arrays.copyOf(bytes, DETECTED_BYTES) : bytes;
    int high = 0;
    int letters = 0;
    for (byte b : sample) {
      high += b < 0 ? 1 : 0;
      letters += b < 0 || b > ' ' ? 1 : 0;
    }
    // Western text has few letters beyond ASCII; alphabets of their own have little else
    if (high * 10 < letters * 3) {
      return WESTERN;
    }
    CharsetMatch match = new CharsetDetector().setText(sample).detect();
    return match == null || match.getConfidence() < 20 ? WESTERN : find(match.getName()).orElse(WESTERN);
  }

  private static Optional<String> strict(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String lenient(byte[] bytes, Charset charset) {
    return new String(bytes, charset);
  }

  /** Whether every charset but the wide ones reads them alike: no high bits, no escape sequences. */
  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == 0x1B) {
        return false;
      }
    }
    return true;
  }
}
