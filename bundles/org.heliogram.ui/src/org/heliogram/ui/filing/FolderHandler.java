/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.text.NumberFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.dialogs.IInputValidator;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.ui.FolderNames;

/** Commands on the selected folder: {@code :create} (also on an account), {@code :rename}, {@code :delete}, {@code :subscribe}, {@code :unsubscribe}. */
public final class FolderHandler extends AbstractHandler implements IExecutableExtension {
  private String what;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    what = String.valueOf(data);
  }

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    var filing = new Filing(window);
    switch (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement()) {
      case Account account when what.equals("create") -> create(window, filing, account.id(), Optional.empty(), account.label(), event); //$NON-NLS-1$
      case Folder folder -> execute(window, filing, folder, event);
      case null, default -> { } // the selection has changed meanwhile
    }
    return null;
  }

  private void execute(IWorkbenchWindow window, Filing filing, Folder folder, ExecutionEvent event) throws ExecutionException {
    switch (what) {
      case "create" -> create(window, filing, folder.account(), Optional.of(folder.path()), FolderNames.path(folder), event); //$NON-NLS-1$
      case "rename" -> rename(window, filing, folder); //$NON-NLS-1$
      case "delete" -> delete(window, filing, folder); //$NON-NLS-1$
      case "subscribe" -> filing.subscribe(folder, true); //$NON-NLS-1$
      case "unsubscribe" -> filing.subscribe(folder, false); //$NON-NLS-1$
      default -> throw new ExecutionException("no command " + what); //$NON-NLS-1$
    }
  }

  private static void create(IWorkbenchWindow window, Filing filing, AccountId account, Optional<FolderPath> parent, String place, ExecutionEvent event)
      throws ExecutionException {
    List<Folder> taken = window.getService(FolderDirectory.class).all(account);
    Optional<String> name = ask(window, Messages.Create_title, NLS.bind(Messages.Create_name, place), "", //$NON-NLS-1$
        typed -> FolderRules.problem(typed, parent, taken, Optional.empty()));
    if (name.isPresent()) {
      FolderPath path = parent.map(up -> up.child(name.get())).orElse(FolderPath.of(name.get()));
      var made = filing.create(account, path, FolderRole.NONE);
      if (HandlerUtil.getActivePart(event) instanceof FolderRevealing view) {
        made.ifPresent(view::reveal);
      }
    }
  }

  private static void rename(IWorkbenchWindow window, Filing filing, Folder folder) throws ExecutionException {
    List<Folder> taken = window.getService(FolderDirectory.class).all(folder.account());
    Optional<FolderPath> parent = folder.path().parent();
    Optional<String> name = ask(window, Messages.Rename_title, NLS.bind(Messages.Rename_name, FolderNames.path(folder)), folder.path().name(),
        typed -> FolderRules.problem(typed, parent, taken, Optional.of(folder)));
    if (name.isPresent() && !name.get().equals(folder.path().name())) {
      filing.rename(folder, parent.map(up -> up.child(name.get())).orElse(FolderPath.of(name.get())));
    }
  }

  private static Optional<String> ask(IWorkbenchWindow window, String title, String question, String proposal, IInputValidator check) {
    var dialog = new InputDialog(window.getShell(), title, question, proposal, check);
    return dialog.open() == Window.OK ? Optional.of(dialog.getValue().strip()) : Optional.empty();
  }

  /** Cancel is the default: a slip of the Enter key deletes nothing. */
  private static void delete(IWorkbenchWindow window, Filing filing, Folder folder) throws ExecutionException {
    int answer = new MessageDialog(window.getShell(), Messages.Delete_title, null, question(folder, filing.withFolders(folder)),
        MessageDialog.WARNING, 1, Messages.Delete_button, Messages.Delete_cancel).open();
    if (answer == 0) {
      filing.delete(folder);
    }
  }

  static String question(Folder folder, List<Folder> all) {
    NumberFormat numbers = NumberFormat.getIntegerInstance();
    int messages = all.stream().mapToInt(Folder::total).sum();
    String what = switch (messages) {
      case 0 -> Messages.Delete_noMessage;
      case 1 -> Messages.Delete_oneMessage;
      default -> NLS.bind(Messages.Delete_messages, numbers.format(messages));
    };
    String inner = switch (all.size()) {
      case 1 -> ""; //$NON-NLS-1$
      case 2 -> Messages.Delete_oneFolder + '\n';
      default -> NLS.bind(Messages.Delete_folders, numbers.format(all.size() - 1)) + '\n';
    };
    return NLS.bind(Messages.Delete_question, FolderNames.path(folder)) + "\n\n" + what + '\n' + inner
        + (FolderRules.onServer(folder) ? Messages.Delete_onServer : Messages.Delete_hereOnly); //$NON-NLS-1$
  }
}
