/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.lang.reflect.InvocationTargetException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.operation.ModalContext;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.ProgressMonitorPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;

/** The Test button of a page of properties, with progress and a way to stop it below. UI thread only. */
final class PageTest {
  private final MailService service;
  private final Purpose purpose;
  private final Supplier<Account> account;
  private final Supplier<ServerTest.Secrets> secrets;
  private final Button button;
  private final ProgressMonitorPart progress;

  /**
   * @param account what the fields say now
   * @param secrets asked for on the UI thread, used in another
   */
  PageTest(Composite grid, MailService service, Purpose purpose, Supplier<Account> account, Supplier<ServerTest.Secrets> secrets,
      Consumer<Verdict> then) {
    this.service = service;
    this.purpose = purpose;
    this.account = account;
    this.secrets = secrets;
    button = new Button(grid, SWT.PUSH);
    button.setText(Messages.Servers_test);
    int width = Dialog.convertHorizontalDLUsToPixels(ServerFields.metrics(button), IDialogConstants.BUTTON_WIDTH);
    GridDataFactory.swtDefaults().align(SWT.END, SWT.BEGINNING).hint(width, SWT.DEFAULT).span(ServerFields.COLUMNS, 1).applyTo(button);
    progress = new ProgressMonitorPart(grid, GridLayoutFactory.fillDefaults().numColumns(2).create(), true);
    GridDataFactory.fillDefaults().grab(true, false).span(ServerFields.COLUMNS, 1).applyTo(progress);
    progress.setVisible(false);
    button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> run(then)));
  }

  void enabled(boolean enabled) {
    button.setEnabled(enabled);
  }

  /** Shows a certificate. @return whether the user accepted it into the draft */
  static boolean accepted(Composite area, CertificateRefused refused, ServerDraft draft) {
    String problem = TroubleText.ofTest(refused, draft.endpoint(draft.user()));
    boolean accepted = new CertificateDialog(area.getShell(), refused, draft.host(), problem).open() == Window.OK;
    if (accepted) {
      draft.accept(refused.sha256());
    }
    return accepted;
  }

  void run(Consumer<Verdict> then) {
    Account tested = account.get();
    ServerTest test = new ServerTest(service, secrets.get());
    Map<Purpose, Verdict> verdicts = new EnumMap<>(Purpose.class);
    button.setEnabled(false);
    progress.attachToCancelComponent(null);
    progress.setVisible(true);
    try {
      ModalContext.run(monitor -> verdicts.putAll(test.run(tested, List.of(purpose), monitor)), true, progress, button.getDisplay());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause()); // the test itself throws nothing checked
    } catch (InterruptedException e) {
      return; // cancelled before it had begun
    } finally {
      finished();
    }
    if (!button.isDisposed()) {
      verdicts.values().forEach(then);
    }
  }

  private void finished() {
    if (!button.isDisposed()) {
      button.setEnabled(true);
      progress.setVisible(false);
      progress.removeFromCancelComponent(null);
    }
  }
}
