/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.source.SourceView;

/** Shows the bytes of the focused message as text. */
public final class SourceHandler extends MessageHandler {
  @Override
  void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) throws ExecutionException {
    IWorkbenchPage page = window.getActivePage();
    try {
      page.showView(SourceView.ID, selection.keys().get(0).toString(), IWorkbenchPage.VIEW_ACTIVATE);
    } catch (PartInitException e) {
      throw new ExecutionException("source view", e); //$NON-NLS-1$
    }
  }
}
