/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.notifications.AbstractNotificationPopup;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.heliogram.ui.Icons;

/** The platform's quiet popup in the corner with a {@link Notice} in it. UI thread only. */
public final class NoticePopup extends AbstractNotificationPopup {
  private static final long SHOWN_FOR_MILLIS = 8_000;
  private static final int WIDTH_HINT = 330;
  private final Notice notice;

  NoticePopup(Display display, Notice notice) {
    super(display);
    this.notice = notice;
    setDelayClose(SHOWN_FOR_MILLIS);
  }

  /** Shows it, unless the user is presenting or answering a question; then it is dropped. Any thread. */
  public static void show(Notice notice) {
    if (!PlatformUI.isWorkbenchRunning()) {
      return;
    }
    Display display = PlatformUI.getWorkbench().getDisplay();
    if (!display.isDisposed()) {
      display.asyncExec(() -> {
        if (!busy(display)) {
          new NoticePopup(display, notice).open();
        }
      });
    }
  }

  /** Whether a popup would be in the way: a window fills the screen, or a dialog waits for an answer. */
  static boolean busy(Display display) {
    if (PlatformUI.getWorkbench().isClosing()) {
      return true;
    }
    for (IWorkbenchWindow window : PlatformUI.getWorkbench().getWorkbenchWindows()) {
      if (window.getShell() != null && window.getShell().getFullScreen()) {
        return true;
      }
    }
    int modal = SWT.PRIMARY_MODAL | SWT.APPLICATION_MODAL | SWT.SYSTEM_MODAL;
    for (Shell shell : display.getShells()) {
      if (open(shell, modal)) {
        return true;
      }
    }
    return false;
  }

  private static boolean open(Shell shell, int modal) {
    if (shell.isVisible() && (shell.getStyle() & modal) != 0) {
      return true;
    }
    for (Shell child : shell.getShells()) {
      if (open(child, modal)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected String getPopupShellTitle() {
    return notice.title();
  }

  @Override
  protected Image getPopupShellImage(int maximumHeight) {
    return resources.create(Icons.of("eview16/mail")); //$NON-NLS-1$
  }

  @Override
  protected void createContentArea(Composite parent) {
    Composite area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().margins(4, 4).spacing(0, 6).applyTo(area);
    notice.lines().forEach(line -> line(area, line));
    Composite row = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(Math.max(1, notice.links().size())).spacing(14, 0).applyTo(row);
    GridDataFactory.fillDefaults().indent(0, 4).applyTo(row);
    notice.links().forEach(link -> link(row, link));
    paint(area, parent.getBackground());
  }

  /** The popup is not as dialogs are: its ground is that of lists. */
  private static void paint(Control control, Color ground) {
    control.setBackground(ground);
    if (control instanceof Composite composite) {
      for (Control child : composite.getChildren()) {
        paint(child, ground);
      }
    }
  }

  private void line(Composite area, Notice.Line line) {
    if (line.chosen() == null) {
      Label label = new Label(area, SWT.WRAP);
      label.setText(line.text().replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
      GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).applyTo(label);
    } else {
      GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).applyTo(link(area, line));
    }
  }

  private Link link(Composite parent, Notice.Line line) {
    Link link = new Link(parent, SWT.NONE);
    link.setText("<a>" + escape(line.text()) + "</a>"); //$NON-NLS-1$ //$NON-NLS-2$
    link.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> {
      close();
      line.chosen().run();
    }));
    return link;
  }

  /** A Link reads tags and mnemonics; text from mail must be neither. */
  static String escape(String text) {
    return text.replace("&", "&&").replace('<', '\u2039').replace('>', '\u203A'); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
