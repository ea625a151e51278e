/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.EnumMap;
import java.util.Map;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleListener;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.model.Protocol;

/** Who the user is, and how mail is to come. */
final class IdentityPage extends DraftPage {
  private static final int WIDTH_HINT = 460;
  private static final int INDENT = 22;
  private final AccountDraft draft;
  private final Map<Protocol, Button> protocols = new EnumMap<>(Protocol.class);

  IdentityPage(AccountDraft draft) {
    super("identity", Messages.Identity_title, Messages.Identity_complete); //$NON-NLS-1$
    this.draft = draft;
    setMessage(Messages.Identity_prompt);
  }

  @Override
  public void createControl(Composite parent) {
    Composite area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.swtDefaults().numColumns(2).spacing(8, 6).margins(10, 10).applyTo(area);
    Text name = text(area, Messages.Identity_name, SWT.BORDER, Messages.Identity_nameHint);
    Text address = text(area, Messages.Identity_address, SWT.BORDER, Messages.Identity_addressHint);
    Text password = text(area, Messages.Identity_password, SWT.BORDER | SWT.PASSWORD, null);
    label(area, Messages.Identity_passwordKept, 2, 0);
    createProtocols(area);
    name.addModifyListener(e -> edited(() -> draft.personName(name.getText())));
    address.addModifyListener(e -> edited(() -> draft.address(address.getText())));
    password.addModifyListener(e -> edited(() -> draft.password(password.getText())));
    setControl(area);
  }

  @Override
  Check check() {
    return draft.checkIdentity();
  }

  private void createProtocols(Composite area) {
    Group group = new Group(area, SWT.NONE);
    group.setText(Messages.Identity_protocol);
    GridDataFactory.fillDefaults().grab(true, false).span(2, 1).indent(0, 8).applyTo(group);
    GridLayoutFactory.swtDefaults().margins(8, 8).spacing(0, 3).applyTo(group);
    choice(group, Messages.Identity_imap, Messages.Identity_imapMeans, Protocol.IMAP);
    choice(group, Messages.Identity_pop, Messages.Identity_popMeans, Protocol.POP3);
  }

  /** The other page may have changed how mail is to come. */
  @Override
  public void setVisible(boolean visible) {
    if (visible) {
      protocols.forEach((protocol, button) -> button.setSelection(draft.protocol() == protocol));
    }
    super.setVisible(visible);
  }

  private void choice(Composite group, String name, String means, Protocol protocol) {
    Button button = new Button(group, SWT.RADIO);
    protocols.put(protocol, button);
    button.setText(name);
    button.setSelection(draft.protocol() == protocol);
    button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> {
      if (button.getSelection()) {
        edited(() -> draft.protocol(protocol));
      }
    }));
    // the label below is for the eyes; this is read out with the button
    button.getAccessible().addAccessibleListener(AccessibleListener.getDescriptionAdapter(event -> event.result = means));
    label(group, means, 1, INDENT);
  }

  private void edited(Runnable change) {
    change.run();
    checked();
  }

  private static Text text(Composite area, String label, int style, String hint) {
    Text text = ServerFields.text(area, label, style);
    if (hint != null) {
      text.setMessage(hint);
    }
    return text;
  }

  private static void label(Composite area, String words, int columns, int indent) {
    Label label = new Label(area, SWT.WRAP);
    label.setText(words);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).span(columns, 1).indent(indent, 0).applyTo(label);
  }
}
