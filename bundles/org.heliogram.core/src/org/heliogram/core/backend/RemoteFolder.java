/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;

/**
 * A folder as a server names it.
 *
 * @param name       what the server calls it, raw (modified UTF-7 for IMAP); unique in the account; for a local folder any stable name
 * @param path       the same, decoded and split at the server's delimiter
 * @param selectable whether it can be opened
 */
public record RemoteFolder(String name, FolderPath path, FolderRole role, Keeping keeping, boolean selectable) {
  public RemoteFolder {
    Objects.requireNonNull(path);
    Objects.requireNonNull(role);
    Objects.requireNonNull(keeping);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("folder without a name"); //$NON-NLS-1$
    }
  }
}
