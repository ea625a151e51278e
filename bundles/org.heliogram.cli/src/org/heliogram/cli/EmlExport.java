/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.MessageSummary;

/** One file for each message, in a folder, byte for byte as it was received. */
final class EmlExport implements Export {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd"); //$NON-NLS-1$
  private static final int LONGEST_SUBJECT = 100; // octets, so that the whole name is far from any limit
  private final Path folder;

  EmlExport(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  @Override
  public void add(MessageSummary message, Body body) throws IOException {
    Path part = folder.resolve("." + message.key() + ".part"); //$NON-NLS-1$ //$NON-NLS-2$
    try {
      try (InputStream in = body.open();
          OutputStream out = Files.newOutputStream(part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)
              .toArray(StandardOpenOption[]::new))) {
        in.transferTo(out);
      }
      place(part, name(message));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Under this name or, where that is taken, one with a number. */
  private void place(Path part, String name) throws IOException {
    for (int number = 1;; number++) {
      try {
        Files.move(part, folder.resolve(name + (number == 1 ? "" : " (" + number + ")") + ".eml")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        return;
      } catch (FileAlreadyExistsException e) {
        continue;
      }
    }
  }

  /** Begins with a date and ends with the key, so that no subject makes it a reserved, hidden or empty name. */
  static String name(MessageSummary message) {
    var subject = new StringBuilder();
    int octets = 0;
    for (int c : Output.plain(message.subject(), false).codePoints().toArray()) {
      boolean unsafe = c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0 || Character.getType(c) == Character.SURROGATE || Character.getType(c) == Character.FORMAT; //$NON-NLS-1$
      String kept = unsafe ? "_" : Character.toString(c); //$NON-NLS-1$
      octets += kept.getBytes(StandardCharsets.UTF_8).length;
      if (octets > LONGEST_SUBJECT) {
        break;
      }
      subject.append(kept);
    }
    return DAY.format(message.date().atZone(ZoneOffset.UTC)) + " " + (subject.toString().strip() + " ").stripLeading() + message.key(); //$NON-NLS-1$ //$NON-NLS-2$
  }

  @Override
  public void finish() {
    // each file was whole when it appeared
  }

  @Override
  public void close() {
    // nothing is open
  }
}
