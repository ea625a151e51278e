/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.List;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;

/** What folders are called on screen: special folders in the user's language, others as on the server. */
public final class FolderNames {
  private static final String SEPARATOR = " \u203a "; //$NON-NLS-1$

  private FolderNames() {
  }

  /** The folder's own name, without its parents. */
  public static String name(Folder folder) {
    return below(folder, folder.path().segments().size() - 1);
  }

  /** The name with its parents. */
  public static String path(Folder folder) {
    return below(folder, 0);
  }

  /** The name as seen from a parent with so many segments. */
  public static String below(Folder folder, int parentSegments) {
    if (folder.role() != FolderRole.NONE) {
      return role(folder.role());
    }
    List<String> segments = folder.path().segments();
    return String.join(SEPARATOR, segments.subList(Math.min(parentSegments, segments.size() - 1), segments.size()));
  }

  public static String role(FolderRole role) {
    return switch (role) {
      case INBOX -> Messages.Role_inbox;
      case DRAFTS -> Messages.Role_drafts;
      case SENT -> Messages.Role_sent;
      case ARCHIVE -> Messages.Role_archive;
      case JUNK -> Messages.Role_junk;
      case TRASH -> Messages.Role_trash;
      case ALL -> Messages.Role_all;
      case FLAGGED -> Messages.Role_flagged;
      case NONE -> ""; //$NON-NLS-1$
    };
  }
}
