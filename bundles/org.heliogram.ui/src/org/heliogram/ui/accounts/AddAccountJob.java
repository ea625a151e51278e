/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.MailServices;

/** Stores a new account under a label that no other has. */
public final class AddAccountJob extends AccountJob {
  private final String wish;
  private final Function<String, Account> account;
  private final Optional<Credentials> incoming;
  private final Optional<Credentials> submission;

  /**
   * @param wish    the label it should get
   * @param account makes the account from the label it gets
   */
  public AddAccountJob(MailServices services, String wish, Function<String, Account> account, Optional<Credentials> incoming,
      Optional<Credentials> submission) {
    super(Messages.Job_add, Messages.Job_addFailed, services);
    this.wish = wish;
    this.account = account;
    this.incoming = incoming;
    this.submission = submission;
  }

  @Override
  void change(MailServices services, IProgressMonitor monitor) throws StoreException, CredentialException {
    List<String> taken = services.store().read(StoreReader::accounts).stream().map(Account::label).toList();
    services.mail().add(account.apply(AccountLabels.unique(wish, taken)), incoming, submission);
  }
}
