/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Optional;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;

/** Gets mail: {@code :account} for the account of the selection, {@code :all} for all, {@code :folder} looks at the selected folder first, {@code :stop} cancels. */
public final class FetchHandler extends AbstractHandler implements IExecutableExtension {
  private String what;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    what = String.valueOf(data);
  }

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    var service = window.getService(MailService.class);
    ISelection selection = HandlerUtil.getCurrentSelection(event);
    Optional<AccountId> account = accountOf(selection);
    switch (what) {
      case "stop" -> stop(service, window.getService(FolderDirectory.class), account); //$NON-NLS-1$
      case "account" -> account.ifPresentOrElse(service::refresh, service::refreshAll); //$NON-NLS-1$
      case "folder" -> refresh(service, selection, account); //$NON-NLS-1$
      default -> service.refreshAll();
    }
    return null;
  }

  private static void refresh(MailService service, ISelection selection, Optional<AccountId> account) {
    if (selection instanceof MessageSelection messages && messages.folder() != null) {
      service.refresh(messages.folder());
    } else if (selection instanceof IStructuredSelection one && one.getFirstElement() instanceof Folder folder) {
      service.refresh(folder.key());
    } else {
      account.ifPresentOrElse(service::refresh, service::refreshAll);
    }
  }

  private static void stop(MailService service, FolderDirectory directory, Optional<AccountId> account) {
    account.ifPresentOrElse(service::cancel, () -> directory.accounts().forEach(each -> service.cancel(each.id())));
  }

  /** The account a selection of accounts, folders or messages is about. */
  static Optional<AccountId> accountOf(ISelection selection) {
    if (selection instanceof MessageSelection messages) {
      return Optional.ofNullable(messages.account());
    }
    if (selection instanceof IStructuredSelection one) {
      if (one.getFirstElement() instanceof Account account) {
        return Optional.of(account.id());
      }
      if (one.getFirstElement() instanceof Folder folder) {
        return Optional.of(folder.account());
      }
    }
    return Optional.empty();
  }
}
