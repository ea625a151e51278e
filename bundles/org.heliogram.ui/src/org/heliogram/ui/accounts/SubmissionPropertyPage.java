/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.swt.widgets.Composite;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.service.Purpose;

/** Where mail is handed in. */
public final class SubmissionPropertyPage extends AccountPage {
  private SubmissionDraft draft;
  private SubmissionFields fields;
  private PageTest test;
  private Composite area;

  public SubmissionPropertyPage() {
    super(ServerFields.COLUMNS);
  }

  @Override
  void fill(Composite grid) {
    area = grid;
    draft = new SubmissionDraft(account().submission(), account().incoming().user());
    fields = new SubmissionFields(grid, draft, this::checked, this::look);
    test = new PageTest(grid, services().mail(), Purpose.SUBMISSION, () -> edit().apply(account()), this::secret, fields.verdict()::show);
  }

  @Override
  Check check() {
    Check check = draft.check(account().submission().isEmpty());
    test.enabled(check instanceof Check.Fine && draft.wanted());
    return check;
  }

  @Override
  UnaryOperator<Account> edit() {
    Optional<Endpoint> endpoint = draft.endpoint(account().incoming().user());
    return old -> old.withSubmission(endpoint);
  }

  @Override
  Optional<Credentials> submissionSecret() {
    return draft.credentials(""); //$NON-NLS-1$
  }

  @Override
  boolean sameSubmission() {
    return draft.wanted() && draft.signIn() == SubmissionSignIn.SAME;
  }

  /** What to try out: a password typed here, else the stored one of whichever server the sign-in is shared with. */
  private ServerTest.Secrets secret() {
    Optional<Credentials> typed = submissionSecret();
    Purpose stored = sameSubmission() ? Purpose.INCOMING : Purpose.SUBMISSION;
    return purpose -> typed.isPresent() ? typed : secrets().find(account().id(), stored);
  }

  private void look(CertificateRefused refused) {
    if (PageTest.accepted(area, refused, draft.server())) {
      test.run(fields.verdict()::show);
    }
  }
}
