/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.function.Consumer;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.heliogram.core.backend.MailException.CertificateRefused;

/** A sentence with an icon that takes no room while there is nothing to say; offers the certificate where that is to blame. */
final class VerdictLine {
  private static final int WIDTH_HINT = 400;
  private static final int ICON_WIDTH = 21;
  private final Composite line;
  private final Label icon;
  private final Label sentence;
  private final Button certificate;
  private CertificateRefused refused; // UI thread only; null where there is no certificate to show

  /** @param look called when the user wants to see the certificate */
  VerdictLine(Composite parent, int columns, Consumer<CertificateRefused> look) {
    line = new Composite(parent, SWT.NONE);
    GridDataFactory.fillDefaults().grab(true, false).span(columns, 1).exclude(true).applyTo(line);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(0, 3).applyTo(line);
    icon = new Label(line, SWT.NONE);
    GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(icon);
    sentence = new Label(line, SWT.WRAP);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).applyTo(sentence);
    certificate = new Button(line, SWT.PUSH);
    certificate.setText(Messages.Verdict_certificate);
    GridDataFactory.swtDefaults().indent(ICON_WIDTH, 0).span(2, 1).exclude(true).applyTo(certificate);
    certificate.setVisible(false);
    certificate.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> look.accept(refused)));
    line.setVisible(false);
  }

  /** Puts the line after another control of its grid. */
  void moveBelow(Control other) {
    line.moveBelow(other);
  }

  void clear() {
    refused = null;
    visible(line, false);
  }

  void show(Verdict verdict) {
    switch (verdict) {
      case Verdict.Passed passed -> show(passed.sentence(), Dialog.DLG_IMG_MESSAGE_INFO, null);
      case Verdict.Failed failed -> show(failed.sentence(), Dialog.DLG_IMG_MESSAGE_ERROR, failed.certificate().orElse(null));
    }
  }

  /** A warning that does not come from a test. */
  void warn(String text) {
    show(text, Dialog.DLG_IMG_MESSAGE_WARNING, null);
  }

  String text() {
    return line.getVisible() ? sentence.getText() : ""; //$NON-NLS-1$
  }

  private void show(String text, String imageKey, CertificateRefused toShow) {
    Image image = JFaceResources.getImage(imageKey);
    icon.setImage(image);
    sentence.setText(text.replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
    refused = toShow;
    visible(certificate, toShow != null);
    visible(line, true);
  }

  /** Shows or hides a control together with the room it takes. */
  static void visible(Control control, boolean shown) {
    if (control.getLayoutData() == null) {
      control.setLayoutData(new GridData());
    }
    control.setVisible(shown);
    ((GridData) control.getLayoutData()).exclude = !shown;
    control.getParent().requestLayout();
  }
}
