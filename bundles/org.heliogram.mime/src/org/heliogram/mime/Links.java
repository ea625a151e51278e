/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Optional;
import java.util.function.Function;

/** Finds web and mail addresses in plain text. One pass; every step is bounded, whatever the text. */
final class Links {
  private static final int URL = 2_000;
  private static final int LOCAL = 64;
  private static final int DOMAIN = 255;

  /** @param start of the link in the text; @param end behind it; @param target where it leads */
  record Link(int start, int end, String target) {}

  private Links() {}

  /** The first link at or after {@code from}, not reaching beyond {@code to}. */
  static Optional<Link> find(CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c == 'h' || c == 'H' || c == 'w' || c == 'W') && (i == from || !isWord(text.charAt(i - 1)))) {
        Optional<Link> web = web(text, i, to);
        if (web.isPresent()) {
          return web;
        }
      } else if (c == '@') {
        Optional<Link> mail = mail(text, from, i, to);
        if (mail.isPresent()) {
          return mail;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Link> web(CharSequence text, int start, int to) {
    boolean www = starts(text, start, to, "www."); //$NON-NLS-1$
    if (!www && !starts(text, start, to, "https://") && !starts(text, start, to, "http://")) { //$NON-NLS-1$ //$NON-NLS-2$
      return Optional.empty();
    }
    int end = start;
    while (end < to && end - start < URL && isUrl(text.charAt(end))) {
      end++;
    }
    end = withoutPunctuation(text, start, end);
    String shown = text.subSequence(start, end).toString();
    boolean complete = shown.length() > (www ? 6 : shown.indexOf("//") + 3); //$NON-NLS-1$
    return complete ? Sanitiser.link(www ? "http://" + shown : shown).map(withEnd(start, end)) : Optional.empty(); //$NON-NLS-1$
  }

  private static Function<String, Link> withEnd(int start, int end) {
    return target -> new Link(start, end, target);
  }

  /** What ends a sentence or closes a bracket opened before the link is not part of it. */
  private static int withoutPunctuation(CharSequence text, int start, int end) {
    boolean round = holds(text, start, end, '(');
    boolean square = holds(text, start, end, '[');
    int last = end;
    while (last > start) {
      char c = text.charAt(last - 1);
      if (".,;:!?'\"*_".indexOf(c) >= 0 || c == ')' && !round || c == ']' && !square) { //$NON-NLS-1$
        last--;
      } else {
        break;
      }
    }
    return last;
  }

  private static boolean holds(CharSequence text, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Link> mail(CharSequence text, int from, int at, int to) {
    int start = at;
    while (start > from && at - start < LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && text.charAt(start) == '.') {
      start++;
    }
    int end = at + 1;
    while (end < to && end - at < DOMAIN && (isWord(text.charAt(end)) || text.charAt(end) == '-' || text.charAt(end) == '.')) {
      end++;
    }
    while (end > at + 1 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--;
    }
    boolean complete = start < at && isDomain(text, at + 1, end);
    return complete ? Sanitiser.link("mailto:" + text.subSequence(start, end)).map(withEnd(start, end)) : Optional.empty(); //$NON-NLS-1$
  }

  /** Two labels at least, the last one of two characters or more. */
  private static boolean isDomain(CharSequence text, int start, int end) {
    int dot = end - 1;
    while (dot > start && text.charAt(dot) != '.') {
      dot--;
    }
    return dot > start && end - dot > 2 && text.charAt(start) != '.';
  }

  private static boolean starts(CharSequence text, int at, int to, String prefix) {
    if (at + prefix.length() > to) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (Character.toLowerCase(text.charAt(at + i)) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUrl(char c) {
    return c > ' ' && c != '<' && c != '>' && c != '"' && c != '`' && c != '\\' && c != '{' && c != '}' && c != '|' && c != '^' && c != 0x7F
        && !Character.isWhitespace(c) && !Characters.isDisguise(c);
  }

  private static boolean isLocal(char c) {
    return isWord(c) || ".-+%=!#$&'*/?~".indexOf(c) >= 0; //$NON-NLS-1$
  }

  private static boolean isWord(char c) {
    return c == '_' || c < 0x80 && Character.isLetterOrDigit(c);
  }
}
