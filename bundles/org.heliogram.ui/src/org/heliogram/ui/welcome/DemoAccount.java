/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.welcome;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.IJobChangeListener;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.accounts.AddAccountJob;

/** The mailbox of bundled messages. */
final class DemoAccount {
  private DemoAccount() {}

  /** The job that adds one and has its messages fetched; every one is a new account. */
  static AddAccountJob adding(MailServices services) {
    AccountId id = AccountId.create();
    AddAccountJob job = new AddAccountJob(services, Messages.Demo_label, label -> account(id, label), Optional.empty(), Optional.empty());
    job.addJobChangeListener(IJobChangeListener.onDone(event -> {
      if (event.getResult().isOK()) {
        services.mail().refresh(id);
      }
    }));
    return job;
  }

  static Account account(AccountId id, String label) {
    Endpoint unused = new Endpoint("demo.invalid", 1, Security.NONE, "demo"); //$NON-NLS-1$ //$NON-NLS-2$
    return new Account(id, label, Messages.Demo_person, "demo@demo.invalid", Protocol.DEMO, unused, Optional.empty(), //$NON-NLS-1$
        new AccountOptions(Duration.ZERO, false, BodyPolicy.EVERYTHING));
  }
}
