/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.eclipse.core.expressions.PropertyTester;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;

/** What commands on folders are enabled by. */
public final class FolderTester extends PropertyTester {
  @Override
  public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
    return switch (receiver) {
      case Account account -> property.equals("creatable"); // on its server, or on this machine //$NON-NLS-1$
      case Folder folder -> test(folder, property);
      default -> false;
    };
  }

  private static boolean test(Folder folder, String property) {
    return switch (property) {
      case "creatable" -> FolderRules.canCreateIn(folder); //$NON-NLS-1$
      case "renamable" -> FolderRules.canRename(folder); //$NON-NLS-1$
      case "deletable" -> FolderRules.canDelete(folder); //$NON-NLS-1$
      case "subscribable" -> FolderRules.canSubscribe(folder, true); //$NON-NLS-1$
      case "unsubscribable" -> FolderRules.canSubscribe(folder, false); //$NON-NLS-1$
      case "mirrored" -> FolderRules.onServer(folder); //$NON-NLS-1$
      default -> false;
    };
  }
}
