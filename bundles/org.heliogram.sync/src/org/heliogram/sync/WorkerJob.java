/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;

/** A job of an account; all of them are found by its id. */
final class WorkerJob extends Job {
  private final AccountId account;
  private final Consumer<IProgressMonitor> work;

  WorkerJob(Account account, Consumer<IProgressMonitor> work) {
    super(account.label());
    this.account = account.id();
    this.work = work;
  }

  /** One that the user is not shown. */
  static WorkerJob system(Account account, Consumer<IProgressMonitor> work) {
    var job = new WorkerJob(account, work);
    job.setSystem(true);
    return job;
  }

  @Override
  protected IStatus run(IProgressMonitor monitor) {
    try {
      work.accept(monitor);
      return Status.OK_STATUS;
    } catch (OperationCanceledException e) {
      return Status.CANCEL_STATUS;
    } finally {
      monitor.done();
    }
  }

  @Override
  public boolean belongsTo(Object family) {
    return account.equals(family);
  }
}
