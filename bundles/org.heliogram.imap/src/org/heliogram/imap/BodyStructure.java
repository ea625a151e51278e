/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a message as a server describes them (RFC 3501 section 7.4.2, BODYSTRUCTURE). Servers get this wrong in many ways: what
 * cannot be understood, or is nested deeper than {@value #DEPTH_LIMIT}, has no structure, and nothing else follows from that.
 */
final class BodyStructure {
  private static final int DEPTH_LIMIT = 100;
  private static final int NODE_LIMIT = 200_000;
  private static final Set<String> CONTROL =
      Set.of("pgp-signature", "pgp-encrypted", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys", "ms-tnef"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$

  /** A part. */
  sealed interface Part {
    /** @param boundary empty if the server did not tell */
    record Multi(String subtype, String boundary, List<Part> children) implements Part {}

    /** @param type as in "text/plain", lower case; @param attached whether it is to be saved rather than shown; @param octets as transferred */
    record Leaf(String type, boolean attached, boolean inline, boolean named, long octets) implements Part {
      boolean isText() {
        return type.startsWith("text/") && !attached; //$NON-NLS-1$
      }
    }
  }

  private final byte[] value;
  private int at;

  private BodyStructure(byte[] value) {
    this.value = value;
  }

  /** @param value as {@link ResponseReader#value} gives it */
  static Optional<Part> parse(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    List<Object> tree = new BodyStructure(value).tree();
    return tree == null ? Optional.empty() : Optional.ofNullable(part(tree, 0));
  }

  /** Whether there is something to save. */
  static boolean hasAttachments(Part part) {
    return switch (part) {
      case Part.Multi multi -> multi.children.stream().anyMatch(child -> isAttachment(multi, child));
      case Part.Leaf leaf -> leaf.attached || !leaf.type.startsWith("text/") && !leaf.type.startsWith("message/") && !leaf.inline; //$NON-NLS-1$ //$NON-NLS-2$
    };
  }

  private static boolean isAttachment(Part.Multi parent, Part child) {
    return switch (child) {
      case Part.Multi multi -> hasAttachments(multi);
      case Part.Leaf leaf -> {
        boolean control = CONTROL.contains(leaf.type.substring(leaf.type.indexOf('/') + 1));
        boolean embedded = parent.subtype.equals("related") || leaf.inline; //$NON-NLS-1$
        boolean body = leaf.type.startsWith("text/") || parent.subtype.equals("report"); //$NON-NLS-1$ //$NON-NLS-2$
        yield !control && (leaf.attached || !embedded && !body || leaf.named && !leaf.inline && !embedded);
      }
    };
  }

  /** The value as lists, strings and nulls; null if it is none. */
  private List<Object> tree() {
    Deque<List<Object>> open = new ArrayDeque<>();
    for (int nodes = 0; at < value.length && nodes < NODE_LIMIT; nodes++) {
      switch (value[at]) {
        case '(' -> {
          at++;
          List<Object> list = new ArrayList<>();
          if (!open.isEmpty()) {
            open.peek().add(list);
          }
          open.push(list);
        }
        case ')' -> {
          at++;
          if (open.isEmpty()) {
            return null;
          }
          List<Object> closed = open.pop();
          if (open.isEmpty()) {
            return closed;
          }
        }
        case ' ' -> at++;
        default -> {
          if (open.isEmpty()) {
            return null;
          }
          open.peek().add(word());
        }
      }
    }
    return null;
  }

  private String word() {
    if (value[at] == '"') {
      return quoted();
    }
    if (value[at] == '{') {
      return literal();
    }
    int from = at;
    while (at < value.length && value[at] != ' ' && value[at] != '(' && value[at] != ')') {
      at++;
    }
    String atom = new String(value, from, at - from, StandardCharsets.ISO_8859_1);
    return atom.equalsIgnoreCase("NIL") ? null : atom; //$NON-NLS-1$
  }

  private String quoted() {
    var text = new StringBuilder();
    for (at++; at < value.length && value[at] != '"'; at++) {
      if (value[at] == '\\' && at + 1 < value.length) {
        at++;
      }
      text.append((char) (value[at] & 0xff));
    }
    at++;
    return text.toString();
  }

  private String literal() {
    int size = 0;
    for (at++; at < value.length && value[at] >= '0' && value[at] <= '9'; at++) {
      size = Math.min(value.length, size * 10 + value[at] - '0');
    }
    int from = Math.min(at + 1, value.length);
    at = Math.min(value.length, from + size);
    return new String(value, from, at - from, StandardCharsets.ISO_8859_1);
  }

  private static Part part(List<Object> list, int depth) {
    if (depth > DEPTH_LIMIT || list.isEmpty()) {
      return null;
    }
    return list.get(0) instanceof List ? multi(list, depth) : leaf(list);
  }

  private static Part multi(List<Object> list, int depth) {
    var children = new ArrayList<Part>();
    int i = 0;
    for (; i < list.size() && list.get(i) instanceof List<?> child; i++) {
      Part part = part(objects(child), depth + 1);
      if (part == null) {
        return null;
      }
      children.add(part);
    }
    return new Part.Multi(lower(text(list, i)), parameter(sub(list, i + 1), "boundary"), children); //$NON-NLS-1$
  }

  private static Part leaf(List<Object> list) {
    String type = lower(text(list, 0)) + '/' + lower(text(list, 1));
    int next = type.equals("message/rfc822") || type.equals("message/global") ? 10 : type.startsWith("text/") ? 8 : 7; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    List<Object> disposition = sub(list, next + 1);
    String how = lower(text(disposition, 0));
    boolean named = !parameter(sub(list, 2), "name").isEmpty() || !parameter(sub(disposition, 1), "filename").isEmpty(); //$NON-NLS-1$ //$NON-NLS-2$
    boolean inline = how.equals("inline") || how.isEmpty() && !text(list, 3).isEmpty(); //$NON-NLS-1$
    return new Part.Leaf(type, how.equals("attachment"), inline, named, octets(text(list, 6))); //$NON-NLS-1$
  }

  private static long octets(String digits) {
    return !digits.isEmpty() && digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : 0;
  }

  /** The value of a parameter, plain or in the notation of RFC 2231; empty if it is not there. */
  private static String parameter(List<Object> parameters, String name) {
    for (int i = 0; i + 1 < parameters.size(); i += 2) {
      String key = lower(text(parameters, i));
      if (key.equals(name) || key.startsWith(name + '*')) {
        return text(parameters, i + 1);
      }
    }
    return ""; //$NON-NLS-1$
  }

  private static String text(List<Object> list, int index) {
    return index < list.size() && list.get(index) instanceof String text ? text : ""; //$NON-NLS-1$
  }

  private static List<Object> sub(List<Object> list, int index) {
    return index < list.size() && list.get(index) instanceof List<?> sub ? objects(sub) : List.of();
  }

  private static List<Object> objects(List<?> list) {
    return Collections.unmodifiableList(list);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
