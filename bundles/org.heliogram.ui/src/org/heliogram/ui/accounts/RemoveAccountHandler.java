/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.MailServices;

/** Asks, spelling out what goes, and removes the selected account. */
public final class RemoveAccountHandler extends AbstractHandler {
  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    Account account = AccountSelection.of(event).orElseThrow(() -> new ExecutionException("no account selected")); //$NON-NLS-1$
    MailServices services = MailServices.of(window);
    try {
      if (confirmed(window.getShell(), count(window, services, account))) {
        new RemoveAccountJob(services, account).schedule();
      }
    } catch (InvocationTargetException e) {
      MessageDialog.openError(window.getShell(), Messages.Job_removeFailed, TroubleText.of(e.getCause(), account.label()));
    } catch (InterruptedException e) {
      return null; // the user did not want to wait for the counting: nothing is removed
    }
    return null;
  }

  private static Removal count(IWorkbenchWindow window, MailServices services, Account account)
      throws InvocationTargetException, InterruptedException {
    AtomicReference<Removal> counted = new AtomicReference<>();
    window.getWorkbench().getProgressService().busyCursorWhile(monitor -> {
      try {
        counted.set(services.store().read(reader -> Removal.of(account, reader)));
      } catch (StoreException e) {
        throw new InvocationTargetException(e);
      }
    });
    return counted.get();
  }

  /** Cancel is the default: a slip of the Enter key removes nothing. */
  private static boolean confirmed(Shell shell, Removal removal) {
    return new MessageDialog(shell, Messages.Removal_title, null,
        NLS.bind(Messages.Removal_question, removal.account().label()) + "\n\n" + removal.words(), MessageDialog.WARNING, 1, //$NON-NLS-1$
        Messages.Removal_remove, Messages.Removal_cancel).open() == 0;
  }
}
