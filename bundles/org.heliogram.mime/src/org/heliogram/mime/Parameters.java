/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A structured field with parameters, such as Content-Type (RFC 2045 section 5.1), with RFC 2231 continuations and charsets, encoded words
 * where they do not belong, and missing quotes.
 *
 * @param value  before the first semicolon, lower case
 * @param values of the parameters, decoded, by lower-case name
 * @param raw    of those that are in one piece, each byte one character
 */
record Parameters(String value, Map<String, String> values, Map<String, String> raw) {
  static final Parameters NONE = new Parameters("", Map.of(), Map.of()); //$NON-NLS-1$

  String get(String name) {
    return values.getOrDefault(name, ""); //$NON-NLS-1$
  }

  static Parameters parse(String field) {
    int end = valueEnd(field);
    String value = field.substring(0, end).strip().toLowerCase(Locale.ROOT);
    int comment = value.indexOf('(');
    value = comment < 0 ? value : value.substring(0, comment).strip();
    if (end == field.length()) {
      return new Parameters(value, Map.of(), Map.of());
    }
    var reader = new Reader(field, end + 1);
    return new Parameters(value, reader.read(), reader.plain);
  }

  /** At the semicolon, or at the space that stands for one some sender forgot: "multipart/mixed boundary=x". */
  private static int valueEnd(String field) {
    int semicolon = field.indexOf(';');
    int end = semicolon < 0 ? field.length() : semicolon;
    int equals = field.indexOf('=');
    for (int i = 1; equals >= 0 && i < Math.min(end, equals); i++) {
      if ((field.charAt(i) == ' ' || field.charAt(i) == '\t') && field.charAt(i - 1) > ' ' && field.indexOf('/') < i) {
        return i;
      }
    }
    return end;
  }

  /** Takes the parameters apart. */
  private static final class Reader {
    private final String in;
    private int at;
    private final Map<String, String> plain = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Piece>> pieces = new LinkedHashMap<>();
    private int count;

    private record Piece(String text, boolean encoded) {}

    Reader(String in, int at) {
      this.in = in;
      this.at = at;
    }

    Map<String, String> read() {
      while (at < in.length() && count++ < Limits.PARAMETERS) {
        one();
      }
      var all = new LinkedHashMap<String, String>();
      plain.forEach((name, text) -> all.put(name, Words.decode(text)));
      pieces.forEach((name, list) -> all.put(name, joined(list)));
      return all;
    }

    private void one() {
      int equals = in.indexOf('=', at);
      int semicolon = in.indexOf(';', at);
      if (equals < 0 || semicolon >= 0 && semicolon < equals) {
        at = semicolon < 0 ? in.length() : semicolon + 1;
        return;
      }
      String name = in.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      at = equals + 1;
      put(name, text());
    }

    private String text() {
      while (at < in.length() && (in.charAt(at) == ' ' || in.charAt(at) == '\t')) {
        at++;
      }
      if (at < in.length() && in.charAt(at) == '"') {
        return quoted();
      }
      int semicolon = in.indexOf(';', at);
      int end = semicolon < 0 ? in.length() : semicolon;
      String text = in.substring(at, end).strip();
      at = Math.min(in.length(), end + 1);
      return text;
    }

    private String quoted() {
      var text = new StringBuilder();
      at++;
      while (at < in.length()) {
        char c = in.charAt(at++);
        if (c == '"') {
          break;
        }
        // a backslash before anything but a quote or itself is a path some sender forgot to escape
        if (c == '\\' && at < in.length() && (in.charAt(at) == '"' || in.charAt(at) == '\\')) {
          c = in.charAt(at++);
        }
        text.append(c);
      }
      int semicolon = in.indexOf(';', at);
      at = semicolon < 0 ? in.length() : semicolon + 1;
      return text.toString();
    }

    private void put(String name, String text) {
      int star = name.indexOf('*');
      if (star < 0) {
        plain.putIfAbsent(name, text);
        return;
      }
      boolean encoded = name.endsWith("*"); //$NON-NLS-1$
      String number = name.substring(star + 1, encoded && name.length() > star + 1 ? name.length() - 1 : name.length());
      int index = number.isEmpty() ? 0 : number(number);
      if (index >= 0) {
        pieces.computeIfAbsent(name.substring(0, star), key -> new TreeMap<>()).putIfAbsent(index, new Piece(text, encoded));
      }
    }

    private static int number(String digits) {
      return digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : -1;
    }

    private static String joined(TreeMap<Integer, Piece> list) {
      var bytes = new ByteArrayOutputStream();
      String charset = ""; //$NON-NLS-1$
      boolean first = true;
      for (Piece piece : list.values()) {
        String text = piece.text();
        if (first && piece.encoded()) {
          String[] parts = text.split("'", 3); //$NON-NLS-1$
          charset = parts.length == 3 ? parts[0] : ""; //$NON-NLS-1$
          text = parts.length == 3 ? parts[2] : text;
        }
        first = false;
        bytes.writeBytes(piece.encoded() ? percent(text) : text.getBytes(StandardCharsets.ISO_8859_1));
      }
      return Characters.clean(Charsets.decode(bytes.toByteArray(), charset).text());
    }

    private static byte[] percent(String text) {
      var bytes = new ByteArrayOutputStream();
      for (int i = 0; i < text.length(); i++) {
        int value = text.charAt(i) == '%' ? Words.hex(text, i + 1) : -1;
        if (value >= 0) {
          bytes.write(value);
          i += 2;
        } else {
          bytes.write(text.charAt(i));
        }
      }
      return bytes.toByteArray();
    }
  }
}
