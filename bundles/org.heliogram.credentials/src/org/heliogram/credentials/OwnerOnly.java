/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner can read. Where the file system has no such modes, the folder's own protection must do. */
final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------"); //$NON-NLS-1$

  private OwnerOnly() {}

  /** Born with its mode: never readable by others, not even for a moment. */
  static void create(Path file) throws IOException {
    Files.createFile(file, attributes(file.getParent()));
  }

  /** Opens for writing, creates if need be. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes(file.getParent()));
  }

  /** Takes away what others may do with the file, and says so in the log. */
  static void tighten(Path file) throws IOException {
    if (!posix(file) || FILE.containsAll(Files.getPosixFilePermissions(file))) {
      return;
    }
    Files.setPosixFilePermissions(file, FILE);
    System.getLogger(OwnerOnly.class.getName()).log(Level.WARNING, file.getFileName() + " was open to other users; it no longer is"); //$NON-NLS-1$
  }

  /** Makes a rename durable, where a folder can be opened. */
  static void forceFolder(Path folder) throws IOException {
    if (posix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path where) throws IOException {
    return posix(where) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)} : new FileAttribute<?>[0];
  }

  private static boolean posix(Path existing) throws IOException {
    return Files.getFileStore(existing).supportsFileAttributeView("posix"); //$NON-NLS-1$
  }
}
