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
  private static final Set<String> BLOCKS = Set.of("address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "figure", "footer",
      "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul", "title", "form");
  private static final Set<String> SPACED = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "pre", "table");
  private static final Set<String> HIDDEN =
      Set.of("script", "style", "title", "head", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea");
  private static final int CHARACTERS = 4 << 20;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private int quote;
  private int pre;
  /** Empty lines wanted before the next text. */
  private int gap;

  private HtmlText() {}

  static String of(String html) {
    var text = new HtmlText();
    Markup.parse(html).body().filter(text);
    text.endLine();
    return text.out.toString().strip() + "\n";
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
      case "br" -> {
        line.append(line.isEmpty() ? " " : "");
        endLine();
      }
      case "hr" -> {
        line.append("----");
        endLine();
      }
      case "li" -> line.append("* ");
      case "td", "th" -> line.append(line.isEmpty() ? "" : "\t");
      case "img" -> text(element.attr("alt"));
      case "pre" -> pre++;
      case "blockquote" -> quote++;
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
    if (name.equals("a")) {
      target(element);
    }
    if (BLOCKS.contains(name)) {
      endLine();
      gap = Math.max(gap, SPACED.contains(name) ? 1 : 0);
    }
    pre -= name.equals("pre") ? 1 : 0;
    quote -= name.equals("blockquote") ? 1 : 0;
  }

  private void target(Element link) {
    Sanitiser.link(link.attr("href")).ifPresent(target -> {
      String shown = link.ownText().strip();
      if (!target.equals(shown) && !target.equals("mailto:" + shown) && line.length() < CHARACTERS) {
        line.append(" <").append(target).append('>');
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
        line.append(line.isEmpty() ? " " : "");
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
    String marks = quote > 0 ? ">".repeat(Math.min(quote, 20)) + ' ' : "";
    if (gap > 0 && !out.isEmpty()) {
      out.append(marks.stripTrailing()).append('\n');
    }
    gap = 0;
    out.append(marks).append(line.toString().stripTrailing()).append('\n');
    line.setLength(0);
  }
}
