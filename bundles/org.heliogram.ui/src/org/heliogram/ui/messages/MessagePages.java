/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** What the Messages view can show: the list, or a sentence instead of it. UI thread only. */
final class MessagePages {
  private final Composite parent;
  private final StackLayout layout = new StackLayout();
  private final Composite list;
  private final Composite sentence;
  private final Label text;

  MessagePages(Composite parent) {
    this.parent = parent;
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
