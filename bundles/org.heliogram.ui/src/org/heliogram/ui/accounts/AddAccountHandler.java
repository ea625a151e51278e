/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.ui.MailServices;

/** Opens the wizard. */
public final class AddAccountHandler extends AbstractHandler {
  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    MailServices services = MailServices.of(HandlerUtil.getActiveWorkbenchWindowChecked(event));
    new WizardDialog(HandlerUtil.getActiveShellChecked(event), new AddAccountWizard(services)).open();
    return null;
  }
}
