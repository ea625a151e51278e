/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.StoreException;

/** Runs errands and leaves the connection in order, whatever happens on it. Used under the account's rule only. */
final class ErrandRunner {
  private final Errands errands;
  private final Connection connection;
  private final Watcher watcher;

  ErrandRunner(Errands errands, Connection connection, Watcher watcher) {
    this.errands = errands;
    this.connection = connection;
    this.watcher = watcher;
  }

  /** A connection that was kept may have died in the meantime: that is no failure, but a reason to open another. */
  SyncResult run(Errands.Errand errand, boolean unasked, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    boolean kept = connection.reused();
    Visit visit = errands.visit(monitor, unasked);
    try {
      errand.run(visit, monitor);
    } catch (MailException.Unreachable e) {
      connection.close();
      watcher.probe();
      if (!kept) {
        throw e;
      }
      visit = errands.visit(monitor, unasked);
      runAfresh(errand, visit, monitor);
    } catch (OperationCanceledException | MailException.Busy | MailException.Malformed | MailException.SignInRefused
        | MailException.CertificateRefused e) {
      connection.close();
      throw e;
    }
    return visit.result();
  }

  private void runAfresh(Errands.Errand errand, Visit visit, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    try {
      errand.run(visit, monitor);
    } catch (OperationCanceledException | MailException e) {
      connection.close();
      throw e;
    }
  }
}
