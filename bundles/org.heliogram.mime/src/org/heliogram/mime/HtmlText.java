/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Turns HTML into plain text: paragraphs, lists, quotes, tables as lines, targets of links behind them. */
final class HtmlText implements NodeFilter {
  private static final Set<String> BLOCKS = Set.of("address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "figure", "footer", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
      "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul", "title", "form"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$ //$NON-NLS-18$ //$NON-NLS-19$
  private static final Set<String> SPACED = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "pre", "table"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$
  private static final Set<String> HIDDEN =
      Set.of("script", "style", "title", "head", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$
  private static final int CHARACTERS = 4 << 20;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private int quote;
  private int lastQuote;
  private int pre;
  /** Empty lines wanted before the next text. */
  private int gap;

  private HtmlText() {}

  static String of(String html) {
    var text = new HtmlText();
    Markup.parse(html).body().filter(text);
    text.endLine();
    return text.out.toString().strip() + "\n"; //$NON-NLS-1$
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      text(text.getWholeText());
    } else if (node instanceof Element element) {
      if (HIDDEN.contains(element.normalName())) {
        return FilterResult.SKIP_ENTIRELY;
      }
      begin(element);
    }
    return FilterResult.CONTINUE;
  }

  private void begin(Element element) {
    String name = element.normalName();
    if (BLOCKS.contains(name)) {
      endLine();
      gap = Math.max(gap, SPACED.contains(name) ? 1 : 0);
    }
    switch (name) {
      case "br" -> { //$NON-NLS-1$
        line.append(line.isEmpty() ? " " : ""); //$NON-NLS-1$ //$NON-NLS-2$
        endLine();
      }
      case "hr" -> { //$NON-NLS-1$
        line.append("----"); //$NON-NLS-1$
        endLine();
      }
      case "li" -> line.append("* "); //$NON-NLS-1$ //$NON-NLS-2$
      case "td", "th" -> line.append(line.isEmpty() ? "" : "\t"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      case "img" -> text(element.attr("alt")); //$NON-NLS-1$ //$NON-NLS-2$
      case "pre" -> pre++; //$NON-NLS-1$
      case "blockquote" -> quote++; //$NON-NLS-1$
      case String other -> { }
    }
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      end(element);
    }
    return FilterResult.CONTINUE;
  }

  private void end(Element element) {
    String name = element.normalName();
    if (name.equals("a")) { //$NON-NLS-1$
      target(element);
    }
    if (BLOCKS.contains(name)) {
      endLine();
      gap = Math.max(gap, SPACED.contains(name) ? 1 : 0);
    }
    pre -= name.equals("pre") ? 1 : 0; //$NON-NLS-1$
    quote -= name.equals("blockquote") ? 1 : 0; //$NON-NLS-1$
  }

  private void target(Element link) {
    Sanitiser.link(link.attr("href")).ifPresent(target -> { //$NON-NLS-1$
      String shown = link.ownText().strip();
      if (!target.equals(shown) && !target.equals("mailto:" + shown) && line.length() < CHARACTERS) { //$NON-NLS-1$
        line.append(" <").append(target).append('>'); //$NON-NLS-1$
      }
    });
  }

  private void text(String text) {
    if (out.length() + line.length() > CHARACTERS) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (pre > 0 && c == '\n') {
        line.append(line.isEmpty() ? " " : ""); //$NON-NLS-1$ //$NON-NLS-2$
        endLine();
      } else if (pre > 0 || !Character.isWhitespace(c)) {
        line.append(c);
      } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(line.length() - 1))) {
        line.append(' ');
      }
    }
  }

  private void endLine() {
    if (line.isEmpty()) {
      return;
    }
    if (gap > 0 && !out.isEmpty()) {
      out.append(marks(Math.min(quote, lastQuote))).append('\n');
    }
    gap = 0;
    lastQuote = quote;
    out.append(marks(quote)).append(quote > 0 ? " " : "").append(line.toString().stripTrailing()).append('\n'); //$NON-NLS-1$ //$NON-NLS-2$
    line.setLength(0);
  }

  private static String marks(int depth) {
    return ">".repeat(Math.min(depth, 20)); //$NON-NLS-1$
  }
}
