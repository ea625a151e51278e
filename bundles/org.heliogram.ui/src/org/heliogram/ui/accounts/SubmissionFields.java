/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.backend.MailException.CertificateRefused;

/** The submission server, which may be none, in a grid of {@link ServerFields#COLUMNS} columns. */
final class SubmissionFields {
  private static final List<SubmissionSignIn> CHOICES = List.of(SubmissionSignIn.SAME, SubmissionSignIn.OTHER, SubmissionSignIn.NONE);
  private final SubmissionDraft draft;
  private final Runnable changed;
  private final Button wanted;
  private final ServerFields server;
  private final Combo signIn;
  private final Text user;
  private final Text password;
  private final List<Control> own; // only there where another user name and password are wanted
  private final VerdictLine verdict;

  SubmissionFields(Composite grid, SubmissionDraft draft, Runnable changed, Consumer<CertificateRefused> look) {
    this.draft = draft;
    this.changed = changed;
    wanted = new Button(grid, SWT.CHECK);
    wanted.setText(Messages.Submission_wanted);
    GridDataFactory.fillDefaults().span(ServerFields.COLUMNS, 1).applyTo(wanted);
    var words = new ServerFields.Words(Messages.Submission_host, Messages.Submission_port, Messages.Submission_security);
    server = new ServerFields(grid, words, draft.server(), this::edited);
    new Label(grid, SWT.NONE).setText(Messages.Submission_signIn);
    signIn = new Combo(grid, SWT.READ_ONLY | SWT.DROP_DOWN);
    signIn.setItems(Messages.Submission_same, Messages.Submission_other, Messages.Submission_none);
    GridDataFactory.swtDefaults().span(ServerFields.COLUMNS - 1, 1).applyTo(signIn);
    int before = grid.getChildren().length;
    user = wide(ServerFields.text(grid, Messages.Submission_user, SWT.BORDER));
    password = wide(ServerFields.text(grid, Messages.Submission_password, SWT.BORDER | SWT.PASSWORD));
    own = List.of(grid.getChildren()).subList(before, grid.getChildren().length);
    verdict = new VerdictLine(grid, ServerFields.COLUMNS, look);
    show();
    listen();
  }

  /** Writes the draft into the fields. */
  void show() {
    wanted.setSelection(draft.wanted());
    server.show();
    signIn.select(CHOICES.indexOf(draft.signIn()));
    ServerFields.set(user, draft.server().user());
    enable();
  }

  VerdictLine verdict() {
    return verdict;
  }

  private void listen() {
    wanted.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> {
      draft.wanted(wanted.getSelection());
      edited();
    }));
    signIn.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> {
      draft.signIn(CHOICES.get(signIn.getSelectionIndex()));
      edited();
    }));
    user.addModifyListener(e -> {
      if (!user.getText().strip().equals(draft.server().user())) {
        draft.server().user(user.getText());
        edited();
      }
    });
    password.addModifyListener(e -> {
      draft.password(password.getText());
      edited();
    });
  }

  private void edited() {
    verdict.clear();
    enable();
    changed.run();
  }

  private void enable() {
    server.enabled(draft.wanted());
    signIn.setEnabled(draft.wanted());
    boolean other = draft.signIn() == SubmissionSignIn.OTHER;
    own.forEach(control -> VerdictLine.visible(control, other));
    user.setEnabled(draft.wanted());
    password.setEnabled(draft.wanted());
  }

  private static Text wide(Text text) {
    ((GridData) text.getLayoutData()).horizontalSpan = ServerFields.COLUMNS - 1;
    return text;
  }
}
