/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;

/**
 * A folder as the user sees it: counts are those of the view, with queued operations applied.
 *
 * @param remoteName what the server calls it, byte for byte as decoded from the wire (modified UTF-7 kept raw); empty for a local folder
 * @param selectable whether it can hold messages (not \Noselect, not \NonExistent; RFC 3501 section 7.2.2)
 * @param total      messages in the view
 * @param unread     of these, without {@link Flag#SEEN}
 */
public record Folder(FolderKey key, AccountId account, FolderPath path, String remoteName, FolderRole role, Keeping keeping,
    boolean selectable, int total, int unread) {
  public Folder {
    Objects.requireNonNull(key);
    Objects.requireNonNull(account);
    Objects.requireNonNull(path);
    Objects.requireNonNull(remoteName);
    Objects.requireNonNull(role);
    Objects.requireNonNull(keeping);
  }
}
