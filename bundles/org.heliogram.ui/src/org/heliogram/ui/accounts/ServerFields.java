/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.List;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.FontMetrics;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.model.Security;

/** Host, port and security of one server in a grid of {@link #COLUMNS} columns, with a warning where nothing is protected. */
final class ServerFields {
  static final int COLUMNS = 4;
  private static final int PORT_CHARACTERS = 7;
  private static final List<Security> CHOICES = List.of(Security.TLS, Security.STARTTLS, Security.NONE);
  private final ServerDraft draft;
  private final Runnable changed;
  private final Text host;
  private final Text port;
  private final Combo security;
  private final VerdictLine warning;
  private boolean showing; // UI thread only; true while the draft is written to the fields

  /** The labels, each with a mnemonic of its own in the page. */
  record Words(String host, String port, String security) {}

  ServerFields(Composite grid, Words words, ServerDraft draft, Runnable changed) {
    this.draft = draft;
    this.changed = changed;
    host = text(grid, words.host(), SWT.BORDER);
    port = text(grid, words.port(), SWT.BORDER);
    GridDataFactory.swtDefaults().hint(Dialog.convertWidthInCharsToPixels(metrics(port), PORT_CHARACTERS), SWT.DEFAULT)
        .applyTo(port);
    port.setTextLimit(5);
    new Label(grid, SWT.NONE).setText(words.security());
    security = new Combo(grid, SWT.READ_ONLY | SWT.DROP_DOWN);
    security.setItems(Messages.Security_tls, Messages.Security_startTls, Messages.Security_none);
    GridDataFactory.swtDefaults().span(COLUMNS - 1, 1).applyTo(security);
    warning = new VerdictLine(grid, COLUMNS, refused -> {});
    show();
    host.addModifyListener(e -> edited(() -> draft.host(host.getText())));
    port.addModifyListener(e -> edited(() -> draft.port(port.getText())));
    security.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> edited(this::secure)));
  }

  /** A labelled line of text; spans nothing. */
  static Text text(Composite grid, String label, int style) {
    new Label(grid, SWT.NONE).setText(label);
    Text text = new Text(grid, style);
    GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).applyTo(text);
    return text;
  }

  /** Writes the draft into the fields. */
  void show() {
    showing = true;
    set(host, draft.host());
    set(port, draft.port());
    security.select(CHOICES.indexOf(draft.security()));
    if (draft.security() == Security.NONE) {
      warning.warn(Messages.Security_noneWarning);
    } else {
      warning.clear();
    }
    showing = false;
  }

  /** Writes a text only where it differs, so that the caret stays. */
  static void set(Text field, String text) {
    if (!field.getText().strip().equals(text)) {
      field.setText(text);
    }
  }

  void enabled(boolean enabled) {
    for (Control control : List.of(host, port, security)) {
      control.setEnabled(enabled);
    }
  }

  void focus() {
    host.setFocus();
  }

  private void secure() {
    draft.security(CHOICES.get(security.getSelectionIndex()));
    show();
  }

  private void edited(Runnable change) {
    if (!showing) {
      change.run();
      changed.run();
    }
  }

  static FontMetrics metrics(Control control) {
    GC gc = new GC(control);
    try {
      return gc.getFontMetrics();
    } finally {
      gc.dispose();
    }
  }
}
