/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Finds messages of the list by sender, recipient or subject; stays open, does not block the window. */
final class FindDialog extends Dialog {
  private static final int PREVIOUS = IDialogConstants.CLIENT_ID;
  private static final int NEXT = IDialogConstants.CLIENT_ID + 1;
  private final ListSearch search;
  private Text text;
  private Label result;

  FindDialog(Shell shell, ListSearch search) {
    super(shell);
    this.search = search;
    setShellStyle(SWT.CLOSE | SWT.TITLE | SWT.RESIZE | SWT.MODELESS);
    setBlockOnOpen(false);
  }

  @Override
  protected void configureShell(Shell shell) {
    super.configureShell(shell);
    shell.setText(Messages.Find_title);
  }

  @Override
  protected Control createDialogArea(Composite parent) {
    Composite area = (Composite) super.createDialogArea(parent);
    ((GridLayout) area.getLayout()).numColumns = 2;
    new Label(area, SWT.NONE).setText(Messages.Find_text);
    text = new Text(area, SWT.BORDER | SWT.SEARCH | SWT.ICON_CANCEL);
    text.addModifyListener(event -> result.setText("")); //$NON-NLS-1$
    GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(text);
    result = new Label(area, SWT.NONE);
    GridDataFactory.fillDefaults().span(2, 1).applyTo(result);
    return area;
  }

  @Override
  protected void createButtonsForButtonBar(Composite parent) {
    createButton(parent, PREVIOUS, Messages.Find_previous, false);
    createButton(parent, NEXT, Messages.Find_next, true);
    createButton(parent, IDialogConstants.CLOSE_ID, IDialogConstants.CLOSE_LABEL, false);
  }

  @Override
  protected void buttonPressed(int button) {
    if (button == IDialogConstants.CLOSE_ID) {
      close();
    } else if (!text.getText().isBlank()) {
      result.setText(Messages.Find_searching);
      search.text(text.getText().strip(), button == NEXT, this::show);
    }
  }

  private void show(boolean found) {
    if (!result.isDisposed()) {
      result.setText(found ? "" : Messages.Find_none); //$NON-NLS-1$
    }
  }
}
