/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.service.Purpose;

/** Where mail comes from. */
public final class ServerPropertyPage extends AccountPage {
  private ServerDraft draft;
  private IncomingFields fields;
  private Text password;
  private PageTest test;
  private Composite area;

  public ServerPropertyPage() {
    super(ServerFields.COLUMNS);
  }

  @Override
  void fill(Composite grid) {
    area = grid;
    draft = new ServerDraft(ServerKind.of(account().protocol()), account().incoming());
    fields = new IncomingFields(grid, draft, this::checked, this::look);
    password = ServerFields.text(grid, Messages.Server_password, SWT.BORDER | SWT.PASSWORD);
    password.setMessage(Messages.Server_passwordHint);
    ((GridData) password.getLayoutData()).horizontalSpan = ServerFields.COLUMNS - 1;
    test = new PageTest(grid, services(), Purpose.INCOMING, () -> edit().apply(account()), this::incomingSecret, fields.verdict()::show);
  }

  @Override
  Check check() {
    Check check = draft.checkServer();
    if (check instanceof Check.Fine && draft.user().isEmpty()) {
      check = new Check.Missing(Messages.Draft_userMissing);
    }
    test.enabled(check instanceof Check.Fine);
    return check;
  }

  @Override
  UnaryOperator<Account> edit() {
    Endpoint endpoint = draft.endpoint(draft.user());
    return old -> old.withIncoming(endpoint);
  }

  @Override
  Optional<Credentials> incomingSecret() {
    return Optional.of(password.getText()).filter(typed -> !typed.isEmpty()).map(Credentials::new);
  }

  private void look(CertificateRefused refused) {
    if (PageTest.accepted(area, refused, draft)) {
      test.run(fields.verdict()::show);
    }
  }
}
