/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/** Parses HTML of strangers, within limits that keep time and memory small whatever it holds. */
final class Markup {
  /** Elements within each other; deeper ones become siblings. */
  private static final int DEPTH = 256;
  /** Beginnings of tags; what follows is left out. */
  private static final int TAGS = 100_000;

  private Markup() {}

  static Document parse(String html) {
    return Jsoup.parse(limited(html), "", Parser.htmlParser().setTrackErrors(0).setMaxDepth(DEPTH)); //$NON-NLS-1$
  }

  private static String limited(String html) {
    int tags = 0;
    for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      if (++tags > TAGS) {
        return html.substring(0, at);
      }
    }
    return html;
  }
}
