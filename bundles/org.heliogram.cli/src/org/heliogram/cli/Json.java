/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Writes JSON (RFC 8259), each value on one line. */
final class Json {
  private Json() {}

  /** @param value a map with text keys, a collection, an optional, a text, a number, a truth value, or null */
  static String write(Object value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case null -> out.append("null"); //$NON-NLS-1$
      case Optional<?> optional -> append(out, optional.orElse(null));
      case Map<?, ?> map -> object(out, map);
      case Collection<?> list -> array(out, list);
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> text(out, value.toString());
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    out.append('{');
    String separator = ""; //$NON-NLS-1$
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      text(out, entry.getKey().toString());
      out.append(':');
      append(out, entry.getValue());
      separator = ","; //$NON-NLS-1$
    }
    out.append('}');
  }

  private static void array(StringBuilder out, Collection<?> list) {
    out.append('[');
    for (Iterator<?> values = list.iterator(); values.hasNext();) {
      append(out, values.next());
      out.append(values.hasNext() ? "," : ""); //$NON-NLS-1$ //$NON-NLS-2$
    }
    out.append(']');
  }

  /** Escapes what must be, and what could hurt a terminal or break a line; lone surrogates too, which no encoding can write. */
  private static void text(StringBuilder out, String text) {
    out.append('"');
    text.codePoints().forEach(c -> {
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c == '\n') {
        out.append("\\n"); //$NON-NLS-1$
      } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.FORMAT && c < 0x10000
          || Character.getType(c) == Character.SURROGATE) {
        out.append(String.format("\\u%04x", c)); //$NON-NLS-1$
      } else {
        out.appendCodePoint(c);
      }
    });
    out.append('"');
  }
}
