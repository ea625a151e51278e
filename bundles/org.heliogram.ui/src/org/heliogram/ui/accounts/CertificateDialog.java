/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.HexFormat;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.heliogram.core.backend.MailException.CertificateRefused;

/** Shows the certificate that was refused, and lets the user accept exactly this one. Opened by the user, never by itself. */
final class CertificateDialog extends TitleAreaDialog {
  private static final int INITIAL_WIDTH = 620;
  private static final int WIDTH_HINT = 520;
  private static final int DESCRIPTION_LINES = 6;
  private final CertificateRefused refused;
  private final String host;
  private final String problem;

  /** @param problem what is wrong with it, in words */
  CertificateDialog(Shell parent, CertificateRefused refused, String host, String problem) {
    super(parent);
    this.refused = refused;
    this.host = host;
    this.problem = problem;
    setHelpAvailable(false);
  }

  /** The SHA-256 as people compare it: pairs in capitals, sixteen to a line. */
  static String readable(String sha256) {
    String pairs = HexFormat.ofDelimiter(":").withUpperCase().formatHex(HexFormat.of().parseHex(sha256)); //$NON-NLS-1$
    int half = pairs.length() / 2;
    return pairs.substring(0, half + 1) + '\n' + pairs.substring(half + 1);
  }

  @Override
  protected void configureShell(Shell shell) {
    super.configureShell(shell);
    shell.setText(Messages.Certificate_title);
  }

  /** As wide as a fingerprint and readable lines need, not as its longest sentence would be. */
  @Override
  protected Point getInitialSize() {
    return getShell().computeSize(INITIAL_WIDTH, SWT.DEFAULT);
  }

  @Override
  protected boolean isResizable() {
    return true;
  }

  @Override
  protected Control createDialogArea(Composite parent) {
    setTitle(NLS.bind(Messages.Certificate_heading, host));
    setMessage(Messages.Certificate_refused, IMessageProvider.WARNING);
    Composite area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
    GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
    GridLayoutFactory.swtDefaults().margins(10, 10).applyTo(area);
    label(area, problem);
    label(area, Messages.Certificate_description);
    Text description = text(area, refused.description(), SWT.BORDER | SWT.V_SCROLL);
    GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH_HINT, description.getLineHeight() * DESCRIPTION_LINES).applyTo(description);
    label(area, Messages.Certificate_fingerprint);
    Text fingerprint = text(area, readable(refused.sha256()), SWT.NONE);
    fingerprint.setFont(JFaceResources.getTextFont());
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, fingerprint.getLineHeight() * 2).applyTo(fingerprint);
    label(area, NLS.bind(Messages.Certificate_advice, host));
    return area;
  }

  @Override
  protected void createButtonsForButtonBar(Composite parent) {
    createButton(parent, IDialogConstants.OK_ID, Messages.Certificate_accept, false);
    createButton(parent, IDialogConstants.CANCEL_ID, Messages.Certificate_decline, true).setFocus();
  }

  private static void label(Composite area, String words) {
    Label label = new Label(area, SWT.WRAP);
    label.setText(words);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).indent(0, 5).applyTo(label);
  }

  private static Text text(Composite area, String content, int style) {
    Text text = new Text(area, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | style);
    text.setText(content);
    return text;
  }
}
