/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.accounts.TroubleText;

/** Does what the user chose for a folder: frees space with progress; what is missing is downloaded by the account's worker. */
final class KeepJob extends Job {
  private final MailServices services;
  private final Folder folder;
  private final FolderOptions options;

  KeepJob(MailServices services, Folder folder, FolderOptions options) {
    super(NLS.bind(Messages.Keep_job, FolderNames.path(folder)));
    this.services = services;
    this.folder = folder;
    this.options = options;
    setUser(false);
  }

  @Override
  protected IStatus run(IProgressMonitor monitor) {
    try {
      services.mail().keep(folder.key(), options, SubMonitor.convert(monitor, getName(), 1).split(1));
      return Status.OK_STATUS;
    } catch (StoreException e) {
      ILog.of(KeepJob.class).error("folder options not changed", e); //$NON-NLS-1$
      return Status.error(TroubleText.of(e, ""), e); //$NON-NLS-1$
    }
  }
}
