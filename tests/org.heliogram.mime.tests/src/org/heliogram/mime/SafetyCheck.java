/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What every page must hold to, written down a second time and independently of the sanitiser. */
final class SafetyCheck {
  private static final Set<String> TAGS = Set.of("#root", "html", "head", "body", "a", "abbr", "acronym", "address", "article", "b", "bdi", "bdo", "big",
      "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
      "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main",
      "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary",
      "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr");
  private static final Set<String> ATTRIBUTES = Set.of("class", "dir", "lang", "style", "title", "align", "valign", "width", "height", "bgcolor",
      "color", "alt", "border", "face", "size", "start", "type", "reversed", "value", "colspan", "rowspan", "nowrap", "scope", "cellpadding",
      "cellspacing", "span", "noshade", "open", "href", "src", "rel");
  private static final Pattern HREF = Pattern.compile("(?i)(https?://|mailto:)[^\\s\\p{Cntrl}\"'<>]+");
  private static final Pattern SRC = Pattern.compile("data:image/(png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]+");
  private static final Pattern STYLE = Pattern.compile("(?i)url|import(?!ant)|expression|behavior|binding|script|position|transform|z-index|content|@|\\\\|<|var\\(|attr\\(|calc");

  private SafetyCheck() {}

  static Sanitiser.Safe sanitise(String html) {
    return new Sanitiser(Map.of(), false).sanitise(html, ".s");
  }

  /** Checks what the sanitiser makes of a payload; the same sanitised again must not change. */
  static void check(String payload) {
    Sanitiser.Safe safe = sanitise(payload);

    markup(safe.markup(), payload);
    assertFalse(STYLE.matcher(safe.style()).find(), () -> payload + " -> " + safe.style());
    // the class of placeholders is ours alone, a mail cannot keep it
    String ours = safe.markup().replace(" class=\"hg-picture\"", "");
    assertEquals(ours.strip(), sanitise(safe.markup()).markup().strip(), () -> "not stable: " + payload);
  }

  /** Checks the markup as a browser would read it. */
  static void markup(String markup, String payload) {
    Document document = Jsoup.parse(markup);
    document.forEachNode(node -> assertFalse(node instanceof DataNode, () -> payload + " -> " + markup));
    for (Element element : document.getAllElements()) {
      assertTrue(TAGS.contains(element.tagName()), () -> element.tagName() + ": " + payload + " -> " + markup);
      for (Attribute attribute : element.attributes()) {
        attribute(attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue(), payload);
      }
    }
  }

  private static void attribute(String name, String value, String payload) {
    assertTrue(ATTRIBUTES.contains(name), () -> name + ": " + payload);
    switch (name) {
      case "href" -> assertTrue(HREF.matcher(value).matches(), () -> value + ": " + payload);
      case "src" -> assertTrue(SRC.matcher(value).matches(), () -> value + ": " + payload);
      case "style" -> assertFalse(STYLE.matcher(value).find(), () -> value + ": " + payload);
      default -> { }
    }
  }
}
