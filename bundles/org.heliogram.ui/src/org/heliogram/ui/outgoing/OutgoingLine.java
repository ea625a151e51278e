/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.store.MailStore;
import org.heliogram.ui.Icons;
import org.heliogram.ui.StoreReads;

/**
 * "3 changes waiting" below the folders; chosen, it opens the view. It says nothing of changes that are on their way at once, so that
 * the line does not come and go with every click. Its parent has a GridLayout. UI thread only.
 */
public final class OutgoingLine extends Composite {
  private static final int READ_AGAIN_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 1_500;
  private final ResourceManager images = new LocalResourceManager(JFaceResources.getResources(), this);
  private final Label icon;
  private final Link words;
  private final Runnable appear = this::appear;
  private List<OutgoingRow> rows = List.of();

  public OutgoingLine(Composite parent, MailStore store, Executor background, Executor ui, IWorkbenchPage page) {
    super(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 3).spacing(5, 0).applyTo(this);
    GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
    setVisible(false);
    icon = new Label(this, SWT.NONE);
    words = new Link(this, SWT.NONE);
    GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).applyTo(words);
    words.setToolTipText(Messages.Line_tip);
    words.addListener(SWT.Selection, event -> open(page));
    Consumer<Runnable> later = task -> getDisplay().timerExec(READ_AGAIN_MILLIS, task);
    var feed = new OutgoingFeed(store, new StoreReads(store, background, ui), PlatformUI.getWorkbench().getService(Refusals.class), ui, later, this::show);
    addDisposeListener(event -> feed.close());
  }

  private static void open(IWorkbenchPage page) {
    try {
      ShowOutgoingHandler.show(page);
    } catch (PartInitException e) {
      ILog.of(OutgoingLine.class).error("outgoing changes not shown", e); //$NON-NLS-1$
    }
  }

  private void show(List<OutgoingRow> now) {
    boolean news = rows.isEmpty() && !now.isEmpty();
    rows = now;
    if (now.isEmpty()) {
      setShown(false);
    } else if (getVisible()) {
      appear();
    } else if (news) {
      getDisplay().timerExec(PATIENCE_MILLIS, appear);
    }
  }

  private void appear() {
    if (isDisposed() || rows.isEmpty()) {
      return;
    }
    int refused = (int) rows.stream().filter(OutgoingRow.Refused.class::isInstance).count();
    int waiting = rows.size() - refused;
    String said = refused == 0 ? OutgoingWords.count(waiting) : waiting == 0 ? OutgoingWords.refused(refused)
        : NLS.bind(Messages.Line_both, OutgoingWords.refused(refused), OutgoingWords.count(waiting));
    words.setText("<a>" + said + "</a>"); //$NON-NLS-1$ //$NON-NLS-2$
    icon.setImage(images.create(Icons.of(refused > 0 ? "obj16/trouble" : "obj16/change-waiting"))); //$NON-NLS-1$ //$NON-NLS-2$
    setShown(true);
  }

  private void setShown(boolean shown) {
    var data = (GridData) getLayoutData();
    if (data.exclude == shown) {
      data.exclude = !shown;
      setVisible(shown);
      getParent().layout(true, true);
    }
  }
}
