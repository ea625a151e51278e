/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleListener;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** A sentence with a button that does what it proposes. Takes no room while there is nothing to offer. */
final class OfferLine {
  private static final int WIDTH_HINT = 400;
  private static final int ICON_WIDTH = 21;
  private final Composite line;
  private final Label sentence;
  private Runnable action = () -> {};

  OfferLine(Composite parent, int columns, String button) {
    line = new Composite(parent, SWT.NONE);
    GridDataFactory.fillDefaults().grab(true, false).span(columns, 1).exclude(true).applyTo(line);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(0, 3).applyTo(line);
    var icon = new Label(line, SWT.NONE);
    icon.setImage(JFaceResources.getImage(Dialog.DLG_IMG_MESSAGE_INFO));
    GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(icon);
    sentence = new Label(line, SWT.WRAP);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).applyTo(sentence);
    var accept = new Button(line, SWT.PUSH);
    accept.setText(button);
    accept.getAccessible().addAccessibleListener(AccessibleListener.getDescriptionAdapter(event -> event.result = sentence.getText()));
    GridDataFactory.swtDefaults().indent(ICON_WIDTH, 0).span(2, 1).applyTo(accept);
    accept.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> action.run()));
    line.setVisible(false);
  }

  void show(String words, Runnable whenAccepted) {
    action = whenAccepted;
    sentence.setText(words.replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
    VerdictLine.visible(line, true);
  }

  void clear() {
    VerdictLine.visible(line, false);
  }

  String text() {
    return line.getVisible() ? sentence.getText() : ""; //$NON-NLS-1$
  }
}
