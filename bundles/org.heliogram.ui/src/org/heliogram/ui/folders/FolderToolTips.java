/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jface.viewers.ColumnViewer;
import org.eclipse.jface.viewers.ViewerCell;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;

/**
 * The platform's own tooltips for the folder tree. JFace's are windows: one that was up when a dialog was opened by a key took Return and
 * Escape from the dialog (GTK).
 */
final class FolderToolTips {
  private FolderToolTips() {}

  /** @param words for an element of the viewer; null for none */
  static void show(ColumnViewer viewer, Function<Object, String> words) {
    Control control = viewer.getControl();
    control.addMouseMoveListener(event -> {
      ViewerCell cell = viewer.getCell(new Point(event.x, event.y));
      String text = cell == null ? null : escaped(words.apply(cell.getElement()));
      if (!Objects.equals(text, control.getToolTipText())) {
        control.setToolTipText(text);
      }
    });
  }

  /** An ampersand would be taken for the mark of a mnemonic. */
  private static String escaped(String text) {
    return text == null ? null : text.replace("&", "&&"); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
