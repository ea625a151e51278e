/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.MailServices;

/** Changes what one page of properties is about and leaves the rest as it is in the store by then. */
final class UpdateAccountJob extends AccountJob {
  private final CredentialStore secrets;
  private final AccountId id;
  private final Edit edit;

  /**
   * A change.
   *
   * @param incoming       empty: stays as it is
   * @param submission     empty: stays as it is
   * @param sameSubmission the submission server gets the secret of the incoming one
   */
  record Edit(UnaryOperator<Account> account, Optional<Credentials> incoming, Optional<Credentials> submission, boolean sameSubmission) {}

  UpdateAccountJob(MailServices services, CredentialStore secrets, AccountId id, Edit edit) {
    super(Messages.Job_update, Messages.Job_updateFailed, services);
    this.secrets = secrets;
    this.id = id;
    this.edit = edit;
  }

  @Override
  void change(MailServices services, IProgressMonitor monitor) throws StoreException, CredentialException {
    Optional<Account> before = services.store().read(reader -> reader.account(id));
    if (before.isPresent()) {
      Account after = edit.account().apply(before.get());
      services.mail().update(after, edit.incoming(), submission());
      if (!after.options().bodies().equals(before.get().options().bodies())) {
        services.mail().free(id, SubMonitor.convert(monitor, getName(), 1).split(1));
      }
    }
  }

  private Optional<Credentials> submission() throws CredentialException {
    if (!edit.sameSubmission()) {
      return edit.submission();
    }
    return edit.incoming().isPresent() ? edit.incoming() : secrets.find(id, Purpose.INCOMING);
  }
}
