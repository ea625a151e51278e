/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.heliogram.testing.server.DovecotServer;

/** What the server can do: the ways to move and to learn of changes differ by it. */
enum ServerKind {
  EVERYTHING("maildir", ""),
  NO_MOVE("maildir", "UIDPLUS CONDSTORE QRESYNC ESEARCH LIST-STATUS NOTIFY"),
  NO_UIDPLUS("mdbox", "CONDSTORE ESEARCH"),
  MULTI_DBOX("mdbox", ""),
  NO_QRESYNC("maildir", "UIDPLUS MOVE CONDSTORE"),
  BARE("sdbox", " ");

  private static final String COMMON = "IMAP4rev1 SASL-IR ID ENABLE IDLE NAMESPACE UNSELECT CHILDREN LIST-EXTENDED SPECIAL-USE LITERAL+ ";
  private final String format;
  private final String capabilities;

  ServerKind(String format, String capabilities) {
    this.format = format;
    this.capabilities = capabilities;
  }

  /** Whether what is deleted or moved by hand stays, marked. */
  boolean marks() {
    return !capabilities.isEmpty() && !capabilities.contains("UIDPLUS");
  }

  boolean maildir() {
    return format.equals("maildir");
  }

  DovecotServer start() {
    if (capabilities.isEmpty()) {
      return DovecotServer.start("MAIL=" + format, "RAWLOG=1");
    }
    try {
      Path extra = Files.createTempFile("dvt", ".conf", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      Files.writeString(extra, "imap_capability = " + COMMON + capabilities + "\n");
      Files.setPosixFilePermissions(extra, PosixFilePermissions.fromString("rw-r--r--"));
      extra.toFile().deleteOnExit();
      return DovecotServer.start("MAIL=" + format, "EXTRA=" + extra, "RAWLOG=1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
