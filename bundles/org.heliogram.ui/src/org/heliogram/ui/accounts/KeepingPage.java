/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyPolicy.Keep;

/** How much of the mail is kept on this computer without being asked for. */
public final class KeepingPage extends AccountPage {
  private static final int MONTHS_LIMIT = 240;
  private static final int WIDTH_HINT = 380;
  private Button headers;
  private Button text;
  private Button everything;
  private Spinner months;

  public KeepingPage() {
    super(1);
  }

  @Override
  void fill(Composite area) {
    label(area, Messages.Keeping_intro, 0);
    headers = choice(area, Messages.Keeping_headers);
    label(area, Messages.Keeping_headersMeans, 22);
    text = choice(area, Messages.Keeping_text);
    Composite row = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).applyTo(row);
    GridDataFactory.swtDefaults().indent(22, 0).applyTo(row);
    new Label(row, SWT.NONE).setText(Messages.Keeping_months);
    months = new Spinner(row, SWT.BORDER);
    months.setValues(BodyPolicy.DEFAULT.months(), 0, MONTHS_LIMIT, 0, 1, 12);
    label(area, Messages.Keeping_textMeans, 22);
    everything = choice(area, Messages.Keeping_everything);
    label(area, Messages.Keeping_everythingMeans, 22);
    show(account().options().bodies());
  }

  @Override
  Check check() {
    return Check.FINE;
  }

  @Override
  UnaryOperator<Account> edit() {
    BodyPolicy policy = policy();
    return old -> old.withOptions(old.options().withBodies(policy));
  }

  private void show(BodyPolicy policy) {
    headers.setSelection(policy.keep() == Keep.HEADERS);
    text.setSelection(policy.keep() == Keep.TEXT);
    everything.setSelection(policy.keep() == Keep.EVERYTHING);
    if (policy.keep() == Keep.TEXT) {
      months.setSelection(policy.months());
    }
    months.setEnabled(text.getSelection());
  }

  private BodyPolicy policy() {
    BodyPolicy before = account().options().bodies();
    if (headers.getSelection()) {
      return before.keep() == Keep.HEADERS ? before : BodyPolicy.HEADERS;
    }
    if (everything.getSelection()) {
      return before.keep() == Keep.EVERYTHING ? before : BodyPolicy.EVERYTHING;
    }
    long limit = before.keep() == Keep.TEXT ? before.attachmentLimit() : BodyPolicy.DEFAULT.attachmentLimit();
    return new BodyPolicy(Keep.TEXT, months.getSelection(), limit);
  }

  private Button choice(Composite area, String words) {
    Button button = new Button(area, SWT.RADIO);
    button.setText(words);
    GridDataFactory.swtDefaults().indent(0, 6).applyTo(button);
    button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> months.setEnabled(text.getSelection())));
    return button;
  }

  private static void label(Composite area, String words, int indent) {
    Label label = new Label(area, SWT.WRAP);
    label.setText(words);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).indent(indent, 0).applyTo(label);
  }
}
