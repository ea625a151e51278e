/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.model.Account;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** What the account is called, and whose it is. */
public final class GeneralPage extends AccountPage {
  private Text label;
  private Text personName;
  private Text address;
  private List<String> otherLabels = List.of(); // UI thread only; until they are read none is taken

  public GeneralPage() {
    super(2);
  }

  @Override
  void fill(Composite area) {
    label = text(area, Messages.General_label, account().label());
    personName = text(area, Messages.General_name, account().personName());
    address = text(area, Messages.General_address, account().address());
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
    return old -> new Account(old.id(), newLabel, newName, newAddress, old.protocol(), old.incoming(), old.submission(),
        old.options());
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
