/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.AccountId;
import org.heliogram.ui.Icons;
import org.heliogram.ui.MailServices;

/** Two pages: who the user is, and which servers. Finishing stores the account in a job. */
public final class AddAccountWizard extends Wizard implements INewWizard {
  private final AccountDraft draft = new AccountDraft();
  private final AccountId id = AccountId.create();
  private final MailServices services;

  /** For the registry of wizards. */
  public AddAccountWizard() {
    this(MailServices.of(PlatformUI.getWorkbench()));
  }

  public AddAccountWizard(MailServices services) {
    this.services = services;
    setWindowTitle(Messages.Wizard_title);
    setDefaultPageImageDescriptor(Icons.of("wizban/account")); //$NON-NLS-1$
    setNeedsProgressMonitor(true);
    setHelpAvailable(false);
  }

  @Override
  public void init(IWorkbench workbench, IStructuredSelection selection) {
    // a new account does not depend on what is selected
  }

  @Override
  public void addPages() {
    addPage(new IdentityPage(draft));
    addPage(new ServersPage(draft, id, services.mail()));
  }

  @Override
  public boolean performFinish() {
    new AddAccountJob(services, draft.address(), label -> draft.account(id, label), draft.incomingCredentials(),
        draft.submissionCredentials()).schedule();
    return true;
  }

  AccountDraft draft() {
    return draft;
  }
}
