/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** What a bundle's MANIFEST.MF says about others: each map is name to parameters ({@code ;...}, perhaps empty). */
record BundleManifest(String name, Map<String, String> imports, Map<String, String> requires,
    Map<String, String> exports) {
  static BundleManifest at(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static BundleManifest read(InputStream in) throws IOException {
    Attributes main = new Manifest(in).getMainAttributes();
    return new BundleManifest(clauses(main.getValue("Bundle-SymbolicName")).keySet().iterator().next(),
        clauses(main.getValue("Import-Package")), clauses(main.getValue("Require-Bundle")),
        clauses(main.getValue("Export-Package")));
  }

  /** Splits a header at its commas, but not at those within quotes. */
  private static Map<String, String> clauses(String header) {
    Map<String, String> clauses = new TreeMap<>();
    if (header != null) {
      for (String clause : header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
        String name = clause.strip().split(";", 2)[0].strip();
        clauses.put(name, clause.strip().substring(name.length()));
      }
    }
    return clauses;
  }
}
