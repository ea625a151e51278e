/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Optional;

/** Writes plain text as HTML: quotes by depth, links, signatures dimmed, diffs coloured, code in its columns. */
final class TextPage {
  private static final int DEEPEST = 6;
  /** Lines that get markup of their own; a longer text goes on without. */
  private static final int LINES = 20_000;
  /** Lines of a stack trace that make a text code. */
  private static final int TRACE = 3;
  private final StringBuilder out = new StringBuilder();
  private int depth;
  private boolean open;

  private TextPage() {}

  /** Markup for a div. @param code whether it is known to be code */
  static String of(String text, boolean code) {
    var page = new TextPage();
    int diff = diffStart(text);
    boolean columns = code || diff >= 0 || isTrace(text);
    page.out.append(columns ? "<div class=\"hg-text hg-code\">" : "<div class=\"hg-text\">"); //$NON-NLS-1$ //$NON-NLS-2$
    page.lines(text, diff < 0 ? text.length() : diff);
    page.nest(0);
    if (diff >= 0) {
      page.diff(text, diff);
    }
    return page.out.append("</div>").toString(); //$NON-NLS-1$
  }

  private void lines(String text, int to) {
    boolean signature = false;
    int at = 0;
    for (int count = 0; at < to && count < LINES; count++) {
      int end = lineEnd(text, at, to);
      int marks = at;
      int level = 0;
      while (marks < end && (text.charAt(marks) == '>' || text.charAt(marks) == ' ' && marks + 1 < end && text.charAt(marks + 1) == '>')) {
        level += text.charAt(marks) == '>' ? 1 : 0;
        marks++;
      }
      marks += level > 0 && marks < end && text.charAt(marks) == ' ' ? 1 : 0;
      if (!signature && level == 0 && end - at == 3 && text.startsWith("-- ", at)) { //$NON-NLS-1$
        nest(0);
        signature = true;
        out.append("<div class=\"hg-sig\">"); //$NON-NLS-1$
        open = false;
      }
      nest(Math.min(level, DEEPEST));
      line(text, marks, end);
      at = end + 1;
    }
    nest(0);
    escape(text, at, to);
    out.append(signature ? "</div>" : ""); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static int lineEnd(String text, int at, int to) {
    int end = text.indexOf('\n', at);
    return end < 0 || end > to ? to : end;
  }

  /** Opens and closes quotes until so many are open. */
  private void nest(int level) {
    if (level == depth) {
      return;
    }
    open = false;
    while (depth > level) {
      out.append("</blockquote>"); //$NON-NLS-1$
      depth--;
    }
    while (depth < level) {
      depth++;
      out.append("<blockquote class=\"hg-q hg-q").append(depth).append("\">"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void line(String text, int from, int to) {
    out.append(open ? "\n" : ""); //$NON-NLS-1$ //$NON-NLS-2$
    open = true;
    linked(text, from, to);
  }

  private void linked(String text, int from, int to) {
    int at = from;
    while (at < to) {
      Optional<Links.Link> found = Links.find(text, at, to);
      if (found.isEmpty()) {
        break;
      }
      Links.Link link = found.get();
      escape(text, at, link.start());
      out.append("<a rel=\"noopener noreferrer\" href=\""); //$NON-NLS-1$
      escape(link.target(), 0, link.target().length());
      out.append("\" title=\""); //$NON-NLS-1$
      escape(link.target(), 0, link.target().length());
      out.append("\">"); //$NON-NLS-1$
      escape(text, link.start(), link.end());
      out.append("</a>"); //$NON-NLS-1$
      at = link.end();
    }
    escape(text, at, to);
  }

  private void diff(String text, int from) {
    out.append("<div class=\"hg-diff\">"); //$NON-NLS-1$
    int at = from;
    for (int count = 0; at < text.length() && count < LINES; count++) {
      int end = lineEnd(text, at, text.length());
      String kind = kind(text, at, end);
      out.append("<div").append(kind.isEmpty() ? "" : " class=\"" + kind + '"').append('>'); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      if (at == end) {
        out.append("<br>"); //$NON-NLS-1$
      } else {
        linked(text, at, end);
      }
      out.append("</div>"); //$NON-NLS-1$
      at = end + 1;
    }
    escape(text, at, text.length());
    out.append("</div>"); //$NON-NLS-1$
  }

  private static String kind(String text, int at, int end) {
    if (text.startsWith("+++ ", at) || text.startsWith("--- ", at) || text.startsWith("diff --git ", at) || text.startsWith("index ", at)) { //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      return "hg-file"; //$NON-NLS-1$
    }
    if (text.startsWith("@@", at)) { //$NON-NLS-1$
      return "hg-hunk"; //$NON-NLS-1$
    }
    boolean empty = at == end || end - at == 3 && text.startsWith("-- ", at); //$NON-NLS-1$
    char first = empty ? ' ' : text.charAt(at);
    return first == '+' ? "hg-added" : first == '-' ? "hg-removed" : ""; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** Where a unified diff begins, or -1. */
  private static int diffStart(String text) {
    int git = lineStart(text, "diff --git "); //$NON-NLS-1$
    if (git >= 0) {
      return git;
    }
    int hunk = lineStart(text, "@@ -"); //$NON-NLS-1$
    int old = hunk < 0 ? -1 : lineStart(text, "--- "); //$NON-NLS-1$
    return old >= 0 && old < hunk && text.startsWith("+++ ", text.indexOf('\n', old) + 1) ? old : -1; //$NON-NLS-1$
  }

  private static int lineStart(String text, String prefix) {
    int found = text.startsWith(prefix) ? 0 : text.indexOf('\n' + prefix);
    return found > 0 ? found + 1 : found;
  }

  private static boolean isTrace(String text) {
    int lines = 0;
    for (int at = text.indexOf("\tat "); at >= 0 && lines < TRACE; at = text.indexOf("\tat ", at + 1)) { //$NON-NLS-1$ //$NON-NLS-2$
      lines++;
    }
    return lines >= TRACE;
  }

  private void escape(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;"); //$NON-NLS-1$
        case '>' -> out.append("&gt;"); //$NON-NLS-1$
        case '&' -> out.append("&amp;"); //$NON-NLS-1$
        case '"' -> out.append("&quot;"); //$NON-NLS-1$
        case '\f' -> out.append(' ');
        default -> out.append(c);
      }
    }
  }
}
