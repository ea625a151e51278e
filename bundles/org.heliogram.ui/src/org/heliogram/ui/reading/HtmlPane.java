/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.browser.Browser;
import org.eclipse.swt.browser.LocationEvent;
import org.eclipse.swt.browser.LocationListener;
import org.eclipse.swt.browser.ProgressListener;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/**
 * Shows a document that has been made safe: in the browser without script and without navigation, or, where there is no browser, its
 * text. The browser is made when first needed and stays hidden until it has painted in the right colours. UI thread only.
 */
final class HtmlPane extends Composite {
  private static final int PATIENCE_MILLIS = 150;
  private static final String BLANK = "about:blank"; //$NON-NLS-1$
  private final StackLayout layout = new StackLayout();
  private final StyledText text;
  private final Consumer<String> linkOpened;
  private Browser browser;
  private boolean browserMissing;
  private boolean ownNavigation;
  private final Runnable blank = () -> showSentence(""); //$NON-NLS-1$

  /** @param linkOpened a link was followed; the address is as the mail has it */
  HtmlPane(Composite parent, Consumer<String> linkOpened) {
    super(parent, SWT.NONE);
    this.linkOpened = linkOpened;
    setLayout(layout);
    text = new StyledText(this, SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
    text.setMargins(12, 10, 12, 10);
    text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        event.result = Messages.Message_text;
      }
    });
    layout.topControl = text;
    addDisposeListener(event -> getDisplay().timerExec(-1, blank));
  }

  /** A control that the theme colours. */
  Control model() {
    return text;
  }

  /**
   * @param html  one self-contained document
   * @param plain the same as text, for when there is no browser
   */
  void show(String html, String plain) {
    if (browser == null && !browserMissing) {
      create();
    }
    if (browser == null) {
      showSentence(plain);
      return;
    }
    getDisplay().timerExec(-1, blank);
    ownNavigation = true;
    browser.setText(html, false);
  }

  /** Another message comes: what is shown stays for the moment that most messages take, but not longer. */
  void expect() {
    getDisplay().timerExec(layout.topControl == text ? 0 : PATIENCE_MILLIS, blank);
  }

  /** A sentence instead of a message. */
  void showSentence(String words) {
    getDisplay().timerExec(-1, blank);
    text.setText(words);
    top(text);
  }

  private void create() {
    try {
      browser = new Browser(this, SWT.NONE);
    } catch (SWTError e) {
      browserMissing = true;
      ILog.of(HtmlPane.class).warn("No browser: messages are shown as plain text", e); //$NON-NLS-1$
      return;
    }
    browser.setJavascriptEnabled(false);
    browser.setBackground(text.getBackground());
    browser.addLocationListener(LocationListener.changingAdapter(this::changing));
    browser.addOpenWindowListener(event -> event.required = true); // and no browser for it: nothing opens
    browser.addProgressListener(ProgressListener.completedAdapter(event -> {
      ownNavigation = false;
      top(browser);
    }));
  }

  private void changing(LocationEvent event) {
    if (ownNavigation && (event.location.isEmpty() || event.location.startsWith(BLANK))) {
      return;
    }
    event.doit = event.location.startsWith(BLANK + "#"); //$NON-NLS-1$
    if (!event.doit && fitForTheOutside(event.location)) {
      linkOpened.accept(event.location);
    }
  }

  /** Whether a link may be handed to the system. */
  static boolean fitForTheOutside(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://") || lower.startsWith("mailto:"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private void top(Control control) {
    if (layout.topControl != control) {
      boolean focus = layout.topControl.isFocusControl();
      layout.topControl = control;
      layout();
      if (focus) {
        control.setFocus();
      }
    }
  }

  @Override
  public boolean setFocus() {
    return layout.topControl.setFocus();
  }
}
