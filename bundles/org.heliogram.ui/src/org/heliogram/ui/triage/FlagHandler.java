/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.IWorkbenchWindow;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.ui.messages.MessageSelection;

/** Marks messages: {@code FlagHandler:read}, {@code :unread}, {@code :star}, {@code :unstar}, {@code :toggleStar}, {@code :undelete} in the plugin.xml. */
public final class FlagHandler extends MessageHandler implements IExecutableExtension {
  private String mark;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    mark = String.valueOf(data);
  }

  @Override
  void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    switch (mark) {
      case "read" -> triage.flag(selection, FlagChange.set(Flag.SEEN), Messages.Mark_read); //$NON-NLS-1$
      case "unread" -> triage.flag(selection, FlagChange.clear(Flag.SEEN), Messages.Mark_unread); //$NON-NLS-1$
      case "undelete" -> triage.flag(selection, FlagChange.clear(Flag.DELETED), Messages.Undelete_label); //$NON-NLS-1$
      case "star" -> star(selection, triage, true); //$NON-NLS-1$
      case "unstar" -> star(selection, triage, false); //$NON-NLS-1$
      case "toggleStar" -> star(selection, triage, selection.summaries().stream().anyMatch(row -> !row.flags().has(Flag.FLAGGED))); //$NON-NLS-1$
      default -> throw new ExecutionException("no mark " + mark); //$NON-NLS-1$
    }
  }

  private static void star(MessageSelection selection, Triage triage, boolean set) throws ExecutionException {
    if (set) {
      triage.flag(selection, FlagChange.set(Flag.FLAGGED), Messages.Mark_star);
    } else {
      triage.flag(selection, FlagChange.clear(Flag.FLAGGED), Messages.Mark_unstar);
    }
  }
}
