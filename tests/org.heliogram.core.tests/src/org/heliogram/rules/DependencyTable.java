/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may depend on whom: the table of releng/ARCHITECTURE.md. A name ending in {@code .*} stands for a package and
 * everything below it; whatever is not in a bundle's row is forbidden to it.
 */
final class DependencyTable {
  /** A row: the packages and bundles that one bundle may name, and the packages it may show to others. */
  record Row(Set<String> mayUse, Set<String> mayExport) {
    static Row of(String mayUse) {
      return new Row(Set.of(mayUse.strip().split("\\s+")), Set.of());
    }

    Row exporting(String... packages) {
      return new Row(mayUse, Set.of(packages));
    }
  }

  /** {@code java.*} needs no permission, and this one bundle is everybody's (it is a plain jar in unit tests). */
  private static final String FOR_ALL = "org.eclipse.equinox.common";

  private static final String CORE = "org.heliogram.core.* ";

  static final Map<String, Row> ROWS = Map.ofEntries(
      entry("org.heliogram.core", Row.of(FOR_ALL).exporting("org.heliogram.core.model", "org.heliogram.core.op",
          "org.heliogram.core.store", "org.heliogram.core.backend", "org.heliogram.core.service")),
      entry("org.heliogram.sync", Row.of(CORE + "org.eclipse.core.jobs org.eclipse.osgi.util org.osgi.service.component.*").exporting("org.heliogram.sync")),
      entry("org.heliogram.store.derby", Row.of(CORE + """
          com.sun.management javax.crypto.* javax.management javax.naming.* javax.net.* javax.sql javax.transaction.xa
          javax.xml.* org.w3c.dom org.xml.sax
          """)),
      entry("org.heliogram.jakarta", Row.of(CORE + """
          jakarta.activation.* jakarta.mail.* org.eclipse.angus.mail.* javax.crypto.* javax.net.* javax.security.*
          """).exporting("org.heliogram.jakarta")),
      entry("org.heliogram.mime", Row.of(CORE + "org.apache.james.mime4j.* org.jsoup.* com.ibm.icu.*").exporting("org.heliogram.mime")),
      entry("org.heliogram.imap", Row.of(CORE + "org.heliogram.jakarta javax.crypto.*")),
      entry("org.heliogram.pop3", Row.of(CORE + "org.heliogram.jakarta")),
      entry("org.heliogram.smtp", Row.of(CORE + "org.heliogram.jakarta")),
      entry("org.heliogram.demo", Row.of(CORE)),
      entry("org.heliogram.credentials", Row.of(CORE + """
          javax.crypto.* org.eclipse.equinox.security.* org.eclipse.equinox.registry
          """)),
      entry("org.heliogram.ui", Row.of(CORE + """
          org.heliogram.mime org.eclipse.core.expressions org.eclipse.core.jobs org.eclipse.core.runtime
          org.eclipse.jface.* org.eclipse.swt.* org.eclipse.ui.* org.osgi.service.event
          """)),
      entry("org.heliogram.app", Row.of("""
          org.heliogram.ui org.heliogram.core.service org.eclipse.core.runtime org.eclipse.ui
          """)),
      entry("org.heliogram.cli", Row.of(CORE + """
          org.eclipse.equinox.app org.eclipse.osgi.util org.osgi.framework org.osgi.util.tracker
          """)));

  private DependencyTable() {
  }

  /** What a bundle does that its row does not allow, a sentence each; empty if all is well. */
  static List<String> violations(BundleManifest bundle) {
    Row row = ROWS.get(bundle.name());
    if (row == null) {
      return List.of(bundle.name() + " has no row in the dependency table");
    }
    List<String> found = new ArrayList<>();
    bundle.imports().keySet().stream().filter(name -> !allowed(name, row))
        .forEach(name -> found.add(bundle.name() + " may not import " + name));
    bundle.requires().keySet().stream().filter(name -> !allowed(name, row))
        .forEach(name -> found.add(bundle.name() + " may not require " + name));
    bundle.exports().forEach((name, parameters) -> {
      if (!row.mayExport().contains(name)) {
        found.add(bundle.name() + " may not export " + name);
      } else if (!bundle.name().equals("org.heliogram.core") && !parameters.contains("x-friends:=")) {
        found.add(bundle.name() + " must name the friends it exports " + name + " to");
      }
    });
    return found;
  }

  private static boolean allowed(String name, Row row) {
    return name.equals(FOR_ALL) || row.mayUse().stream().anyMatch(pattern -> matches(name, pattern));
  }

  private static boolean matches(String name, String pattern) {
    if (!pattern.endsWith(".*")) {
      return name.equals(pattern);
    }
    String stem = pattern.substring(0, pattern.length() - 2);
    return name.equals(stem) || name.startsWith(stem + ".");
  }
}
