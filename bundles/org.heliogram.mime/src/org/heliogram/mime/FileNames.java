/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names that strangers gave to files, made safe. */
final class FileNames {
  private static final int BYTES = 200;
  private static final int EXTENSION = 20;
  private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$)(\\..*)?"); //$NON-NLS-1$
  private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*\\p{Cntrl}\\p{Co}\\p{Cn}]"); //$NON-NLS-1$
  private static final Map<String, String> EXTENSIONS = Map.ofEntries(Map.entry("text/plain", "txt"), Map.entry("text/html", "html"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("text/calendar", "ics"), Map.entry("text/x-patch", "patch"), Map.entry("text/x-diff", "diff"), Map.entry("text/csv", "csv"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("text/vcard", "vcf"), Map.entry("image/png", "png"), Map.entry("image/jpeg", "jpg"), Map.entry("image/gif", "gif"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      Map.entry("image/webp", "webp"), Map.entry("image/svg+xml", "svg"), Map.entry("application/pdf", "pdf"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("application/zip", "zip"), Map.entry("application/json", "json"), Map.entry("application/xml", "xml"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("application/pgp-signature", "asc"), Map.entry("application/pkcs7-signature", "p7s"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Map.entry("application/x-pkcs7-signature", "p7s"), Map.entry("message/rfc822", "eml"), Map.entry("message/delivery-status", "txt"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
      Map.entry("text/rfc822-headers", "txt")); //$NON-NLS-1$ //$NON-NLS-2$

  private FileNames() {}

  /** @param name decoded; @param otherwise used where nothing is left of the name */
  static String safe(String name, String otherwise) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String clean = FORBIDDEN.matcher(Characters.clean(last)).replaceAll("_"); //$NON-NLS-1$
    clean = trimmed(shortened(trimmed(clean)));
    if (clean.isEmpty()) {
      return otherwise;
    }
    return clean.startsWith(".") || RESERVED.matcher(clean).matches() ? "_" + clean : clean; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** A name for a part that has none. */
  static String madeUp(String stem, String mediaType) {
    return stem + '.' + EXTENSIONS.getOrDefault(mediaType, "bin"); //$NON-NLS-1$
  }

  private static String trimmed(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return name.substring(0, end).strip();
  }

  private static String shortened(String name) {
    if (bytes(name) <= BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= EXTENSION ? name.substring(dot) : ""; //$NON-NLS-1$
    String stem = name.substring(0, Math.min(name.length() - extension.length(), BYTES));
    while (bytes(stem) + bytes(extension) > BYTES) {
      int last = stem.offsetByCodePoints(stem.length(), -1);
      stem = stem.substring(0, last);
    }
    return trimmed(stem) + extension;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Lower case, without the dot; empty where there is none. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT); //$NON-NLS-1$
  }
}
