/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the colours of a mail made for white paper into colours for a dark background: light becomes dark, hues stay. */
final class Shade {
  private static final Map<String, Integer> NAMES = Map.ofEntries(Map.entry("black", 0x000000), Map.entry("white", 0xFFFFFF), //$NON-NLS-1$ //$NON-NLS-2$
      Map.entry("red", 0xFF0000), Map.entry("green", 0x008000), Map.entry("lime", 0x00FF00), Map.entry("blue", 0x0000FF), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("navy", 0x000080), Map.entry("teal", 0x008080), Map.entry("aqua", 0x00FFFF), Map.entry("cyan", 0x00FFFF), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("maroon", 0x800000), Map.entry("purple", 0x800080), Map.entry("fuchsia", 0xFF00FF), Map.entry("magenta", 0xFF00FF), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("olive", 0x808000), Map.entry("yellow", 0xFFFF00), Map.entry("silver", 0xC0C0C0), Map.entry("gray", 0x808080), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("grey", 0x808080), Map.entry("darkgray", 0xA9A9A9), Map.entry("lightgray", 0xD3D3D3), Map.entry("lightgrey", 0xD3D3D3), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("dimgray", 0x696969), Map.entry("whitesmoke", 0xF5F5F5), Map.entry("ivory", 0xFFFFF0), Map.entry("beige", 0xF5F5DC), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("snow", 0xFFFAFA), Map.entry("azure", 0xF0FFFF), Map.entry("orange", 0xFFA500), Map.entry("gold", 0xFFD700), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("brown", 0xA52A2A), Map.entry("pink", 0xFFC0CB), Map.entry("indigo", 0x4B0082), Map.entry("violet", 0xEE82EE), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("darkblue", 0x00008B), Map.entry("darkgreen", 0x006400), Map.entry("darkred", 0x8B0000), Map.entry("lightblue", 0xADD8E6), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("lightgreen", 0x90EE90), Map.entry("lightyellow", 0xFFFFE0), Map.entry("steelblue", 0x4682B4), Map.entry("tomato", 0xFF6347), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("crimson", 0xDC143C), Map.entry("khaki", 0xF0E68C), Map.entry("windowtext", 0x000000), Map.entry("window", 0xFFFFFF)); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  private static final Pattern HEX = Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"); //$NON-NLS-1$
  private static final Pattern RGB =
      Pattern.compile("(?i)rgba?\\(\\s*([0-9]{1,3})\\s*[, ]\\s*([0-9]{1,3})\\s*[, ]\\s*([0-9]{1,3})\\s*([,/][^)]{1,20})?\\)"); //$NON-NLS-1$
  private static final double DARKEST = 0.13;
  private static final double LIGHTEST = 0.90;

  private Shade() {}

  /** The dark counterpart of a colour; a token that is no colour this class knows comes back as it is. */
  static String dark(String token) {
    return rgb(token).map(Shade::turned).orElse(token);
  }

  private static Optional<Integer> rgb(String token) {
    Matcher hex = HEX.matcher(token);
    if (hex.matches()) {
      String digits = hex.group(1);
      String six = digits.length() == 6 ? digits : digits.replaceAll("(.)", "$1$1"); //$NON-NLS-1$ //$NON-NLS-2$
      return Optional.of(Integer.parseInt(six, 16));
    }
    Matcher rgb = RGB.matcher(token);
    if (rgb.matches()) {
      return Optional.of(part(rgb.group(1)) << 16 | part(rgb.group(2)) << 8 | part(rgb.group(3)));
    }
    return Optional.ofNullable(NAMES.get(token.toLowerCase(Locale.ROOT)));
  }

  private static int part(String digits) {
    return Math.min(255, Integer.parseInt(digits));
  }

  private static String turned(int rgb) {
    double red = (rgb >> 16) / 255.0;
    double green = (rgb >> 8 & 255) / 255.0;
    double blue = (rgb & 255) / 255.0;
    double max = Math.max(red, Math.max(green, blue));
    double min = Math.min(red, Math.min(green, blue));
    double lightness = (max + min) / 2;
    double target = DARKEST + (1 - lightness) * (LIGHTEST - DARKEST);
    // keeps the hue: every channel keeps its place between the darkest and the lightest
    double chroma = max - min;
    double room = Math.min(target, 1 - target) * 2;
    double scale = chroma == 0 ? 0 : Math.min(chroma, room) / chroma;
    double middle = (max + min) / 2;
    return String.format(Locale.ROOT, "#%02x%02x%02x", channel(red, middle, scale, target), channel(green, middle, scale, target), //$NON-NLS-1$
        channel(blue, middle, scale, target));
  }

  private static int channel(double value, double middle, double scale, double target) {
    return (int) Math.round(Math.clamp(target + (value - middle) * scale, 0, 1) * 255);
  }
}
