/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import java.time.ZoneId;
import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IconAndMessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.ProtocolLogs;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.accounts.TroubleText;

/** What went wrong, and the last that was said on the connection: to be read, copied, and passed on to whoever runs the server. */
public final class TroubleDetails extends IconAndMessageDialog {
  private static final int TAIL = 40;
  private static final int COPY = IDialogConstants.CLIENT_ID;
  private static final int LOG = IDialogConstants.CLIENT_ID + 1;
  private final Account account;
  private final IWorkbenchPage page;
  private final String log;

  public TroubleDetails(Shell shell, Account account, Exception trouble, IWorkbenchPage page) {
    super(shell);
    this.account = account;
    this.page = page;
    setShellStyle(getShellStyle() | SWT.RESIZE);
    message = TroubleText.of(trouble, account);
    ProtocolLogs logs = PlatformUI.getWorkbench().getService(ProtocolLogs.class);
    List<Line> tail = logs == null ? List.of() : logs.tail(account.id(), TAIL);
    log = new LogText(ZoneId.systemDefault()).lines(tail);
  }

  @Override
  protected void configureShell(Shell shell) {
    super.configureShell(shell);
    shell.setText(NLS.bind(Messages.Details_title, account.label()));
  }

  @Override
  protected Control createDialogArea(Composite parent) {
    var area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 10).spacing(10, 10).applyTo(area);
    GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
    createMessageArea(area);
    var caption = new Label(area, SWT.NONE);
    caption.setText(log.isEmpty() ? Messages.Details_nothing : Messages.Details_log);
    GridDataFactory.fillDefaults().span(2, 1).applyTo(caption);
    if (!log.isEmpty()) {
      var text = new Text(area, SWT.READ_ONLY | SWT.MULTI | SWT.BORDER | SWT.H_SCROLL | SWT.V_SCROLL);
      text.setFont(JFaceResources.getTextFont());
      text.setText(log);
      GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(640, 260).applyTo(text);
      text.setTopIndex(text.getLineCount());
    }
    return area;
  }

  @Override
  protected void createButtonsForButtonBar(Composite parent) {
    createButton(parent, COPY, Messages.Details_copy, false);
    createButton(parent, LOG, Messages.Details_open, false);
    createButton(parent, IDialogConstants.CLOSE_ID, IDialogConstants.CLOSE_LABEL, true);
  }

  @Override
  protected void buttonPressed(int id) {
    switch (id) {
      case COPY -> copy();
      case LOG -> {
        close();
        open(page, account);
      }
      default -> close();
    }
  }

  private void copy() {
    var clipboard = new Clipboard(getShell().getDisplay());
    clipboard.setContents(new Object[] {message + "\n\n" + log + '\n'}, new Transfer[] {TextTransfer.getInstance()}); //$NON-NLS-1$
    clipboard.dispose();
  }

  private static void open(IWorkbenchPage page, Account account) {
    try {
      if (page.showView(MailUi.PROTOCOL_VIEW) instanceof ProtocolLogView view) {
        view.choose(account.id());
      }
    } catch (PartInitException e) {
      ILog.of(TroubleDetails.class).error("protocol log not shown", e); //$NON-NLS-1$
    }
  }

  @Override
  protected Image getImage() {
    return getWarningImage();
  }
}
