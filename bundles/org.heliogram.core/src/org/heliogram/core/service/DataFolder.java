/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Where the user's mail lives: one place for product, IDE and scripts, outside any workspace. */
public final class DataFolder {
  /** System property that names another place, for tests and scripts. */
  public static final String PROPERTY = "heliogram.home"; //$NON-NLS-1$

  private DataFolder() {}

  /**
   * {@code heliogram.home}; else XDG_DATA_HOME/heliogram or ~/.local/share/heliogram on Linux (XDG Base Directory), Application Support
   * on macOS, LOCALAPPDATA on Windows. Not created.
   */
  public static Path locate() {
    String set = System.getProperty(PROPERTY);
    if (set != null && !set.isBlank()) {
      return Path.of(set).toAbsolutePath().normalize();
    }
    Path home = Path.of(System.getProperty("user.home")); //$NON-NLS-1$
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT); //$NON-NLS-1$ //$NON-NLS-2$
    if (os.startsWith("mac")) { //$NON-NLS-1$
      return home.resolve("Library/Application Support/Heliogram"); //$NON-NLS-1$
    }
    if (os.startsWith("windows")) { //$NON-NLS-1$
      return absolute("LOCALAPPDATA", home.resolve("AppData\\Local")).resolve("Heliogram"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    return absolute("XDG_DATA_HOME", home.resolve(".local/share")).resolve("heliogram"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /**
   * Creates a folder where there is none, with its parents. What is new can be entered by its owner only (on file systems that know
   * owners); what was there keeps its mode.
   */
  public static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean owners = parent != null && Files.getFileStore(parent).supportsFileAttributeView(PosixFileAttributeView.class);
    try {
      if (owners) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))); //$NON-NLS-1$
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static Path absolute(String variable, Path otherwise) {
    String value = System.getenv(variable);
    return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
  }
}
