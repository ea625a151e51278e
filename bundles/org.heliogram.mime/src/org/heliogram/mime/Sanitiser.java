/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Makes HTML from a stranger safe to show: what is on the allow-list stays, everything else goes. Nothing that is left can run, load,
 * submit, leave its place on the page, or tell anyone that it was read. Used once.
 */
final class Sanitiser {
  private static final String GONE = "script,style,noscript,template,iframe,frame,frameset,noframes,object,embed,applet,svg,math,audio,"
      + "video,source,track,canvas,link,meta,base,title,select,datalist,dialog,portal,xml,xmp,plaintext,noembed,marquee,bgsound,isindex";
  private static final Safelist ALLOWED = new Safelist()
      .addTags("a", "abbr", "acronym", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
          "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4",
          "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
          "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
          "tr", "tt", "u", "ul", "var", "wbr")
      .addAttributes(":all", "class", "dir", "lang", "style", "title", "align", "valign", "width", "height", "bgcolor", "color")
      .addAttributes("a", "href").addAttributes("img", "src", "alt", "border").addAttributes("font", "face", "size")
      .addAttributes("ol", "start", "type", "reversed").addAttributes("ul", "type").addAttributes("li", "value")
      .addAttributes("td", "colspan", "rowspan", "nowrap", "headers", "scope").addAttributes("th", "colspan", "rowspan", "nowrap", "scope")
      .addAttributes("table", "border", "cellpadding", "cellspacing", "summary").addAttributes("col", "span").addAttributes("colgroup", "span")
      .addAttributes("hr", "size", "noshade").addAttributes("details", "open");
  private static final Set<String> LOADING = Set.of("src", "srcset", "background", "poster", "data", "dynsrc", "lowsrc", "longdesc");
  private static final Pattern REMOTE = Pattern.compile("(?i)^\\s*(https?:|ftp:|wss?:|//|\\\\\\\\).*", Pattern.DOTALL);
  private static final Pattern REMOTE_CSS = Pattern.compile("(?i)(url\\s*\\(|@import|image-set)");
  private static final Pattern LINK = Pattern.compile("(?i)^(https?://|mailto:)[^\\s<>\"'`\\\\{}|^\\p{Cntrl}]{1,4000}$");
  private static final Pattern DATA = Pattern.compile("(?i)^data:image/[a-z0-9.+-]{1,20};base64,");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,4}%?");
  private static final Pattern COLOUR = Pattern.compile("(?i)#?[a-z0-9]{1,30}");
  private static final Pattern CLASSES = Pattern.compile("[A-Za-z0-9_\\s-]{1,300}");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Z}\\p{M}]{0,1000}");
  private static final int STYLE_CHARACTERS = 500_000;
  private final Map<String, Reading.InlineImage> images;
  private final boolean dark;
  private final CssFilter css;
  private int imageBytes;
  private int remote;

  Sanitiser(Map<String, Reading.InlineImage> images, boolean dark) {
    this.images = images;
    this.dark = dark;
    this.css = new CssFilter(dark ? Shade::dark : colour -> colour);
  }

  /** References to remote content that were taken out so far. */
  int remote() {
    return remote;
  }

  /** Safe markup. @param style rules for it, to be put into a style element; holds no "&lt;" */
  record Safe(String markup, String style) {}

  /** @param scope selector of the element the markup will be put into */
  Safe sanitise(String html, String scope) {
    Document dirty = Jsoup.parse(html, "", Parser.htmlParser().setTrackErrors(0));
    String style = style(dirty, scope);
    countRemote(dirty);
    String page = pageStyle(dirty);
    dirty.select(GONE).remove();
    Document clean = new Cleaner(ALLOWED).clean(dirty);
    clean.outputSettings().prettyPrint(false).charset("UTF-8").escapeMode(org.jsoup.nodes.Entities.EscapeMode.xhtml);
    for (Element element : new ArrayList<>(clean.body().getAllElements())) {
      if (element != clean.body()) {
        attributes(element);
      }
    }
    String rules = page.isEmpty() ? style : scope + '{' + page + "}\n" + style;
    return new Safe(clean.body().html(), rules.indexOf('<') >= 0 ? "" : rules);
  }

  private String style(Document dirty, String scope) {
    var rules = new StringBuilder();
    int characters = 0;
    for (Element element : dirty.select("style")) {
      String data = element.data();
      characters += data.length();
      if (characters <= STYLE_CHARACTERS) {
        rules.append(css.sheet(data, scope));
      }
    }
    return rules.toString();
  }

  /** What the body says about the page's colours, for the box that stands for it. */
  private String pageStyle(Document dirty) {
    Element body = dirty.body();
    String colours = colour("background-color", body.attr("bgcolor")) + colour("color", body.attr("text"));
    return css.declarations(colours + body.attr("style"));
  }

  private static String colour(String property, String value) {
    return COLOUR.matcher(value).matches() ? property + ':' + value + ';' : "";
  }

  private void countRemote(Document dirty) {
    for (Element element : dirty.getAllElements()) {
      boolean sheet = element.normalName().equals("link") && REMOTE.matcher(element.attr("href")).matches();
      remote += sheet ? 1 : 0;
      if (element.normalName().equals("style") && REMOTE_CSS.matcher(element.data()).find()) {
        remote++;
      }
      for (Attribute attribute : element.attributes()) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        boolean loads = LOADING.contains(name) && REMOTE.matcher(attribute.getValue()).matches();
        remote += loads || name.equals("style") && REMOTE_CSS.matcher(attribute.getValue()).find() ? 1 : 0;
      }
    }
  }

  private void attributes(Element element) {
    for (Attribute attribute : new ArrayList<>(element.attributes().asList())) {
      String name = attribute.getKey().toLowerCase(Locale.ROOT);
      Optional<String> value = value(element, name, attribute.getValue());
      if (value.isPresent()) {
        element.attr(name, value.get());
      } else {
        element.removeAttr(attribute.getKey());
      }
    }
    if (element.normalName().equals("img") && !element.hasAttr("src")) {
      placeholder(element);
    }
    if (element.hasAttr("href")) {
      element.attr("title", element.attr("href")).attr("rel", "noopener noreferrer");
    }
  }

  private Optional<String> value(Element element, String name, String value) {
    return switch (name) {
      case "style" -> Optional.of(css.declarations(value)).filter(kept -> !kept.isEmpty());
      case "href" -> link(value);
      case "src" -> picture(value);
      case "class" -> Optional.of(value).filter(some -> CLASSES.matcher(some).matches() && !some.contains("hg-"));
      case "bgcolor", "color" -> Optional.of(value.strip()).filter(some -> COLOUR.matcher(some).matches()).map(some -> dark ? Shade.dark(some) : some);
      case "width", "height", "colspan", "rowspan", "border", "cellpadding", "cellspacing", "span", "start", "value" ->
        Optional.of(value.strip()).filter(some -> SIZE.matcher(some).matches());
      case String other -> Optional.of(Characters.clean(value)).filter(some -> WORD.matcher(some).matches());
    };
  }

  /** Where a link leads, if it is a place a mail may point to. */
  static Optional<String> link(String href) {
    String target = Characters.clean(href).replace(" ", "%20");
    return LINK.matcher(target).matches() ? Optional.of(target) : Optional.empty();
  }

  private Optional<String> picture(String source) {
    String src = source.strip();
    if (src.regionMatches(true, 0, "cid:", 0, 4)) {
      Reading.InlineImage image = images.get(src.substring(4));
      image = image == null ? images.get(decoded(src.substring(4))) : image;
      return image == null ? Optional.empty() : data(image.mediaType(), image.content());
    }
    var data = DATA.matcher(src);
    if (!data.find() || src.length() > Limits.IMAGE_BYTES) {
      return Optional.empty();
    }
    byte[] content = Words.base64(src.substring(data.end()));
    return Images.type(content).flatMap(type -> data(type, content));
  }

  /** A cid: URL is percent-encoded (RFC 2392). */
  private static String decoded(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int code = text.charAt(i) == '%' ? Words.hex(text, i + 1) : -1;
      out.append(code >= 0 ? (char) code : text.charAt(i));
      i += code >= 0 ? 2 : 0;
    }
    return out.toString();
  }

  /** The bytes themselves, written anew, so that nothing but a picture can be in them. */
  private Optional<String> data(String type, byte[] content) {
    imageBytes += content.length;
    if (imageBytes > Limits.ALL_IMAGE_BYTES) {
      return Optional.empty();
    }
    return Optional.of("data:" + type + ";base64," + Base64.getEncoder().encodeToString(content));
  }

  /** Stands for a picture that is not shown, in its size as far as that is modest; tiny ones, which only count readers, leave nothing. */
  private static void placeholder(Element image) {
    String alt = Characters.clean(image.attr("alt"));
    List<String> tiny = List.of("0", "1", "2", "3");
    if (tiny.contains(image.attr("width")) || tiny.contains(image.attr("height")) || alt.isEmpty() && !image.hasAttr("width")) {
      image.remove();
      return;
    }
    var box = new Element("span").addClass("hg-picture");
    if (image.attr("width").matches("[0-9]{1,3}")) {
      box.attr("style", "max-width:" + image.attr("width") + "px");
    }
    image.replaceWith(box.appendChild(new TextNode(alt.isEmpty() ? "\u25A1" : alt)));
  }
}
