/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;

/** Opens the properties of the selected account. */
public final class AccountPropertiesHandler extends AbstractHandler {
  static final String FIRST_PAGE = "org.heliogram.ui.accountGeneral"; //$NON-NLS-1$

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    Account account = AccountSelection.of(event).orElseThrow(() -> new ExecutionException("no account selected")); //$NON-NLS-1$
    PreferencesUtil.createPropertyDialogOn(HandlerUtil.getActiveShellChecked(event), account, FIRST_PAGE, null, null, 0).open();
    return null;
  }
}
