/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ColorDescriptor;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.heliogram.ui.Icons;

/** Subject and header fields, selectable; few of them, or all. UI thread only. */
final class HeaderBlock extends Composite {
  private static final int LINES_AT_MOST = 11;
  private final ResourceManager resources = new LocalResourceManager(JFaceResources.getResources(), this);
  private final StyledText text;
  private final ToolItem toggle;
  private final Font large;
  private Optional<HeaderLines> brief = Optional.empty();
  private Optional<HeaderLines> all = Optional.empty();

  HeaderBlock(Composite parent) {
    super(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 6).spacing(4, 0).applyTo(this);
    GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
    setVisible(false);
    text = new StyledText(this, SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
    text.setAlwaysShowScrollBars(false);
    text.setCaret(null);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
    large = resources.create(FontDescriptor.createFrom(text.getFont()).setStyle(SWT.BOLD).increaseHeight(3));
    ToolBar tools = new ToolBar(this, SWT.FLAT);
    GridDataFactory.swtDefaults().align(SWT.END, SWT.BEGINNING).applyTo(tools);
    toggle = new ToolItem(tools, SWT.CHECK);
    toggle.setImage(resources.create(Icons.of("elcl16/details"))); //$NON-NLS-1$
    toggle.setToolTipText(Messages.Header_all);
    toggle.addListener(SWT.Selection, event -> show());
    text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        event.result = Messages.Header_name;
      }
    });
    addListener(SWT.Resize, event -> fit());
  }

  /** @param everything empty while the message itself is not here */
  void show(HeaderLines few, Optional<HeaderLines> everything) {
    brief = Optional.of(few);
    all = everything;
    toggle.setEnabled(everything.isPresent());
    show();
  }

  void hide() {
    ((GridData) getLayoutData()).exclude = true;
    setVisible(false);
  }

  private void show() {
    boolean everything = toggle.getSelection() && all.isPresent();
    toggle.setImage(resources.create(Icons.of(everything ? "elcl16/details-less" : "elcl16/details"))); //$NON-NLS-1$ //$NON-NLS-2$
    HeaderLines lines = everything ? all.get() : brief.get();
    if (!lines.text().equals(text.getText())) {
      text.setText(lines.text());
      style(lines);
    }
    ((GridData) getLayoutData()).exclude = false;
    setVisible(true);
    fit();
    getParent().layout(true, true);
  }

  private void style(HeaderLines lines) {
    Color grey = resources.create(ColorDescriptor.createFrom(faded()));
    int indent = 0;
    GC gc = new GC(text);
    for (HeaderLines.Line line : lines.lines()) {
      indent = Math.max(indent, gc.textExtent(line.name()).x + 12);
    }
    gc.dispose();
    indent = Math.min(indent, 180);
    text.setTabStops(new int[] {indent});
    var subject = new StyleRange(0, lines.subject().length(), null, null);
    subject.font = large;
    text.setStyleRange(subject);
    int at = lines.subject().length() + 1;
    for (HeaderLines.Line line : lines.lines()) {
      text.setStyleRange(new StyleRange(at, line.name().length(), grey, null));
      at += line.name().length() + line.value().length() + 2;
    }
    for (int line = 1; line < text.getLineCount(); line++) {
      text.setLineWrapIndent(line, 1, indent);
    }
    text.setLineVerticalIndent(1 < text.getLineCount() ? 1 : 0, 4);
  }

  /** The colour of names: between the text's and the background's. */
  private RGB faded() {
    RGB front = text.getForeground().getRGB();
    RGB back = text.getBackground().getRGB();
    return new RGB((front.red * 2 + back.red) / 3, (front.green * 2 + back.green) / 3, (front.blue * 2 + back.blue) / 3);
  }

  /** As high as its lines, but never so high that the message has no room. */
  private void fit() {
    int wanted = text.computeSize(Math.max(50, text.getSize().x), SWT.DEFAULT).y;
    GridData data = (GridData) text.getLayoutData();
    int height = Math.min(wanted, LINES_AT_MOST * text.getLineHeight());
    if (data.heightHint != height) {
      data.heightHint = height;
      getParent().layout(true, true);
    }
  }

  void colour(Color background, Color foreground) {
    setBackground(background);
    text.setBackground(background);
    text.setForeground(foreground);
    for (var child : getChildren()) {
      child.setBackground(background);
    }
    if (brief.isPresent()) {
      style(toggle.getSelection() && all.isPresent() ? all.get() : brief.get());
    }
  }
}
