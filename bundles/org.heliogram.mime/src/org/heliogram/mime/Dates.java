/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads dates (RFC 5322 section 3.3, the old forms of section 4.3, ctime, ISO 8601) of any quality. */
final class Dates {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"; //$NON-NLS-1$
  private static final Map<String, Integer> ZONES = Map.ofEntries(Map.entry("gmt", 0), Map.entry("ut", 0), Map.entry("utc", 0), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      Map.entry("z", 0), Map.entry("est", -300), Map.entry("edt", -240), Map.entry("cst", -360), Map.entry("cdt", -300), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      Map.entry("mst", -420), Map.entry("mdt", -360), Map.entry("pst", -480), Map.entry("pdt", -420), Map.entry("cet", 60), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      Map.entry("cest", 120), Map.entry("mez", 60), Map.entry("mesz", 120), Map.entry("bst", 60), Map.entry("jst", 540)); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  private static final int LENGTH = 200;
  private int day = -1;
  private int month = -1;
  private int year = -1;
  private int[] time = {};
  private int zone;
  private boolean zoned;

  private Dates() {}

  /** Empty for what cannot be read, and for years before 1900 or after 9999. */
  static Optional<Instant> parse(String value) {
    String text = value.length() > LENGTH ? value.substring(0, LENGTH) : value;
    try {
      if (text.length() > 18 && text.charAt(4) == '-' && text.indexOf('T') == 10) {
        return Optional.of(Instant.parse(text.indexOf('Z') < 0 && text.indexOf('+') < 0 ? text + 'Z' : text));
      }
      var dates = new Dates();
      for (String token : tokens(text)) {
        dates.take(token);
      }
      return dates.result();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Words, numbers, times and offsets; comments and punctuation are dropped. */
  private static List<String> tokens(String text) {
    var tokens = new ArrayList<String>();
    var token = new StringBuilder();
    int comment = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      comment += c == '(' ? 1 : 0;
      boolean sign = (c == '+' || c == '-') && token.isEmpty();
      if (comment == 0 && c < 0x80 && (Character.isLetterOrDigit(c) || c == ':' || c == '.' && isTime(token) || sign)) {
        token.append(c);
      } else if (!token.isEmpty()) {
        tokens.add(token.toString());
        token.setLength(0);
        if ((c == '+' || c == '-') && comment == 0) {
          token.append(tokens.get(tokens.size() - 1).indexOf(':') > 0 ? String.valueOf(c) : ""); //$NON-NLS-1$
        }
      }
      comment -= c == ')' && comment > 0 ? 1 : 0;
    }
    return tokens;
  }

  private static boolean isTime(StringBuilder token) {
    return token.indexOf(":") > 0; //$NON-NLS-1$
  }

  private void take(String token) {
    char first = token.charAt(0);
    if (token.indexOf(':') > 0) {
      takeTime(token);
    } else if (first == '+' || first == '-') {
      takeOffset(token);
    } else if (Character.isDigit(first)) {
      takeNumber(token);
    } else {
      takeWord(token.toLowerCase(Locale.ROOT));
    }
  }

  private void takeTime(String token) {
    String[] parts = token.split("[:.]"); //$NON-NLS-1$
    if (time.length > 0 || parts.length < 2) {
      return;
    }
    time = new int[3];
    for (int i = 0; i < Math.min(3, parts.length); i++) {
      time[i] = number(parts[i]);
    }
    time[2] = Math.min(time[2], 59);
  }

  private void takeOffset(String token) {
    int value = number(token.substring(1));
    if (token.length() >= 3 && token.length() <= 5 && value >= 0 && !zoned) {
      int minutes = token.length() > 3 ? value / 100 * 60 + value % 100 : value * 60;
      zone = first(token) == '-' ? -minutes : minutes;
      zoned = true;
    }
  }

  private static char first(String token) {
    return token.charAt(0);
  }

  private void takeNumber(String token) {
    int value = number(token);
    if (day < 0 && token.length() <= 2) {
      day = value;
    } else if (year < 0 && token.length() <= 4) {
      year = token.length() > 3 ? value : token.length() == 3 ? 1900 + value : value < 50 ? 2000 + value : 1900 + value;
    }
  }

  private void takeWord(String word) {
    int place = word.length() >= 3 ? MONTHS.indexOf(word.substring(0, 3)) : -1;
    if (month < 0 && place >= 0 && place % 3 == 0) {
      month = place / 3 + 1;
    } else if (!zoned && time.length > 0 && ZONES.containsKey(word)) {
      zone = ZONES.get(word);
      zoned = true;
    }
  }

  private static int number(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 10);
      if (digit < 0 || value > 100_000) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return digits.isEmpty() ? -1 : value;
  }

  private Optional<Instant> result() {
    if (day < 0 || month < 0 || year < 1900) {
      return Optional.empty();
    }
    int[] clock = time.length == 0 ? new int[3] : time;
    var local = LocalDateTime.of(year, month, day, clock[0], clock[1], clock[2]);
    int limited = Math.abs(zone) > 18 * 60 ? 0 : zone;
    return Optional.of(local.toInstant(ZoneOffset.ofTotalSeconds(limited * 60)));
  }
}
