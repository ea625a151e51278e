/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.ui.MailUi;

/** Opens the view. */
public final class ShowOutgoingHandler extends AbstractHandler {
  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    try {
      show(HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage());
    } catch (PartInitException e) {
      throw new ExecutionException("outgoing changes", e); //$NON-NLS-1$
    }
    return null;
  }

  static void show(IWorkbenchPage page) throws PartInitException {
    page.showView(MailUi.OUTGOING_VIEW);
  }
}
