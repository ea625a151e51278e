/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.progress.IProgressConstants;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.notify.BackgroundFetch;
import org.heliogram.ui.notify.Notice;
import org.heliogram.ui.notify.NoticePopup;

/** Changes accounts, one job after the other. What fails is told without a dialog, with a way to try it again. */
abstract class AccountJob extends Job {
  private static final ISchedulingRule ONE_AT_A_TIME = new ISchedulingRule() {
    @Override
    public boolean contains(ISchedulingRule rule) {
      return rule == this;
    }

    @Override
    public boolean isConflicting(ISchedulingRule rule) {
      return rule == this;
    }
  };
  private final MailServices services;
  private final String failed;

  /** @param failed the title of the notice if it fails */
  AccountJob(String name, String failed, MailServices services) {
    super(name);
    this.services = services;
    this.failed = failed;
    setRule(ONE_AT_A_TIME);
    setUser(false);
    setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
  }

  /** Does it; blocks on the disk and on secure storage. */
  abstract void change(MailServices services, IProgressMonitor monitor) throws StoreException, CredentialException;

  @Override
  protected final IStatus run(IProgressMonitor monitor) {
    try {
      change(services, monitor);
      BackgroundFetch.remember(services.store().read(StoreReader::accounts));
      return Status.OK_STATUS;
    } catch (StoreException | CredentialException e) {
      String words = TroubleText.of(e, getName());
      ILog.of(AccountJob.class).error("account not changed", e); //$NON-NLS-1$
      Notice.Line again = new Notice.Line(Messages.Job_tryAgain, this::schedule);
      NoticePopup.show(new Notice(failed, List.of(Notice.Line.plain(words)), List.of(again)));
      return Status.CANCEL_STATUS; // told already: an error status would be logged and shown once more
    }
  }
}
