/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreException;

/** Gets the mail of an account whose server gave its messages other names, as the user decided. What fails is shown where the trouble was. */
final class RenumberedJob extends Job {
  private final MailService service;
  private final SyncRequest request;

  RenumberedJob(MailService service, Account account, SyncRequest.Renumbered decision) {
    super(NLS.bind(Messages.Renumbered_job, account.label()));
    this.service = service;
    this.request = new SyncRequest(account.id(), Optional.empty(), SyncRequest.Bodies.POLICY, Optional.of(decision));
  }

  @Override
  protected IStatus run(IProgressMonitor monitor) {
    try {
      service.synchronise(request, monitor);
      return Status.OK_STATUS;
    } catch (MailException | StoreException | CredentialException e) {
      ILog.of(RenumberedJob.class).warn("a renumbered maildrop was not read", e); //$NON-NLS-1$
      return Status.CANCEL_STATUS; // the account shows its trouble
    }
  }
}
