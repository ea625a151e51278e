/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbenchWindow;
import org.heliogram.core.model.FolderRole;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;

/** Moves or copies to a folder chosen in a dialog ({@code :move}, {@code :copy}), or moves to the archive ({@code :archive}). */
public final class TransferHandler extends MessageHandler implements IExecutableExtension {
  private String kind;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    kind = String.valueOf(data);
  }

  @Override
  void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    var directory = window.getService(FolderDirectory.class);
    if ("archive".equals(kind)) { //$NON-NLS-1$
      var archive = directory.folder(selection.account(), FolderRole.ARCHIVE);
      if (archive.isPresent()) {
        triage.put(selection, archive.get(), true, Messages.Archive_label);
        return;
      }
    }
    boolean copying = "copy".equals(kind); //$NON-NLS-1$
    var targets = directory.targetsFrom(selection.account()).stream().filter(f -> copying || !f.key().equals(selection.folder())).toList();
    var recent = new RecentFolders(InstanceScope.INSTANCE.getNode("org.heliogram.ui")); //$NON-NLS-1$
    var dialog = new FolderDialog(window.getShell(), copying ? Messages.Copy_title : Messages.Move_title, directory, selection.account(), targets,
        recent.keys());
    if (dialog.open() == Window.OK) {
      recent.used(dialog.folder().key());
      triage.put(selection, dialog.folder(), !copying);
    }
  }
}
