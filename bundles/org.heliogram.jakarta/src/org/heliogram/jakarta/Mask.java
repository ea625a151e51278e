/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes words unreadable and leaves their shape: letters become x, digits 9. Of IMAP's notation what the protocol itself says stays; of the
 * words servers say to people only what may be somebody's name or secret goes.
 */
final class Mask {
  static final String HIDDEN = "***"; //$NON-NLS-1$
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\""); //$NON-NLS-1$
  private static final Pattern PRIVATE = Pattern.compile("[^\\s<>\"]*@[^\\s<>\"]*|[A-Za-z0-9+/]{16,}={0,2}"); //$NON-NLS-1$
  private final List<Pattern> concealed = new ArrayList<>(); // guarded by the recording that owns this

  /** Which words outside of strings may be somebody's. */
  enum Words {
    /** None. */
    NONE,
    /** All but those in capitals and system flags. */
    MIXED,
    /** Besides, those outside of parentheses: a mailbox's name or a user's. */
    NAMES
  }

  /** From now on this is hidden in what servers say to people. */
  void conceal(String secret) {
    if (!secret.isEmpty()) {
      String coded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
      for (String form : List.of(secret, coded)) {
        concealed.add(Pattern.compile("(?<![\\p{L}\\p{Nd}])" + Pattern.quote(form) + "(?![\\p{L}\\p{Nd}])", //$NON-NLS-1$ //$NON-NLS-2$
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
      }
    }
  }

  /** Words for people, on their way from a server. */
  String text(String said) {
    return QUOTED.matcher(names(said)).replaceAll(found -> shape(found.group()));
  }

  /** Masks only what names the user, or may be a secret. */
  String names(String said) {
    String text = said;
    for (Pattern each : concealed) {
      text = each.matcher(text).replaceAll(HIDDEN);
    }
    return PRIVATE.matcher(text).replaceAll(found -> shape(found.group()));
  }

  private static String shape(String word) {
    byte[] octets = word.getBytes(StandardCharsets.UTF_8);
    shape(octets, 0, octets.length);
    return new String(octets, StandardCharsets.US_ASCII);
  }

  private static void shape(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      int octet = octets[i];
      if (octet < 0 || octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z') {
        octets[i] = 'x';
      } else if (octet >= '0' && octet <= '9') {
        octets[i] = '9';
      }
    }
  }

  /** Atoms, strings and lists of IMAP (RFC 3501 section 4), masked in place. */
  static void values(byte[] line, int from, int to, Words words) {
    int depth = 0;
    for (int at = from; at < to;) {
      switch (line[at]) {
        case '(' -> {
          depth++;
          at++;
        }
        case ')' -> {
          depth--;
          at++;
        }
        case ' ' -> at++;
        case '"' -> at = quoted(line, at, to);
        case '{' -> at = after(line, at, to, '}');
        default -> {
          int end = atomEnd(line, at, to);
          if (words != Words.NONE && isPrivate(line, at, end) || words == Words.NAMES && depth <= 0 && !isPublicName(line, at, end)) {
            shape(line, at, end);
          }
          at = end;
        }
      }
    }
  }

  private static int after(byte[] line, int from, int to, char what) {
    int at = from;
    while (at < to && line[at] != what) {
      at++;
    }
    return Math.min(to, at + 1);
  }

  private static int quoted(byte[] line, int from, int to) {
    int at = from + 1;
    while (at < to && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    int end = Math.min(at, to);
    if (!isPublicName(line, from + 1, end)) {
      shape(line, from + 1, end);
    }
    return Math.min(to, end + 1);
  }

  /** With all that is in brackets: BODY[HEADER.FIELDS (DATE)] is one. */
  private static int atomEnd(byte[] line, int from, int to) {
    int brackets = 0;
    int at = from;
    for (; at < to; at++) {
      int octet = line[at];
      if (brackets <= 0 && (octet == ' ' || octet == '(' || octet == ')') || octet == '"') {
        break;
      }
      brackets += octet == '[' ? 1 : octet == ']' ? -1 : 0;
    }
    return Math.max(at, from + 1);
  }

  private static boolean isPrivate(byte[] line, int from, int to) {
    if (line[from] == '\\' || line[from] == '$') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (line[i] < 0 || line[i] == '@' || line[i] >= 'a' && line[i] <= 'z') {
        return true;
      }
    }
    return false;
  }

  private static boolean isPublicName(byte[] line, int from, int to) {
    return is(line, from, to, "NIL") || is(line, from, to, "INBOX"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  static boolean is(byte[] line, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((line[from + i] & 0xdf) != (word.charAt(i) & 0xdf)) {
        return false;
      }
    }
    return true;
  }
}
