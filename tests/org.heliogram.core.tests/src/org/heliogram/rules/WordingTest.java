/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordingTest {
  @TempDir
  private Path folder;

  private Path bundle;

  @BeforeEach
  void makeFlawlessBundle() throws IOException {
    bundle = folder.resolve("sample");
    write("META-INF/MANIFEST.MF", "Bundle-Name: %Bundle-Name\n");
    write("plugin.xml", "<view name=\"%view.name\"/>\n");
    write("OSGI-INF/l10n/bundle.properties", "Bundle-Name=Sample\nview.name=Messages\n");
    write("OSGI-INF/l10n/bundle_de.properties", "Bundle-Name=Muster\nview.name=Nachrichten\n");
    write("src/Messages.java", "public static String Sync_done;\npublic static String Sync_failed;\n");
    write("src/Sync.java", "Messages.Sync_done + Messages.Sync_failed");
    write("src/messages.properties", "Sync_done=Done.\nSync_failed={0} didn''t answer.\n");
    write("src/messages_de.properties", "Sync_done=Fertig.\nSync_failed={0} antwortet nicht.\n");
  }

  @Test
  void everyBundleOfTheProjectIsWorded() {
    List<Path> bundles = ProjectFiles.bundles(ProjectFiles.root().resolve("bundles"));

    assertTrue(bundles.size() > 10, bundles::toString);
    assertEquals(List.of(), bundles.stream().flatMap(each -> Wording.violations(each).stream()).toList());
  }

  @Test
  void flawlessBundlePasses() {
    assertEquals(List.of(), Wording.violations(bundle));
  }

  @Test
  void missingTwinIsNamed() throws IOException {
    Files.delete(bundle.resolve("src/messages_de.properties"));

    assertEquals(List.of("sample/src/messages.properties: no German words"), Wording.violations(bundle));
  }

  @Test
  void missingKeysAreNamedOnBothSides() throws IOException {
    write("src/messages_de.properties", "Sync_done=Fertig.\nSync_off=Aus\n");

    assertEquals(List.of("sample/src/messages_de.properties: no words for Sync_failed",
        "sample/src/messages.properties: no words for Sync_off"), Wording.violations(bundle));
  }

  @Test
  void unusedKeyIsNamed() throws IOException {
    write("src/Sync.java", "Messages.Sync_done + Messages.Sync_failedTwice");

    assertEquals(List.of("sample/src/messages.properties: nobody uses Sync_failed"), Wording.violations(bundle));
  }

  @Test
  void publicFieldsAndKeysMustAgree() throws IOException {
    write("src/Messages.java", "public static String Sync_done;\npublic static String Sync_late;\nstatic String Sync_failed;\n");

    assertEquals(List.of("sample/src/messages.properties: no public field in Messages.java for Sync_failed",
        "sample/src/messages.properties: no words for the field Sync_late"), Wording.violations(bundle));
  }

  @Test
  void wordsForPluginXmlMustBeThereAndUsed() throws IOException {
    write("plugin.xml", "<view name=\"%view.title\"/>\n");

    assertEquals(List.of("sample/OSGI-INF/l10n/bundle.properties: no words for %view.title",
        "sample/OSGI-INF/l10n/bundle.properties: nobody uses view.name"), Wording.violations(bundle));
  }

  @Test
  void lettersBeyondAsciiAndLoneQuotesAreNamed() throws IOException {
    write("src/messages_de.properties", "Sync_done=Schlu\u00DF.\nSync_failed=''{0}' fehlt.\n");

    assertEquals(List.of("sample/src/messages_de.properties: letters beyond ASCII must be written as \\u escapes",
        "sample/src/messages_de.properties: a single ' hides the placeholders after it in Sync_failed"),
        Wording.violations(bundle));
  }

  @Test
  void placeholdersMustAgree() throws IOException {
    write("src/messages_de.properties", "Sync_done=Fertig.\nSync_failed={1} antwortet nicht.\n");

    assertEquals(List.of("sample/src/messages_de.properties: other placeholders in Sync_failed"),
        Wording.violations(bundle));
  }

  private void write(String path, String text) throws IOException {
    Path file = bundle.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
