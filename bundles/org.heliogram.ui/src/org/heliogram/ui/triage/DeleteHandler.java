/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.dialogs.MessageDialogWithToggle;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.filing.Filing;
import org.heliogram.ui.messages.MessageSelection;

/**
 * Deletes as the account's options say: moves to the trash, marks as deleted, or deletes for good. In the trash, or with {@code
 * DeleteHandler:forever}, it deletes for good after asking, until the user asks not to be asked.
 */
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
    if (forever) {
      forGood(selection, triage, window);
    } else if (triage.knowsFolders(selection)) { // in the first moment after the start nothing is known: not to be taken for an account without a trash
      switch (triage.deletion(selection)) {
        case MARK -> triage.flag(selection, FlagChange.set(Flag.DELETED), Messages.Delete_label);
        case FOR_GOOD -> forGood(selection, triage, window);
        case TO_TRASH -> toTrash(selection, triage, window);
      }
    }
  }

  private static void toTrash(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    var trash = triage.trashFor(selection);
    if (trash.isPresent()) {
      triage.move(selection, trash.get().key(), Messages.Delete_label);
    } else if (triage.isTrash(selection) || !triage.canMakeTrash(selection)) {
      forGood(selection, triage, window);
    } else {
      offerTrash(selection, triage, window);
    }
  }

  private static void forGood(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    if (confirmed(selection, window)) {
      triage.deleteForever(selection, Messages.Delete_forever);
    }
  }

  /** The account has no trash yet. */
  private static void offerTrash(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    int answer = new MessageDialog(window.getShell(), Messages.NoTrash_title, null, Messages.NoTrash_question, MessageDialog.QUESTION, 0,
        Messages.NoTrash_make, Messages.NoTrash_forGood, Messages.NoTrash_cancel).open();
    if (answer == 0) {
      var made = new Filing(window).create(selection.account(), FolderPath.of(FolderNames.role(FolderRole.TRASH)), FolderRole.TRASH);
      if (made.isPresent()) {
        triage.move(selection, made.get(), Messages.Delete_label);
      }
    } else if (answer == 1) {
      forGood(selection, triage, window);
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
