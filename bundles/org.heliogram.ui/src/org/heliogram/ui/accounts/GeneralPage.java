/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** What the account is called, whose it is, and how often mail is fetched. */
public final class GeneralPage extends AccountPage {
  private final IntervalChoices intervals = new IntervalChoices();
  private Text label;
  private Text personName;
  private Text address;
  private Combo interval;
  private Button background;
  private List<String> otherLabels = List.of(); // UI thread only; until they are read none is taken

  public GeneralPage() {
    super(2);
  }

  @Override
  void fill(Composite area) {
    label = text(area, Messages.General_label, account().label());
    personName = text(area, Messages.General_name, account().personName());
    address = text(area, Messages.General_address, account().address());
    new Label(area, SWT.NONE).setText(Messages.General_interval);
    interval = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
    AccountOptions options = account().options();
    interval.setItems(intervals.offer(options.fetchInterval()));
    interval.select(intervals.index(options.fetchInterval()));
    background = new Button(area, SWT.CHECK);
    background.setText(Messages.General_background);
    background.setSelection(options.fetchInBackground());
    GridDataFactory.swtDefaults().span(2, 1).applyTo(background);
    Label means = new Label(area, SWT.WRAP);
    means.setText(account().protocol() == Protocol.POP3 ? Messages.General_popMeans : Messages.General_backgroundMeans);
    GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).span(2, 1).applyTo(means);
    readOtherLabels(area);
  }

  @Override
  Check check() {
    Check named = AccountLabels.check(label.getText(), otherLabels);
    return named instanceof Check.Fine ? AccountDraft.checkAddress(address.getText().strip()) : named;
  }

  @Override
  UnaryOperator<Account> edit() {
    String newLabel = label.getText().strip();
    String newName = personName.getText().strip();
    String newAddress = address.getText().strip();
    Duration newInterval = intervals.value(interval.getSelectionIndex());
    boolean newBackground = background.getSelection();
    return old -> new Account(old.id(), newLabel, newName, newAddress, old.protocol(), old.incoming(), old.submission(),
        old.options().withFetch(newInterval, newBackground));
  }

  private void readOtherLabels(Composite area) {
    new StoreReads(services().store(), UiThread.background("heliogram account names"), new UiThread(area)) //$NON-NLS-1$
        .read(StoreReader::accounts, accounts -> {
          otherLabels = accounts.stream().filter(other -> !other.id().equals(account().id())).map(Account::label).toList();
          checked();
        }, trouble -> setMessage(TroubleText.of(trouble, account().label())));
  }

  private Text text(Composite area, String words, String content) {
    Text text = ServerFields.text(area, words, SWT.BORDER);
    text.setText(content);
    text.addModifyListener(e -> checked());
    return text;
  }
}
