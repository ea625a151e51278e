/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.MailServices;

/** Removes an account and everything of it here. */
final class RemoveAccountJob extends AccountJob {
  private final AccountId id;

  RemoveAccountJob(MailServices services, Account account) {
    super(NLS.bind(Messages.Job_remove, account.label()), Messages.Job_removeFailed, services);
    this.id = account.id();
  }

  @Override
  void change(MailServices services, IProgressMonitor monitor) throws StoreException, CredentialException {
    services.mail().remove(id, monitor);
  }
}
