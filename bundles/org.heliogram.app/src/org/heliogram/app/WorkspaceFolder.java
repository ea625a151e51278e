/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Where the program keeps its window layout and preferences; the mail itself lies in the store, not here. */
final class WorkspaceFolder {
  private WorkspaceFolder() {
  }

  static Path ofThisProcess() {
    return of(System.getProperties(), System.getenv());
  }

  /**
   * The folder for these settings: under {@code heliogram.home} if that is set, else at the place the
   * operating system has for a user's data (XDG base directories on Linux).
   */
  static Path of(Properties properties, Map<String, String> environment) {
    String home = properties.getProperty("heliogram.home"); //$NON-NLS-1$
    if (home != null && !home.isBlank()) {
      return Path.of(home, "workspace").toAbsolutePath(); //$NON-NLS-1$
    }
    String user = properties.getProperty("user.home"); //$NON-NLS-1$
    String system = properties.getProperty("os.name", ""); //$NON-NLS-1$ //$NON-NLS-2$
    if (system.startsWith("Windows")) { //$NON-NLS-1$
      String local = environment.get("LOCALAPPDATA"); //$NON-NLS-1$
      Path data = local == null || local.isBlank() ? Path.of(user, "AppData", "Local") : Path.of(local); //$NON-NLS-1$ //$NON-NLS-2$
      return data.resolve(Path.of("Heliogram", "workspace")); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (system.startsWith("Mac")) { //$NON-NLS-1$
      return Path.of(user, "Library", "Application Support", "Heliogram", "workspace"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    }
    String xdg = environment.get("XDG_DATA_HOME"); //$NON-NLS-1$
    boolean usable = xdg != null && xdg.startsWith("/"); // the XDG specification: relative paths are to be ignored //$NON-NLS-1$
    Path data = usable ? Path.of(xdg) : Path.of(user, ".local", "share"); //$NON-NLS-1$ //$NON-NLS-2$
    return data.resolve(Path.of("heliogram", "workspace")); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
