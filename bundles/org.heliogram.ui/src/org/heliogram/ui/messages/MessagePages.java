/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** What the Messages view can show: the list, a sentence instead of it, or the welcome. UI thread only. */
final class MessagePages {
  private final Composite parent;
  private final StackLayout layout = new StackLayout();
  private final Composite list;
  private final Composite sentence;
  private final Label text;
  private final Function<Composite, Control> welcomePage;
  private Control welcome;

  /** @param welcomePage makes the welcome, when it is first needed */
  MessagePages(Composite parent, Function<Composite, Control> welcomePage) {
    this.parent = parent;
    this.welcomePage = welcomePage;
    parent.setLayout(layout);
    list = new Composite(parent, SWT.NONE);
    sentence = new Composite(parent, SWT.NONE);
    GridLayoutFactory.swtDefaults().margins(24, 24).applyTo(sentence);
    text = new Label(sentence, SWT.WRAP | SWT.CENTER);
    GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, true).applyTo(text);
    layout.topControl = sentence;
  }

  Composite list() {
    return list;
  }

  void showList() {
    show(list);
  }

  void showText(String words) {
    text.setText(words);
    sentence.layout();
    show(sentence);
  }

  void showWelcome() {
    if (welcome == null) {
      welcome = welcomePage.apply(parent);
    }
    show(welcome);
  }

  boolean showsList() {
    return layout.topControl == list;
  }

  /** @return whether the page took it; a list takes it by itself */
  boolean setFocus() {
    return layout.topControl.setFocus();
  }

  private void show(Control page) {
    if (layout.topControl == page) {
      return;
    }
    layout.topControl = page;
    parent.layout();
  }
}
