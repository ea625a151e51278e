/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyPolicy.Keep;

/** What of a folder is kept on this computer: as the account says, all, some months, or headers only. UI thread only. */
final class PolicyChoice {
  private static final int MONTHS_LIMIT = 240;
  private final Composite area;
  private final Button account;
  private final Button everything;
  private final Button months;
  private final Button headers;
  private final Spinner number;
  private BodyPolicy usual = BodyPolicy.DEFAULT;

  PolicyChoice(Composite area) {
    this.area = area;
    GridLayoutFactory.swtDefaults().numColumns(3).applyTo(area);
    account = choice(NLS.bind(Messages.Keep_account, words(usual)), 3);
    everything = choice(Messages.Keep_everything, 3);
    months = choice(Messages.Keep_months, 1);
    number = new Spinner(area, SWT.BORDER);
    number.setValues(BodyPolicy.DEFAULT.months(), 1, MONTHS_LIMIT, 0, 1, 12);
    new Label(area, SWT.NONE).setText(Messages.Keep_monthsUnit);
    headers = choice(Messages.Keep_headers, 3);
  }

  private Button choice(String words, int span) {
    var button = new Button(area, SWT.RADIO);
    button.setText(words);
    GridDataFactory.fillDefaults().span(span, 1).align(SWT.BEGINNING, SWT.CENTER).applyTo(button);
    button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> enableNumber()));
    return button;
  }

  private void enableNumber() {
    number.setEnabled(months.getEnabled() && months.getSelection());
  }

  /** @param chosen empty: as the account says; @param ofAccount what that is */
  void show(Optional<BodyPolicy> chosen, BodyPolicy ofAccount) {
    usual = ofAccount;
    account.setText(NLS.bind(Messages.Keep_account, words(ofAccount)));
    account.setSelection(chosen.isEmpty());
    headers.setSelection(chosen.filter(policy -> policy.keep() == Keep.HEADERS).isPresent());
    months.setSelection(chosen.filter(policy -> policy.keep() != Keep.HEADERS && policy.months() > 0).isPresent());
    everything.setSelection(chosen.filter(policy -> policy.keep() != Keep.HEADERS && policy.months() == 0).isPresent());
    chosen.filter(policy -> policy.months() > 0).ifPresent(policy -> number.setSelection(policy.months()));
    area.requestLayout();
    enableNumber();
  }

  /** In a few words. */
  static String words(BodyPolicy policy) {
    if (policy.keep() == Keep.HEADERS) {
      return Messages.Policy_headers;
    }
    return policy.months() == 0 ? Messages.Policy_everything : NLS.bind(Messages.Policy_months, Integer.toString(policy.months()));
  }

  Optional<BodyPolicy> choice() {
    if (account.getSelection()) {
      return Optional.empty();
    }
    if (headers.getSelection()) {
      return Optional.of(BodyPolicy.HEADERS);
    }
    if (everything.getSelection()) {
      return Optional.of(BodyPolicy.EVERYTHING);
    }
    Keep depth = usual.keep() == Keep.HEADERS ? Keep.TEXT : usual.keep();
    return Optional.of(new BodyPolicy(depth, number.getSelection(), depth == Keep.TEXT ? BodyPolicy.DEFAULT.attachmentLimit() : usual.attachmentLimit()));
  }

  boolean isEnabled() {
    return account.getEnabled();
  }

  void setEnabled(boolean enabled) {
    List.of(account, everything, months, headers).forEach(button -> button.setEnabled(enabled));
    enableNumber();
  }
}
