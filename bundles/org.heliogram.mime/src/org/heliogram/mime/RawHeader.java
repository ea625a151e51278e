/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A header split into its fields, not decoded (RFC 5322 section 2.2). Lenient: LF and CRLF end lines, spaces before the colon are
 * allowed, lines that are no field and continue none are left out.
 */
final class RawHeader {
  private static final int NAME_LENGTH = 200;
  private final byte[] bytes;
  private final List<Field> fields = new ArrayList<>();
  private boolean cut;

  /** A field's place in the bytes; the value begins behind the colon and includes its folds, without the last line end. */
  record Field(String name, int start, int value, int end) {}

  private RawHeader(byte[] bytes) {
    this.bytes = bytes;
  }

  static RawHeader parse(byte[] bytes) {
    var header = new RawHeader(bytes);
    header.split();
    return header;
  }

  List<Field> fields() {
    return fields;
  }

  /** Whether there was more than the limits allow. */
  boolean cut() {
    return cut;
  }

  private void split() {
    int line = 0;
    while (line < bytes.length) {
      int next = lineEnd(line);
      int end = contentEnd(line, next);
      if (end == line) {
        break;
      }
      while (next < bytes.length && isFold(bytes[next])) {
        int after = lineEnd(next);
        end = Math.max(end, contentEnd(next, after));
        next = after;
      }
      add(line, end);
      line = next;
    }
  }

  private void add(int start, int end) {
    int colon = colon(start, end);
    if (colon < 0) {
      return;
    }
    if (fields.size() >= Limits.FIELDS) {
      cut = true;
      return;
    }
    int limited = Math.min(end, start + Limits.FIELD_BYTES);
    cut |= limited < end;
    int nameEnd = colon;
    while (nameEnd > start && isFold(bytes[nameEnd - 1])) {
      nameEnd--;
    }
    fields.add(new Field(new String(bytes, start, nameEnd - start, StandardCharsets.ISO_8859_1), start, colon + 1, limited));
  }

  /** The colon behind a field name, or -1 where the line does not begin with one. */
  private int colon(int start, int end) {
    boolean space = false;
    for (int i = start; i < end && i - start <= NAME_LENGTH; i++) {
      byte b = bytes[i];
      if (b == ':') {
        return i == start ? -1 : i;
      }
      if (isFold(b)) {
        space = true;
      } else if (b < '!' || b > '~' || space) {
        return -1;
      }
    }
    return -1;
  }

  private int lineEnd(int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, bytes.length);
  }

  private int contentEnd(int from, int next) {
    int end = next;
    if (end > from && bytes[end - 1] == '\n') {
      end--;
    }
    while (end > from && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  private static boolean isFold(byte b) {
    return b == ' ' || b == '\t';
  }

  Optional<Field> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The first field's value, unfolded, each byte one character; empty where there is none. */
  String value(String name) {
    return first(name).map(this::value).orElse(""); //$NON-NLS-1$
  }

  /** Unfolded and stripped, each byte one character. */
  String value(Field field) {
    var text = new StringBuilder(field.end() - field.value());
    for (int i = field.value(); i < field.end(); i++) {
      byte b = bytes[i];
      if (b != '\r' && b != '\n') {
        text.append((char) (b & 0xFF));
      } else if (b == '\r' && (i + 1 == field.end() || bytes[i + 1] != '\n')) {
        text.append(' ');
      }
    }
    return text.toString().strip();
  }

  /** The whole field with its folds, each byte one character. */
  String raw(Field field) {
    return new String(bytes, field.start(), field.end() - field.start(), StandardCharsets.ISO_8859_1);
  }
}
