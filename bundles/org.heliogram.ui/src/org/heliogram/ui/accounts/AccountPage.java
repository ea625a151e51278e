/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PropertyPage;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.ui.MailServices;

/** A page about one side of an account. What it changes is stored in a job after the dialog has closed. */
abstract class AccountPage extends PropertyPage {
  private final MailServices services = MailServices.of(PlatformUI.getWorkbench());
  private final CredentialStore secrets = PlatformUI.getWorkbench().getService(CredentialStore.class);
  private final int columns;
  private Account account; // UI thread only; as it was when the page was opened, with what was applied since

  AccountPage(int columns) {
    this.columns = columns;
    noDefaultButton();
  }

  /** Fills a grid. */
  abstract void fill(Composite area);

  /** The first thing, in the order of the fields, that is missing or wrong. */
  abstract Check check();

  /** What the fields say, applied to an account. Called on the UI thread; the result runs in a job. */
  abstract UnaryOperator<Account> edit();

  /** A password typed here; empty leaves the stored one. */
  Optional<Credentials> incomingSecret() {
    return Optional.empty();
  }

  /** A password typed here; empty leaves the stored one. */
  Optional<Credentials> submissionSecret() {
    return Optional.empty();
  }

  /** Whether the submission server is to get the incoming server's password. */
  boolean sameSubmission() {
    return false;
  }

  final Account account() {
    return account;
  }

  final MailServices services() {
    return services;
  }

  final CredentialStore secrets() {
    return secrets;
  }

  @Override
  protected final Control createContents(Composite parent) {
    account = getElement().getAdapter(Account.class);
    Composite area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(columns).spacing(8, 7).applyTo(area);
    fill(area);
    checked();
    return area;
  }

  final void checked() {
    Check check = check();
    switch (check) {
      case Check.Fine fine -> say(null, null);
      case Check.Missing missing -> say(null, missing.prompt());
      case Check.Wrong wrong -> say(wrong.error(), null);
    }
    setValid(check instanceof Check.Fine);
  }

  /** Also called by Apply. */
  @Override
  public final boolean performOk() {
    if (getControl() != null) {
      var edit = new UpdateAccountJob.Edit(edit(), incomingSecret(), submissionSecret(), sameSubmission());
      Account changed = edit.account().apply(account);
      if (!changed.equals(account) || edit.incoming().isPresent() || edit.submission().isPresent()) {
        new UpdateAccountJob(services, secrets, account.id(), edit).schedule();
        account = changed;
      }
    }
    return true;
  }

  private void say(String error, String message) {
    setErrorMessage(error);
    setMessage(message, IMessageProvider.NONE);
  }
}
