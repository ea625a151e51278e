/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.mime.Attachment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentFilesTest {
  @TempDir
  private Path folder;

  private record Given(String fileName, String mediaType, String content) implements Attachment {
    @Override
    public String part() {
      return "2";
    }

    @Override
    public long sizeInBytes() {
      return content.length();
    }

    @Override
    public boolean inline() {
      return false;
    }

    @Override
    public boolean present() {
      return true;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Attachment named(String name) {
    return new Given(name, "text/plain", "content");
  }

  private static SubMonitor monitor() {
    return SubMonitor.convert(new NullProgressMonitor());
  }

  @Test
  void savingNeverGoesOverAnotherFile() throws IOException {
    Files.writeString(folder.resolve("report.pdf"), "mine");
    Files.writeString(folder.resolve("report (2).pdf"), "mine too");

    Path saved = AttachmentFiles.saveInto(folder, named("report.pdf"), monitor());

    assertEquals("report (3).pdf", saved.getFileName().toString());
    assertEquals("mine", Files.readString(folder.resolve("report.pdf")));
    assertEquals("content", Files.readString(saved));
  }

  @Test
  void namesThatLeadOutOfTheFolderAreRefused() {
    assertThrows(IOException.class, () -> AttachmentFiles.saveInto(folder, named("../escape.txt"), monitor()));
    assertFalse(Files.exists(folder.resolveSibling("escape.txt")));
  }

  @Test
  void aCancelledSaveLeavesNoHalfFile() {
    SubMonitor monitor = monitor();
    monitor.setCanceled(true);

    assertThrows(OperationCanceledException.class, () -> AttachmentFiles.saveInto(folder, named("a.txt"), monitor));

    assertFalse(Files.exists(folder.resolve("a.txt")));
  }

  @ParameterizedTest
  @CsvSource({"invoice.pdf.exe, application/pdf, true", "run.SH, text/plain, true", "a.desktop, text/plain, true",
      "tool, application/x-msdownload, true", "page.html, text/html, true", "photo.jpg, image/jpeg, false",
      "notes.txt, text/plain, false", "report.pdf, application/pdf, false", "noending, text/plain, false"})
  void programsAreKnownByNameOrType(String name, String type, boolean program) {
    assertEquals(program, AttachmentFiles.mayRun(new Given(name, type, "")));
  }
}
