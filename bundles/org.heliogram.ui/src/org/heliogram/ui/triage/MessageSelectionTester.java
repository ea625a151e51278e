/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.expressions.PropertyTester;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.filing.FolderRules;
import org.heliogram.ui.messages.MessageSelection;

/** Says what the message selection is like, for the enablement of commands. Looks at loaded rows only, so it is quick at any size. */
public final class MessageSelectionTester extends PropertyTester {
  @Override
  public boolean test(Object receiver, String property, Object[] args, Object expected) {
    return receiver instanceof MessageSelection selection && !selection.isEmpty() && switch (property) {
      case "messages" -> true; //$NON-NLS-1$
      case "removable" -> removable(selection); //$NON-NLS-1$
      case "single" -> selection.keys().size() == 1; //$NON-NLS-1$
      case "unread" -> any(selection, Flag.SEEN, false); //$NON-NLS-1$
      case "read" -> any(selection, Flag.SEEN, true); //$NON-NLS-1$
      case "starred" -> any(selection, Flag.FLAGGED, true); //$NON-NLS-1$
      case "deleted" -> any(selection, Flag.DELETED, true); //$NON-NLS-1$
      case "unstarred" -> any(selection, Flag.FLAGGED, false); //$NON-NLS-1$
      default -> false;
    };
  }

  /** Until the folders have been read nothing is known to be missing. */
  private static boolean removable(MessageSelection selection) {
    var folders = PlatformUI.getWorkbench().getService(FolderDirectory.class);
    return folders.folder(selection.folder()).map(FolderRules::canRemoveFrom).orElse(true);
  }

  private static boolean any(MessageSelection selection, Flag flag, boolean set) {
    var loaded = selection.summaries();
    return loaded.size() < selection.keys().size() || loaded.stream().map(MessageSummary::flags).anyMatch(f -> f.has(flag) == set);
  }
}
