/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.heliogram.core.model.MessageKey;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.triage.MessageListControl;

/** Brings a message before the user. UI thread only. */
final class MessageOpening {
  private MessageOpening() {}

  static void open(MessageKey message) {
    IWorkbench workbench = PlatformUI.getWorkbench();
    IWorkbenchWindow window = workbench.getActiveWorkbenchWindow() == null && workbench.getWorkbenchWindowCount() > 0
        ? workbench.getWorkbenchWindows()[0] : workbench.getActiveWorkbenchWindow();
    try {
      IWorkbenchPage page = workbench.showPerspective(MailUi.PERSPECTIVE, window);
      IViewPart messages = page.showView(MailUi.MESSAGES_VIEW);
      window.getShell().forceActive();
      MessageListControl list = Adapters.adapt(messages, MessageListControl.class);
      if (list != null) {
        list.reveal(message);
      }
    } catch (WorkbenchException e) {
      ILog.of(MessageOpening.class).error("message not shown", e); //$NON-NLS-1$
    }
  }
}
