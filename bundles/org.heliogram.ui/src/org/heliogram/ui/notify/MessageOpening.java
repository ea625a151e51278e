/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.triage.MessageListControl;

/** Brings a message before the user, wherever it is by now: perspective, folder, row. */
public final class MessageOpening {
  private static final int STEP_MILLIS = 50;
  private static final int STEPS = 100; // a folder lists itself in far less than these 5 seconds
  private final MailStore store;

  public MessageOpening(MailStore store) {
    this.store = store;
  }

  /** Returns at once. UI thread. */
  public void open(MessageKey message) {
    Display display = PlatformUI.getWorkbench().getDisplay();
    Job.createSystem("heliogram open message", (ICoreRunnable) monitor -> { //$NON-NLS-1$
      try {
        store.read(reader -> folder(reader, message)).ifPresent(folder -> display.asyncExec(() -> show(folder, message)));
      } catch (StoreException e) {
        ILog.of(MessageOpening.class).error("message not found", e); //$NON-NLS-1$
      }
    }).schedule();
  }

  private static Optional<Folder> folder(StoreReader reader, MessageKey message) throws StoreException {
    Optional<MessageSummary> summary = reader.summaries(List.of(message)).stream().findFirst();
    return summary.isPresent() ? reader.folder(summary.get().folder()) : Optional.empty();
  }

  private static void show(Folder folder, MessageKey message) {
    IWorkbench workbench = PlatformUI.getWorkbench();
    IWorkbenchWindow active = workbench.getActiveWorkbenchWindow();
    IWorkbenchWindow window = active == null && workbench.getWorkbenchWindowCount() > 0 ? workbench.getWorkbenchWindows()[0] : active;
    try {
      IWorkbenchPage page = workbench.showPerspective(MailUi.PERSPECTIVE, window);
      window.getShell().setMinimized(false);
      window.getShell().forceActive();
      page.showView(MailUi.FOLDERS_VIEW).getSite().getSelectionProvider().setSelection(new StructuredSelection(folder));
      MessageListControl list = Adapters.adapt(page.showView(MailUi.MESSAGES_VIEW), MessageListControl.class);
      if (list != null) {
        reveal(list, folder, message, STEPS);
      }
    } catch (WorkbenchException e) {
      ILog.of(MessageOpening.class).error("message not shown", e); //$NON-NLS-1$
    }
  }

  /** The list reads its rows in a job. */
  private static void reveal(MessageListControl list, Folder folder, MessageKey message, int steps) {
    if (list.query().filter(query -> query.folder().equals(folder.key())).isPresent() && list.keys().contains(message)) {
      list.reveal(message);
    } else if (steps > 0 && !PlatformUI.getWorkbench().isClosing()) {
      Display.getCurrent().timerExec(STEP_MILLIS, () -> reveal(list, folder, message, steps - 1));
    }
  }
}
