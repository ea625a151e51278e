/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.preference.IPreferenceNode;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.viewers.ViewerComparator;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;

/** Opens the properties of the selected account, the most general page first: the platform's own command sorts pages by name. */
public final class AccountPropertiesHandler extends AbstractHandler {
  static final String FIRST_PAGE = "org.heliogram.ui.accountGeneral"; //$NON-NLS-1$
  private static final List<String> ORDER = List.of(FIRST_PAGE, "org.heliogram.ui.accountServer", "org.heliogram.ui.accountMaildrop", //$NON-NLS-1$ //$NON-NLS-2$
      "org.heliogram.ui.accountSchedule", "org.heliogram.ui.accountSending", "org.heliogram.ui.accountDeleting", "org.heliogram.ui.accountKeeping"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    Account account = AccountSelection.of(event).orElseThrow(() -> new ExecutionException("no account selected")); //$NON-NLS-1$
    dialog(HandlerUtil.getActiveShellChecked(event), account, FIRST_PAGE).open();
    return null;
  }

  static PreferenceDialog dialog(Shell shell, Account account, String page) {
    PreferenceDialog dialog = PreferencesUtil.createPropertyDialogOn(shell, account, page, null, null, 0);
    if (dialog.getShell() == null) {
      dialog.create();
    }
    dialog.getTreeViewer().setComparator(new ViewerComparator() {
      @Override
      public int category(Object element) {
        int at = element instanceof IPreferenceNode node ? ORDER.indexOf(node.getId()) : -1;
        return at < 0 ? ORDER.size() : at; // pages of others come last
      }
    });
    return dialog;
  }
}
