/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.MailServices;

/** Changes what one page of properties is about and leaves the rest as it is in the store by then. */
final class UpdateAccountJob extends AccountJob {
  private final AccountId id;
  private final UnaryOperator<Account> edit;
  private final Optional<Credentials> incoming;
  private final Optional<Credentials> submission;

  /** Secrets that are empty stay as they are. */
  UpdateAccountJob(MailServices services, AccountId id, UnaryOperator<Account> edit, Optional<Credentials> incoming,
      Optional<Credentials> submission) {
    super(Messages.Job_update, Messages.Job_updateFailed, services);
    this.id = id;
    this.edit = edit;
    this.incoming = incoming;
    this.submission = submission;
  }

  @Override
  void change(MailServices services, IProgressMonitor monitor) throws StoreException, CredentialException {
    Optional<Account> before = services.store().read(reader -> reader.account(id));
    if (before.isPresent()) {
      services.mail().update(edit.apply(before.get()), incoming, submission);
    }
  }
}
