/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** Marks every message of the selected folder read. */
public final class MarkFolderReadHandler extends AbstractHandler {
  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof Folder folder) {
      var store = window.getService(MailStore.class);
      Triage triage = MessageHandler.triage(window);
      Job.create(NLS.bind(Messages.MarkFolder_job, folder.path().name()), (ICoreRunnable) monitor -> mark(folder, store, triage)).schedule();
    }
    return null;
  }

  private static void mark(Folder folder, MailStore store, Triage triage) throws CoreException {
    try {
      var unread = store.read(s -> s.list(new Query(folder.key(), Query.Column.DATE, true, true)));
      triage.flag(folder.account(), unread, FlagChange.set(Flag.SEEN), Messages.Mark_read);
    } catch (StoreException | ExecutionException e) {
      throw new CoreException(Status.error(e.getMessage(), e));
    }
  }
}
