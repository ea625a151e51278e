/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;

/** What may be done with folders: what makes sense at all, and what the server lets the user do. Any thread. */
public final class FolderRules {
  private FolderRules() {}

  static boolean canCreateIn(Folder parent) {
    return parent.allows(Right.CREATE_FOLDERS);
  }

  /** Also whether it can be put elsewhere. */
  static boolean canRename(Folder folder) {
    return folder.changeable() && folder.allows(Right.DELETE_FOLDER);
  }

  static boolean canDelete(Folder folder) {
    return canRename(folder);
  }

  static boolean canSubscribe(Folder folder, boolean subscribed) {
    return onServer(folder) && folder.role() != FolderRole.INBOX && folder.subscribed() != subscribed;
  }

  static boolean onServer(Folder folder) {
    return folder.keeping() == Keeping.MIRRORED;
  }

  /** Whether messages can be moved out of a folder or deleted in it. */
  public static boolean canRemoveFrom(Folder folder) {
    return folder.allows(Right.DELETE_MESSAGES) && folder.allows(Right.EXPUNGE);
  }

  /** Whether messages can be put into a folder. */
  public static boolean canPutInto(Folder folder) {
    return folder.selectable() && folder.allows(Right.INSERT);
  }

  /** Where a folder would be with another parent; empty if it makes no sense. @param parent empty at the top */
  static Optional<FolderPath> moved(Folder folder, Optional<Folder> parent, List<Folder> siblings) {
    if (!canRename(folder) || folder.role() != FolderRole.NONE
        || parent.isPresent() && (!parent.get().account().equals(folder.account()) || !canCreateIn(parent.get()) || parent.get().path().within(folder.path()))) {
      return Optional.empty();
    }
    FolderPath to = parent.map(Folder::path).map(path -> path.child(folder.path().name())).orElse(FolderPath.of(folder.path().name()));
    return to.equals(folder.path()) || siblings.stream().anyMatch(other -> other.path().equals(to)) ? Optional.empty() : Optional.of(to);
  }

  /** What is wrong with a name; null if nothing: as an input dialog asks. @param taken folders of the account @param parent empty at the top */
  static String problem(String typed, Optional<FolderPath> parent, List<Folder> taken, Optional<Folder> renamed) {
    String name = typed.strip();
    if (name.isEmpty()) {
      return ""; // nothing to say yet, but it cannot go on //$NON-NLS-1$
    }
    if (name.chars().anyMatch(Character::isISOControl) || name.contains("/")) { //$NON-NLS-1$
      return Messages.Name_wrong;
    }
    FolderPath path = parent.map(up -> up.child(name)).orElse(FolderPath.of(name));
    boolean clash = taken.stream().filter(other -> renamed.filter(same -> same.key().equals(other.key())).isEmpty())
        .anyMatch(other -> fold(other.path()).equals(fold(path)));
    return clash ? NLS.bind(Messages.Name_taken, name) : null;
  }

  private static String fold(FolderPath path) {
    return path.text().toLowerCase(Locale.ROOT);
  }

  /** What the server does not let the user do with a folder, as a sentence; empty if nothing is missing. */
  public static String missing(Folder folder) {
    var lacks = new StringJoiner(", "); //$NON-NLS-1$
    lack(lacks, !folder.allows(Right.INSERT), Messages.Lack_insert);
    lack(lacks, !canRemoveFrom(folder), Messages.Lack_remove);
    lack(lacks, !folder.allows(Right.KEEP_SEEN) || !folder.allows(Right.WRITE_FLAGS), Messages.Lack_mark);
    lack(lacks, !folder.allows(Right.DELETE_FOLDER), Messages.Lack_folder);
    lack(lacks, !folder.allows(Right.CREATE_FOLDERS), Messages.Lack_create);
    return lacks.length() == 0 ? "" : NLS.bind(Messages.Lack_sentence, lacks); //$NON-NLS-1$
  }

  private static void lack(StringJoiner lacks, boolean missing, String what) {
    if (missing) {
      lacks.add(what);
    }
  }
}
