/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.model.Address;

/**
 * Reads address lists (RFC 5322 section 3.4) of any quality: groups, comments, old routes, missing quotes and brackets. Whatever does not
 * look like an address is kept as a name, so that nothing a sender wrote disappears. One pass, no backtracking.
 */
final class Addresses {
  /** Characters between angle brackets. */
  private static final int LONGEST = 2_000;
  private final String in;
  private final List<Address> found = new ArrayList<>();
  /** What was read of the present mailbox. */
  private final StringBuilder phrase = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private String angle;
  private boolean quoted;
  private int at;

  private Addresses(String in) {
    this.in = in;
  }

  /** @param raw a field's value, unfolded, each byte one character */
  static List<Address> parse(String raw) {
    var addresses = new Addresses(raw);
    addresses.run();
    return addresses.found;
  }

  private void run() {
    while (at < in.length() && found.size() < Limits.ADDRESSES) {
      char c = in.charAt(at++);
      switch (c) {
        case '"' -> quotedString();
        case '(' -> comment();
        case '<' -> angle();
        case ',', ';' -> end();
        case ':' -> colon();
        case '=' -> encodedWord();
        default -> phrase.append(c);
      }
    }
    end();
  }

  /** A group's name ends here ("Team: a@b, c@d;"), unless the colon belongs to something like "mailto:a@b". */
  private void colon() {
    String text = phrase.toString().strip();
    if (angle == null && !text.contains("@") && !text.equalsIgnoreCase("mailto")) { //$NON-NLS-1$ //$NON-NLS-2$
      reset();
    } else if (text.equalsIgnoreCase("mailto")) { //$NON-NLS-1$
      phrase.setLength(0);
    } else {
      phrase.append(':');
    }
  }

  /** What is encoded belongs together, also where a sender forgot to encode its commas and brackets. */
  private void encodedWord() {
    int end = at < in.length() && in.charAt(at) == '?' ? Words.end(in, at - 1) : -1;
    int from = at - 1;
    at = end < 0 || in.substring(from, end).indexOf(' ') >= 0 ? at : end + 2;
    phrase.append(in, from, at);
  }

  private void quotedString() {
    quoted = true;
    phrase.append('\u0001');
    while (at < in.length()) {
      char c = in.charAt(at++);
      if (c == '"') {
        break;
      }
      if (c == '\\' && at < in.length()) {
        c = in.charAt(at++);
      }
      phrase.append(c == '\u0001' ? ' ' : c);
    }
    phrase.append('\u0001');
  }

  private void comment() {
    int depth = 1;
    if (!comment.isEmpty()) {
      comment.append(' ');
    }
    while (at < in.length()) {
      char c = in.charAt(at++);
      if (c == '\\' && at < in.length()) {
        c = in.charAt(at++);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return;
      }
      comment.append(c);
    }
  }

  private void angle() {
    int reach = Math.min(in.length(), at + LONGEST);
    int end = in.indexOf('>', at, reach);
    int comma = in.indexOf(',', at, reach);
    int other = in.indexOf('<', at, reach);
    if (end < 0 || other >= 0 && other < end && comma >= 0 && comma < other) {
      end = comma < 0 ? reach : comma;
    }
    String inner = in.substring(at, end);
    at = Math.min(in.length(), end < in.length() && in.charAt(end) == '>' ? end + 1 : end);
    int route = inner.startsWith("@") ? inner.lastIndexOf(':') : -1; //$NON-NLS-1$
    if (angle == null || angle.isEmpty()) {
      angle = inner.substring(route + 1);
    }
  }

  private void end() {
    String text = phrase.toString();
    String bare = text.replace("\u0001", "").strip(); //$NON-NLS-1$ //$NON-NLS-2$
    if (angle != null) {
      add(bare.isEmpty() ? comment.toString() : bare, angle);
    } else if (quoted && text.strip().startsWith("\u0001") && text.contains("\u0001@")) { //$NON-NLS-1$ //$NON-NLS-2$
      String quotedLocal = text.strip().replace('\u0001', '"');
      found.add(new Address(Words.decode(comment.toString()), Words.decode(quotedLocal)));
    } else if (!quoted && bare.indexOf('@') > 0 && bare.indexOf(' ') < 0) {
      add(comment.toString(), bare);
    } else if (!bare.isEmpty()) {
      spread(bare);
    }
    reset();
  }

  /** Words without brackets: "Jo Doe jo@example.org" or only a name. */
  private void spread(String text) {
    int space = text.lastIndexOf(' ');
    String last = text.substring(space + 1);
    if (space > 0 && last.indexOf('@') > 0 && !quoted) {
      add(text.substring(0, space), last);
    } else {
      add(text, ""); //$NON-NLS-1$
    }
  }

  private void add(String name, String mailbox) {
    String address = Words.decode(mailbox).replace(" ", ""); //$NON-NLS-1$ //$NON-NLS-2$
    if (address.length() > Limits.ID_CHARACTERS) {
      address = address.substring(0, Limits.ID_CHARACTERS);
    }
    String shown = Words.decode(name);
    if (shown.length() > Limits.ID_CHARACTERS) {
      shown = shown.substring(0, Limits.ID_CHARACTERS);
    }
    if (!shown.isEmpty() || !address.isEmpty()) {
      found.add(new Address(unquoted(shown), address));
    }
  }

  /** An encoded name often holds its quotes. */
  private static String unquoted(String name) {
    boolean pair = name.length() > 1 && (name.startsWith("\"") && name.endsWith("\"") || name.startsWith("'") && name.endsWith("'")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    return pair ? name.substring(1, name.length() - 1).strip() : name;
  }

  private void reset() {
    phrase.setLength(0);
    comment.setLength(0);
    angle = null;
    quoted = false;
  }
}
