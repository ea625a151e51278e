/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.Objects;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.preference.JFacePreferences;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.themes.IThemeManager;
import org.heliogram.mime.Look;

/**
 * Watches the colours of a control, for content that the platform does not colour by itself. There is no event for "light became dark",
 * so the control's own colours are compared whenever the platform says that anything about themes or the system changed. UI thread only.
 */
public final class Theme {
  private static final int SETTLE_MILLIS = 150;
  private final Control model;
  private final Runnable changed;
  private final Runnable compare = this::compare;
  private Look look;

  /**
   * @param model   a control that the theme colours; watching ends with it
   * @param changed called when the colours are others
   */
  public Theme(Control model, Runnable changed) {
    this.model = Objects.requireNonNull(model);
    this.changed = Objects.requireNonNull(changed);
    look = read();
    IThemeManager themes = PlatformUI.getWorkbench().getThemeManager();
    IPropertyChangeListener themeListener = event -> compareSoon();
    Listener settings = event -> compareSoon();
    themes.addPropertyChangeListener(themeListener);
    JFaceResources.getColorRegistry().addListener(themeListener);
    model.getDisplay().addListener(SWT.Settings, settings);
    model.addListener(SWT.Paint, settings);
    model.addDisposeListener(event -> {
      themes.removePropertyChangeListener(themeListener);
      JFaceResources.getColorRegistry().removeListener(themeListener);
      model.getDisplay().removeListener(SWT.Settings, settings);
      model.getDisplay().timerExec(-1, compare);
    });
  }

  /** The colours as they are now. */
  public Look look() {
    return look;
  }

  private void compareSoon() {
    if (!model.isDisposed()) {
      model.getDisplay().timerExec(SETTLE_MILLIS, compare);
    }
  }

  private void compare() {
    if (model.isDisposed()) {
      return;
    }
    Look now = read();
    if (!now.equals(look)) {
      look = now;
      changed.run();
    }
  }

  private Look read() {
    RGB background = model.getBackground().getRGB();
    boolean dark = luminance(background) < 0.5;
    Color link = JFaceResources.getColorRegistry().get(JFacePreferences.HYPERLINK_COLOR);
    String linkColour = link != null && contrasts(link.getRGB(), background) ? hex(link.getRGB()) : (dark ? Look.DARK : Look.LIGHT).link();
    return new Look(hex(background), hex(model.getForeground().getRGB()), linkColour, dark);
  }

  /** Perceived brightness from 0 to 1 (the weights of ITU-R BT.601). */
  static double luminance(RGB colour) {
    return (0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue) / 255;
  }

  private static boolean contrasts(RGB one, RGB other) {
    return Math.abs(luminance(one) - luminance(other)) > 0.3;
  }

  private static String hex(RGB colour) {
    return String.format("#%02x%02x%02x", colour.red, colour.green, colour.blue); //$NON-NLS-1$
  }
}
