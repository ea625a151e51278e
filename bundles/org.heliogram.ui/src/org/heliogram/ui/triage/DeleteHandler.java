/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.dialogs.MessageDialogWithToggle;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.heliogram.ui.messages.MessageSelection;

/** Moves to the trash; in the trash, or with {@code DeleteHandler:forever}, deletes for good after asking, until the user asks not to be asked. */
public final class DeleteHandler extends MessageHandler implements IExecutableExtension {
  /** Preference: whether deleting for good no longer asks; "always" or "prompt". */
  static final String PREFERENCE = "deleteForever"; //$NON-NLS-1$
  private boolean forever;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    forever = "forever".equals(data); //$NON-NLS-1$
  }

  @Override
  void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    if (!forever && !triage.knowsFolders(selection)) {
      return; // the first moment after the start: not to be taken for an account without a trash
    }
    var trash = triage.trashFor(selection);
    if (!forever && trash.isPresent()) {
      triage.move(selection, trash.get().key(), Messages.Delete_label);
    } else if (confirmed(selection, window)) {
      triage.deleteForever(selection, Messages.Delete_forever);
    }
  }

  private static boolean confirmed(MessageSelection selection, IWorkbenchWindow window) {
    IPreferenceStore preferences = new ScopedPreferenceStore(InstanceScope.INSTANCE, "org.heliogram.ui"); //$NON-NLS-1$
    if (MessageDialogWithToggle.ALWAYS.equals(preferences.getString(PREFERENCE))) {
      return true;
    }
    int count = selection.keys().size();
    String question = count == 1 ? Messages.Delete_one : NLS.bind(Messages.Delete_many, count);
    var dialog = MessageDialogWithToggle.open(MessageDialog.CONFIRM, window.getShell(), Messages.Delete_title, question,
        Messages.Delete_dontAsk, false, preferences, PREFERENCE, SWT.SHEET);
    return dialog.getReturnCode() == IDialogConstants.OK_ID;
  }
}
