/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DependencyTableTest {
  @Test
  void everyBundleKeepsToItsRow() {
    List<String> violations = manifests().stream().flatMap(bundle -> DependencyTable.violations(bundle).stream()).toList();

    assertEquals(List.of(), violations);
  }

  @Test
  void everyRowHasItsBundle() {
    Set<String> bundles = manifests().stream().map(BundleManifest::name).collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(DependencyTable.ROWS.keySet()), bundles);
  }

  @Test
  void forbiddenImportIsNamed() throws IOException {
    assertEquals(List.of("org.heliogram.ui may not import org.heliogram.jakarta"), violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.ui;singleton:=true
        Import-Package: org.heliogram.core.model;version="[1,2)",
         org.heliogram.jakarta
        """));
  }

  @Test
  void forbiddenRequirementIsNamed() throws IOException {
    assertEquals(List.of("org.heliogram.core may not require org.eclipse.core.jobs"), violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.core
        Require-Bundle: org.eclipse.equinox.common;bundle-version="[3.19,4)",
         org.eclipse.core.jobs
        """));
  }

  @Test
  void packageWithALikeNameIsNotBelow() throws IOException {
    assertEquals(List.of("org.heliogram.jakarta may not import jakarta.mailing"), violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.jakarta
        Import-Package: jakarta.mailing,jakarta.mail,jakarta.mail.internet
        """));
  }

  @Test
  void exportNeedsPermissionAndFriends() throws IOException {
    assertEquals(List.of("org.heliogram.demo may not export org.heliogram.demo"), violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.demo
        Export-Package: org.heliogram.demo;x-friends:="a,b"
        """));
    assertEquals(List.of("org.heliogram.mime must name the friends it exports org.heliogram.mime to"), violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.mime
        Export-Package: org.heliogram.mime
        """));
  }

  @Test
  void unknownBundleIsAViolation() throws IOException {
    assertTrue(violationsOf("""
        Manifest-Version: 1.0
        Bundle-SymbolicName: org.heliogram.helpers
        """).getFirst().contains("no row"));
  }

  private static List<BundleManifest> manifests() {
    return ProjectFiles.bundles(ProjectFiles.root().resolve("bundles")).stream()
        .map(bundle -> BundleManifest.at(bundle.resolve("META-INF/MANIFEST.MF"))).toList();
  }

  private static List<String> violationsOf(String manifest) throws IOException {
    return DependencyTable.violations(
        BundleManifest.read(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))));
  }
}
