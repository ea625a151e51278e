/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
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
    Label means = new Label(grid, SWT.WRAP);
    means.setText(account().protocol() == Protocol.POP3 ? Messages.Server_popMeans : Messages.Server_imapMeans);
    GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).span(ServerFields.COLUMNS, 1).applyTo(means);
    draft = new ServerDraft(ServerKind.of(account().protocol()), account().incoming());
    fields = new IncomingFields(grid, draft, this::checked, this::look);
    password = ServerFields.text(grid, Messages.Server_password, SWT.BORDER | SWT.PASSWORD);
    password.setMessage(Messages.Server_passwordHint);
    ((GridData) password.getLayoutData()).horizontalSpan = ServerFields.COLUMNS - 1;
    fields.verdict().moveBelow(password);
    test = new PageTest(grid, services().mail(), Purpose.INCOMING, () -> edit().apply(account()), this::secret, fields.verdict()::show);
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
    return old -> {
      Account changed = old.withIncoming(endpoint);
      return same(old) ? changed.withSubmission(old.submission().map(server -> as(server, endpoint.user()))) : changed;
    };
  }

  @Override
  boolean sameSubmission() {
    return incomingSecret().isPresent() && same(account());
  }

  /** One user name for both servers means one password for both. */
  private static boolean same(Account account) {
    return account.submission().filter(server -> server.user().equals(account.incoming().user())).isPresent();
  }

  @Override
  Optional<Credentials> incomingSecret() {
    return Optional.of(password.getText()).filter(typed -> !typed.isEmpty()).map(Credentials::new);
  }

  private static Endpoint as(Endpoint server, String user) {
    return new Endpoint(server.host(), server.port(), server.security(), user, server.trust());
  }

  /** What to try out: a password typed here, else the stored one. */
  private ServerTest.Secrets secret() {
    Optional<Credentials> typed = incomingSecret();
    return purpose -> typed.isPresent() ? typed : secrets().find(account().id(), Purpose.INCOMING);
  }

  private void look(CertificateRefused refused) {
    if (PageTest.accepted(area, refused, draft)) {
      test.run(fields.verdict()::show);
    }
  }
}
