/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.Set;

/**
 * A folder as the user sees it: path, subscription and counts are those of the view, with queued operations applied.
 *
 * @param remoteName what the server calls it, byte for byte as decoded from the wire (modified UTF-7 kept raw); empty for a folder the
 *     server has not made yet
 * @param role       the user's choice, else what the server says, else what the name says
 * @param selectable whether it can hold messages (not \Noselect, not \NonExistent; RFC 3501 section 7.2.2)
 * @param subscribed whether the user's programs are to show it (RFC 3501 section 6.3.6)
 * @param rights     what the user may do with it; all where the server does not tell
 * @param pending    whether an operation on it waits for the server
 * @param total      messages in the view
 * @param unread     of these, without {@link Flag#SEEN}
 */
public record Folder(FolderKey key, AccountId account, FolderPath path, String remoteName, FolderRole role, Keeping keeping,
    boolean selectable, boolean subscribed, Set<Right> rights, boolean pending, int total, int unread) {
  /** What {@link #remoteName} of a folder begins with that the user made where no server keeps folders. */
  public static final String OWN = "own:"; //$NON-NLS-1$

  public Folder {
    Objects.requireNonNull(key);
    Objects.requireNonNull(account);
    Objects.requireNonNull(path);
    Objects.requireNonNull(remoteName);
    Objects.requireNonNull(role);
    Objects.requireNonNull(keeping);
    rights = Set.copyOf(rights);
  }

  /** Whether it can be renamed and deleted at all: not the inbox, nor what every account has whose server keeps no folders. */
  public boolean changeable() {
    return keeping == Keeping.MIRRORED ? role != FolderRole.INBOX : keeping == Keeping.LOCAL && remoteName.startsWith(OWN);
  }

  public boolean allows(Right right) {
    return rights.contains(right);
  }
}
