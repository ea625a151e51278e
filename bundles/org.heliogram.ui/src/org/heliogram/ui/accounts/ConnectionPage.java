/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.ServerOptions;

/** How the incoming server is spoken to; nobody has to look here. */
public final class ConnectionPage extends AccountPage {
  /** Strongest first, as they are tried. */
  private static final List<String> MECHANISMS = List.of("EXTERNAL", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  private static final int MOST = 20;
  private Combo mechanism;
  private Button push;
  private Button compress;
  private Spinner connections;

  public ConnectionPage() {
    super(2);
  }

  @Override
  void fill(Composite area) {
    ServerOptions server = account().options().server();
    new Label(area, SWT.NONE).setText(Messages.Connection_mechanism);
    mechanism = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
    mechanism.add(Messages.Connection_strongest);
    MECHANISMS.forEach(mechanism::add);
    mechanism.select(server.mechanism().map(name -> MECHANISMS.indexOf(name) + 1).orElse(0));
    new Label(area, SWT.NONE).setText(Messages.Connection_most);
    connections = new Spinner(area, SWT.BORDER);
    connections.setValues(server.connections(), 1, MOST, 0, 1, 5);
    push = check(area, Messages.Connection_push, server.push());
    words(area, Messages.Connection_pushMeans);
    compress = check(area, Messages.Connection_compress, server.compress());
    words(area, Messages.Connection_compressMeans);
  }

  private static Button check(Composite area, String words, boolean on) {
    var button = new Button(area, SWT.CHECK);
    button.setText(words);
    button.setSelection(on);
    GridDataFactory.swtDefaults().span(2, 1).indent(0, 6).applyTo(button);
    return button;
  }

  private static void words(Composite area, String said) {
    var label = new Label(area, SWT.WRAP);
    label.setText(said);
    GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).span(2, 1).indent(22, 0).applyTo(label);
  }

  @Override
  Check check() {
    return Check.FINE;
  }

  @Override
  UnaryOperator<Account> edit() {
    int at = mechanism.getSelectionIndex();
    Optional<String> pinned = at > 0 ? Optional.of(MECHANISMS.get(at - 1)) : account().options().server().mechanism().filter(name -> at < 0);
    var server = new ServerOptions(pinned, compress.getSelection(), push.getSelection(), connections.getSelection());
    return old -> old.withOptions(old.options().withServer(server));
  }
}
