/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Lets style through that can only look: properties and values of an allow-list, no url(), no escapes, no at-rules, nothing that leaves
 * its place. Whatever is not understood is dropped. Linear in its input.
 */
final class CssFilter {
  private static final Set<String> PROPERTIES = Set.of("color", "background-color", "font", "font-family", "font-size", "font-style", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      "font-variant", "font-weight", "text-align", "text-decoration", "text-decoration-color", "text-decoration-line", "text-indent", "text-transform", "line-height", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$
      "letter-spacing", "word-spacing", "word-break", "word-wrap", "overflow-wrap", "white-space", "vertical-align", "direction", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      "margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "padding", "padding-top", "padding-right", "padding-bottom", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$
      "padding-left", "border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-top-color", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      "border-right-color", "border-bottom-color", "border-left-color", "border-style", "border-top-style", "border-right-style", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      "border-bottom-style", "border-left-style", "border-width", "border-top-width", "border-right-width", "border-bottom-width", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      "border-left-width", "border-collapse", "border-spacing", "border-radius", "width", "min-width", "max-width", "height", "min-height", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$
      "max-height", "box-sizing", "display", "float", "clear", "list-style", "list-style-type", "list-style-position", "table-layout", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$
      "caption-side", "empty-cells", "quotes", "tab-size"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private static final Set<String> COLOURS = Set.of("color", "background-color", "border", "border-top", "border-right", "border-bottom", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      "border-left", "border-color", "border-top-color", "border-right-color", "border-bottom-color", "border-left-color", "text-decoration", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
      "text-decoration-color"); //$NON-NLS-1$
  private static final Set<String> DISPLAYS = Set.of("block", "inline", "inline-block", "none", "table", "table-row", "table-cell", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
      "table-row-group", "table-header-group", "table-footer-group", "table-column", "table-column-group", "table-caption", "inline-table", "list-item"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9#%.,\\-\\s!\"'/+()_]{1,300}"); //$NON-NLS-1$
  private static final Pattern CALL = Pattern.compile("([A-Za-z-]*)\\s*\\("); //$NON-NLS-1$
  private static final Set<String> CALLS = Set.of("rgb", "rgba", "hsl", "hsla"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private static final Pattern SELECTOR =
      Pattern.compile("[A-Za-z0-9_.#*>+~\\s-]{1,300}(:(link|visited|hover|active|first-child|last-child))?"); //$NON-NLS-1$
  private static final Pattern PAGE = Pattern.compile("(?i)^(html|body|:root)(?![A-Za-z0-9_-])"); //$NON-NLS-1$
  private static final int RULES = 5_000;
  private final UnaryOperator<String> colour;

  /** @param colour changes a colour for the background it is shown on */
  CssFilter(UnaryOperator<String> colour) {
    this.colour = colour;
  }

  /** The content of a style attribute; empty where nothing is left. */
  String declarations(String css) {
    var out = new StringBuilder();
    for (String declaration : withoutComments(css).split(";")) { //$NON-NLS-1$
      declaration(declaration).ifPresent(kept -> out.append(out.isEmpty() ? "" : ";").append(kept)); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return out.toString();
  }

  /** The content of a style element, each rule kept within {@code scope}. */
  String sheet(String css, String scope) {
    String in = withoutComments(css.replace("<!--", " ").replace("-->", " ")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    var out = new StringBuilder();
    int at = 0;
    for (int rules = 0; at < in.length() && rules < RULES; rules++) {
      int open = in.indexOf('{', at);
      if (open < 0) {
        break;
      }
      String prelude = in.substring(at, open).strip();
      int statement = prelude.lastIndexOf(';');
      prelude = prelude.substring(statement + 1).strip();
      int close = blockEnd(in, open);
      if (!prelude.startsWith("@")) { //$NON-NLS-1$
        rule(prelude, in.substring(open + 1, Math.max(open + 1, close)), scope, out);
      }
      at = close + 1;
    }
    return out.toString();
  }

  private void rule(String selectors, String block, String scope, StringBuilder out) {
    if (block.indexOf('{') >= 0) {
      return;
    }
    var kept = new StringBuilder();
    for (String selector : selectors.split(",")) { //$NON-NLS-1$
      String one = selector.strip();
      if (SELECTOR.matcher(one).matches()) {
        String inside = PAGE.matcher(one).replaceFirst("").strip(); //$NON-NLS-1$
        kept.append(kept.isEmpty() ? "" : ",").append(scope).append(inside.isEmpty() ? "" : ' ' + inside); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      }
    }
    String body = declarations(block);
    if (!kept.isEmpty() && !body.isEmpty()) {
      out.append(kept).append('{').append(body).append("}\n"); //$NON-NLS-1$
    }
  }

  /** The brace that closes the block, or the last character. */
  private static int blockEnd(String in, int open) {
    int depth = 0;
    for (int i = open; i < in.length(); i++) {
      char c = in.charAt(i);
      depth += c == '{' ? 1 : 0;
      if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return in.length() - 1;
  }

  private Optional<String> declaration(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String property = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = text.substring(colon + 1).strip();
    if (property.equals("background") && isColour(value)) { //$NON-NLS-1$
      property = "background-color"; //$NON-NLS-1$
    }
    if (!PROPERTIES.contains(property) || !isAllowed(property, value)) {
      return Optional.empty();
    }
    return Optional.of(property + ':' + (COLOURS.contains(property) ? colours(value) : value));
  }

  private static boolean isColour(String value) {
    return value.indexOf(' ') < 0 || value.matches("(?i)(rgb|hsl)a?\\([0-9.,%\\s/]{1,60}\\)"); //$NON-NLS-1$
  }

  private static boolean isAllowed(String property, String value) {
    if (!VALUE.matcher(value).matches() || quotes(value, '"') % 2 != 0 || quotes(value, '\'') % 2 != 0) {
      return false;
    }
    var call = CALL.matcher(value);
    while (call.find()) {
      if (!CALLS.contains(call.group(1).toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    String lower = value.toLowerCase(Locale.ROOT).replace("!important", "").strip(); //$NON-NLS-1$ //$NON-NLS-2$
    return switch (property) {
      case "display" -> DISPLAYS.contains(lower); //$NON-NLS-1$
      // text pulled over its neighbours could pose as something else
      case "margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "text-indent", "letter-spacing", "word-spacing" -> //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
        !lower.startsWith("-") && !lower.contains(" -"); //$NON-NLS-1$ //$NON-NLS-2$
      case String other -> true;
    };
  }

  private static long quotes(String value, char quote) {
    return value.chars().filter(c -> c == quote).count();
  }

  private String colours(String value) {
    var out = new StringBuilder();
    var token = new StringBuilder();
    int depth = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ' ' && depth <= 0) {
        out.append(out.isEmpty() || token.isEmpty() ? "" : " ").append(token.isEmpty() ? "" : colour.apply(token.toString())); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        token.setLength(0);
      } else {
        token.append(c);
      }
    }
    return out.toString();
  }

  private static String withoutComments(String css) {
    if (css.indexOf("/*") < 0) { //$NON-NLS-1$
      return css;
    }
    var out = new StringBuilder(css.length());
    int at = 0;
    while (true) {
      int begin = css.indexOf("/*", at); //$NON-NLS-1$
      if (begin < 0) {
        return out.append(css, at, css.length()).toString();
      }
      out.append(css, at, begin).append(' ');
      int end = css.indexOf("*/", begin + 2); //$NON-NLS-1$
      if (end < 0) {
        return out.toString();
      }
      at = end + 2;
    }
  }
}
