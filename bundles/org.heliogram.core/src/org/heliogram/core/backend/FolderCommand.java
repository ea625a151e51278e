/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;

/** One command on a folder itself. Each is safe to repeat: what is already as wanted is left as it is. */
public sealed interface FolderCommand {
  /** @param parent the folder it is to be in, as the server names it; empty at the top, which is wherever the server wants the user's folders */
  record Create(Optional<RemoteFolder> parent, FolderPath path, FolderRole role) implements FolderCommand {
    public Create {
      Objects.requireNonNull(parent);
      Objects.requireNonNull(path);
      Objects.requireNonNull(role);
    }
  }

  /** The folders in it go with it. @param parent the folder it is to be in; empty at the top */
  record Rename(RemoteFolder folder, Optional<RemoteFolder> parent, FolderPath to) implements FolderCommand {
    public Rename {
      Objects.requireNonNull(folder);
      Objects.requireNonNull(parent);
      Objects.requireNonNull(to);
    }
  }

  /** With its messages; never the inbox, never a folder in it. */
  record Delete(RemoteFolder folder) implements FolderCommand {
    public Delete {
      Objects.requireNonNull(folder);
    }
  }

  record Subscribe(RemoteFolder folder, boolean subscribed) implements FolderCommand {
    public Subscribe {
      Objects.requireNonNull(folder);
    }
  }
}
