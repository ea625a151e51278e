/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Makes HTML from a stranger safe to show: a new document is built from what is on the allow-list, everything else stays behind. Nothing
 * that is left can run, load, submit, leave its place on the page, or tell anyone that it was read. Used once, on one thread.
 */
final class Sanitiser {
  /** Elements that go with all they hold; of other unknown elements the content stays. */
  private static final Set<String> GONE = Set.of("script", "style", "noscript", "template", "iframe", "frame", "frameset", "noframes", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      "object", "embed", "applet", "svg", "math", "audio", "video", "source", "track", "canvas", "link", "meta", "base", "head", "title", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$
      "select", "datalist", "dialog", "portal", "xml", "xmp", "plaintext", "noembed", "bgsound", "isindex", "textarea", "param", "map", "area"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$
  private static final Set<String> TAGS = Set.of("a", "abbr", "acronym", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$
      "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$
      "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$ //$NON-NLS-18$ //$NON-NLS-19$ //$NON-NLS-20$
      "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$
      "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
  private static final Set<String> ATTRIBUTES = Set.of("class", "dir", "lang", "style", "title", "align", "valign", "width", "height", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$
      "bgcolor", "color", "alt", "border", "face", "size", "start", "type", "reversed", "value", "colspan", "rowspan", "nowrap", "scope", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$
      "cellpadding", "cellspacing", "span", "noshade", "open"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  private static final Set<String> LOADING = Set.of("src", "srcset", "background", "poster", "data", "dynsrc", "lowsrc", "longdesc"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
  private static final Set<String> TINY = Set.of("0", "1", "2", "3"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private static final Pattern REMOTE = Pattern.compile("(?i)^\\s*(https?:|ftp:|wss?:|//|\\\\\\\\).*", Pattern.DOTALL); //$NON-NLS-1$
  private static final Pattern REMOTE_CSS = Pattern.compile("(?i)(url\\s*\\(|@import|image-set)"); //$NON-NLS-1$
  private static final Pattern LINK = Pattern.compile("(?i)^(https?://|mailto:)[^\\s<>\"'`\\\\{}|^\\p{Cntrl}]{1,4000}$"); //$NON-NLS-1$
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,4}%?"); //$NON-NLS-1$
  private static final Pattern COLOUR = Pattern.compile("(?i)#?[a-z0-9]{1,30}"); //$NON-NLS-1$
  private static final Pattern CLASSES = Pattern.compile("[A-Za-z0-9_\\s-]{1,300}"); //$NON-NLS-1$
  private static final int STYLE_CHARACTERS = 500_000;
  private static final int ATTRIBUTE_CHARACTERS = 10_000;
  private final Pictures pictures;
  private final boolean dark;
  private final CssFilter css;
  private int remote;

  Sanitiser(Map<String, Reading.InlineImage> images, boolean dark) {
    this.pictures = new Pictures(images);
    this.dark = dark;
    this.css = new CssFilter(dark ? Shade::dark : colour -> colour);
  }

  /** References to remote content that were left out so far. */
  int remote() {
    return remote;
  }

  /** Safe markup. @param style rules for it, to be put into a style element; holds no "&lt;" */
  record Safe(String markup, String style) {}

  /** @param scope selector of the element the markup will be put into */
  Safe sanitise(String html, String scope) {
    Document dirty = Markup.parse(html);
    var rules = new StringBuilder();
    String page = pageStyle(dirty.body());
    rules.append(page.isEmpty() ? "" : scope + '{' + page + "}\n"); //$NON-NLS-1$ //$NON-NLS-2$
    Document clean = Document.createShell(""); //$NON-NLS-1$
    clean.outputSettings().prettyPrint(false).charset("UTF-8").escapeMode(Entities.EscapeMode.xhtml); //$NON-NLS-1$
    dirty.filter(new Copy(clean.body(), rules, scope));
    return new Safe(clean.body().html(), rules.indexOf("<") >= 0 ? "" : rules.toString()); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** What the body says about the page's colours, for the box that stands for it. */
  private String pageStyle(Element body) {
    String colours = colour("background-color", body.attr("bgcolor")) + colour("color", body.attr("text")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    String style = body.attr("style"); //$NON-NLS-1$
    return css.declarations(style.length() > ATTRIBUTE_CHARACTERS ? colours : colours + style);
  }

  private static String colour(String property, String value) {
    return COLOUR.matcher(value).matches() ? property + ':' + value + ';' : ""; //$NON-NLS-1$
  }

  /** Copies what is allowed, in one pass; style sheets are filtered on the way. */
  private final class Copy implements NodeFilter {
    private final StringBuilder rules;
    private final String scope;
    private Element target;
    private int styleCharacters;

    Copy(Element target, StringBuilder rules, String scope) {
      this.target = target;
      this.rules = rules;
      this.scope = scope;
    }

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode text) {
        target.appendChild(new TextNode(text.getWholeText()));
        return FilterResult.CONTINUE;
      }
      return node instanceof Element element ? element(element) : FilterResult.SKIP_ENTIRELY;
    }

    private FilterResult element(Element element) {
      countRemote(element);
      String name = element.normalName();
      if (name.equals("head")) { //$NON-NLS-1$
        return FilterResult.CONTINUE;
      }
      if (name.equals("style")) { //$NON-NLS-1$
        sheet(element.data());
      }
      if (GONE.contains(name)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (name.equals("img")) { //$NON-NLS-1$
        picture(element);
      } else if (TAGS.contains(name)) {
        var copy = new Element(name);
        attributes(element, copy);
        target.appendChild(copy);
        target = copy;
      }
      return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element && TAGS.contains(element.normalName()) && !element.normalName().equals("img")) { //$NON-NLS-1$
        target = target.parent();
      }
      return FilterResult.CONTINUE;
    }

    private void sheet(String data) {
      styleCharacters += data.length();
      if (styleCharacters <= STYLE_CHARACTERS) {
        rules.append(css.sheet(data, scope));
      }
    }

    private void picture(Element image) {
      Optional<String> source = pictures.source(image.attr("src")); //$NON-NLS-1$
      if (source.isPresent()) {
        var copy = new Element("img"); //$NON-NLS-1$
        attributes(image, copy);
        target.appendChild(copy.attr("src", source.get())); //$NON-NLS-1$
      } else {
        placeholder(image);
      }
    }

    /** Stands for a picture that is not shown; a tiny one, which only counts readers, leaves nothing. */
    private void placeholder(Element image) {
      String alt = Characters.clean(image.attr("alt")); //$NON-NLS-1$
      if (TINY.contains(image.attr("width")) || TINY.contains(image.attr("height")) || alt.isEmpty() && !image.hasAttr("width")) { //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        return;
      }
      var box = new Element("span").addClass("hg-picture"); //$NON-NLS-1$ //$NON-NLS-2$
      if (image.attr("width").matches("[0-9]{1,3}")) { //$NON-NLS-1$ //$NON-NLS-2$
        box.attr("style", "max-width:" + image.attr("width") + "px"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      }
      target.appendChild(box.appendChild(new TextNode(alt.isEmpty() ? "\u25A1" : alt))); //$NON-NLS-1$
    }
  }

  private void countRemote(Element element) {
    String name = element.normalName();
    remote += name.equals("link") && REMOTE.matcher(element.attr("href")).matches() ? 1 : 0; //$NON-NLS-1$ //$NON-NLS-2$
    remote += name.equals("style") && REMOTE_CSS.matcher(element.data()).find() ? 1 : 0; //$NON-NLS-1$
    if (element.attributesSize() == 0) {
      return;
    }
    for (Attribute attribute : element.attributes()) {
      String key = attribute.getKey().toLowerCase(Locale.ROOT);
      boolean loads = LOADING.contains(key) && REMOTE.matcher(attribute.getValue()).matches();
      remote += loads || key.equals("style") && REMOTE_CSS.matcher(attribute.getValue()).find() ? 1 : 0; //$NON-NLS-1$
    }
  }

  private void attributes(Element from, Element to) {
    if (from.attributesSize() == 0) {
      return;
    }
    boolean link = from.normalName().equals("a"); //$NON-NLS-1$
    for (Attribute attribute : from.attributes()) {
      String name = attribute.getKey().toLowerCase(Locale.ROOT);
      boolean claims = link && name.equals("title"); //$NON-NLS-1$
      if (ATTRIBUTES.contains(name) && !claims && attribute.getValue().length() <= ATTRIBUTE_CHARACTERS) {
        value(name, attribute.getValue()).ifPresent(value -> to.attr(name, value));
      }
    }
    if (link) {
      link(from.attr("href")).ifPresent(target -> to.attr("href", target).attr("title", target).attr("rel", "noopener noreferrer")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
    }
  }

  private Optional<String> value(String name, String value) {
    return switch (name) {
      case "style" -> Optional.of(css.declarations(value)).filter(kept -> !kept.isEmpty()); //$NON-NLS-1$
      case "class" -> Optional.of(value).filter(some -> CLASSES.matcher(some).matches() && !some.contains("hg-")); //$NON-NLS-1$ //$NON-NLS-2$
      case "bgcolor", "color" -> Optional.of(value.strip()).filter(some -> COLOUR.matcher(some).matches()).map(some -> dark ? Shade.dark(some) : some); //$NON-NLS-1$ //$NON-NLS-2$
      case "width", "height", "colspan", "rowspan", "border", "cellpadding", "cellspacing", "span", "start", "value" -> //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
        Optional.of(value.strip()).filter(some -> SIZE.matcher(some).matches());
      case String other -> Optional.of(Characters.clean(value));
    };
  }

  /** Where a link leads, if it is a place a mail may point to. */
  static Optional<String> link(String href) {
    if (href.length() > ATTRIBUTE_CHARACTERS) {
      return Optional.empty();
    }
    String target = Characters.clean(href).replace(" ", "%20"); //$NON-NLS-1$ //$NON-NLS-2$
    return LINK.matcher(target).matches() ? Optional.of(target) : Optional.empty();
  }
}
