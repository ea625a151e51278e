/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

/** Joins the lines of format=flowed text (RFC 3676); quote marks are kept at the beginning of each paragraph. */
final class Flowed {
  private Flowed() {}

  /** @param text with "\n" line ends; @param deleteSpace the parameter delsp */
  static String join(String text, boolean deleteSpace) {
    var out = new StringBuilder(text.length());
    int openDepth = -1;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      int depth = 0;
      while (at + depth < end && text.charAt(at + depth) == '>') {
        depth++;
      }
      int begin = at + depth;
      begin += begin < end && text.charAt(begin) == ' ' ? 1 : 0;
      String line = text.substring(begin, end);
      boolean signature = line.equals("-- "); //$NON-NLS-1$
      if (openDepth != depth || signature) {
        startLine(out, depth, openDepth >= 0);
      }
      boolean flows = line.endsWith(" ") && !signature; //$NON-NLS-1$
      out.append(flows && deleteSpace ? line.substring(0, line.length() - 1) : line);
      openDepth = flows ? depth : -1;
      if (!flows && end < text.length()) {
        out.append('\n');
      }
      at = end + 1;
    }
    return out.toString();
  }

  private static void startLine(StringBuilder out, int depth, boolean unfinished) {
    if (unfinished) {
      out.append('\n');
    }
    if (depth > 0) {
      out.repeat('>', depth).append(' ');
    }
  }
}
