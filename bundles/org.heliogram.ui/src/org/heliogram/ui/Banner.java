/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;

/** A sentence across a view with, perhaps, one thing to do about it. Takes no room while it has nothing to say. Its parent has a GridLayout. */
public final class Banner extends Composite {
  private final ResourceManager images = new LocalResourceManager(JFaceResources.getResources(), this);
  private final Label icon;
  private final Link words;
  private Runnable action = () -> {};

  public Banner(Composite parent) {
    super(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(8, 5).spacing(7, 0).applyTo(this);
    GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
    setVisible(false);
    icon = new Label(this, SWT.NONE);
    icon.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
    words = new Link(this, SWT.WRAP);
    GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).hint(100, SWT.DEFAULT).applyTo(words);
    words.addListener(SWT.Selection, event -> action.run());
  }

  /**
   * @param iconName as for {@link Icons#of(String)}
   * @param sentence plain text
   * @param link     what can be done, as plain text; empty if nothing
   */
  public void show(String iconName, String sentence, String link, Runnable whenClicked) {
    action = whenClicked;
    icon.setImage(images.create(Icons.of(iconName)));
    words.setText(plain(sentence) + (link.isEmpty() ? "" : " <a>" + plain(link) + "</a>")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    words.setToolTipText(sentence);
    setShown(true);
  }

  /** Takes over the colours of what is beside it. */
  public void colour(Color background, Color foreground) {
    setBackground(background);
    icon.setBackground(background);
    words.setBackground(background);
    words.setForeground(foreground);
  }

  public void hide() {
    setShown(false);
  }

  private void setShown(boolean shown) {
    ((GridData) getLayoutData()).exclude = !shown;
    setVisible(shown);
    getParent().layout(true, true);
  }

  /** A link's markup must not come from what a server said. */
  private static String plain(String text) {
    return text.replace("<", "\u2039").replace(">", "\u203a").replace("&", "&&"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  }
}
