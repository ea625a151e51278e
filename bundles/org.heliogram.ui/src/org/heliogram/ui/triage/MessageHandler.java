/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;

/** A command on the selected messages. When the selection is of something else it does nothing. */
abstract class MessageHandler extends AbstractHandler {
  @Override
  public final Object execute(ExecutionEvent event) throws ExecutionException {
    IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    if (HandlerUtil.getCurrentSelection(event) instanceof MessageSelection selection && !selection.isEmpty()) {
      run(selection, triage(window), window);
    }
    return null;
  }

  static Triage triage(IWorkbenchWindow window) {
    return new Triage(window.getService(MailService.class), window.getService(FolderDirectory.class));
  }

  abstract void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException;
}
