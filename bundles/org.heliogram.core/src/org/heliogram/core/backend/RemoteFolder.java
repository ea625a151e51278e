/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;

/**
 * A folder as a server names it.
 *
 * @param name       what the server calls it, raw (modified UTF-7 for IMAP); unique in the account; for a local folder any stable name
 * @param path       the same, decoded and split at the server's delimiter
 * @param role       what the server says it is for, else what its name says; the user's own choice is not known here
 * @param selectable whether it can be opened
 * @param subscribed whether the user subscribed to it; true where the server knows no such thing
 * @param rights     what the user may do with it; empty where the server was not asked: then the store keeps what it knows
 * @param mailboxId  the name's lasting counterpart (MAILBOXID, RFC 8474), where the server has one
 */
public record RemoteFolder(String name, FolderPath path, FolderRole role, Keeping keeping, boolean selectable, boolean subscribed,
    Optional<Set<Right>> rights, Optional<String> mailboxId) {
  /** Subscribed, and nothing known of rights and of a lasting id. */
  public RemoteFolder(String name, FolderPath path, FolderRole role, Keeping keeping, boolean selectable) {
    this(name, path, role, keeping, selectable, true, Optional.empty(), Optional.empty());
  }

  public RemoteFolder {
    Objects.requireNonNull(path);
    Objects.requireNonNull(role);
    Objects.requireNonNull(keeping);
    Objects.requireNonNull(mailboxId);
    rights = rights.map(Set::copyOf);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("folder without a name"); //$NON-NLS-1$
    }
  }

  /** The same under another name. */
  public RemoteFolder renamed(String newName, FolderPath newPath) {
    return new RemoteFolder(newName, newPath, role, keeping, selectable, subscribed, rights, mailboxId);
  }

  public RemoteFolder withSubscribed(boolean now) {
    return new RemoteFolder(name, path, role, keeping, selectable, now, rights, mailboxId);
  }

  public RemoteFolder withRights(Optional<Set<Right>> now) {
    return new RemoteFolder(name, path, role, keeping, selectable, subscribed, now, mailboxId);
  }
}
