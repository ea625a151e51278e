/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.backend.MailException.CertificateRefused;

/** The incoming server with its user name and what a test said, in a grid of {@link ServerFields#COLUMNS} columns. */
final class IncomingFields {
  private final ServerDraft draft;
  private final ServerFields server;
  private final Text user;
  private final VerdictLine verdict;

  IncomingFields(Composite grid, ServerDraft draft, Runnable changed, Consumer<CertificateRefused> look) {
    this.draft = draft;
    Runnable edited = () -> {
      clearVerdict();
      changed.run();
    };
    var words = new ServerFields.Words(Messages.Incoming_host, Messages.Incoming_port, Messages.Incoming_security);
    server = new ServerFields(grid, words, draft, edited);
    user = ServerFields.text(grid, Messages.Incoming_user, SWT.BORDER);
    GridDataFactory.createFrom((GridData) user.getLayoutData()).span(ServerFields.COLUMNS - 1, 1).applyTo(user);
    user.setText(draft.user());
    verdict = new VerdictLine(grid, ServerFields.COLUMNS, look);
    user.addModifyListener(e -> {
      if (!user.getText().strip().equals(draft.user())) {
        draft.user(user.getText());
        edited.run();
      }
    });
  }

  /** Writes the draft into the fields. */
  void show() {
    server.show();
    ServerFields.set(user, draft.user());
  }

  VerdictLine verdict() {
    return verdict;
  }

  void focus() {
    server.focus();
  }

  private void clearVerdict() {
    verdict.clear();
  }
}
