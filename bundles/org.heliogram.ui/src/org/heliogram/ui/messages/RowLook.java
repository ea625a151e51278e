/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TableItem;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.Icons;

/** Fills the cells of a row: texts, icons, bold for unread. */
final class RowLook {
  private static final String DELETED = "deleted"; //$NON-NLS-1$
  private final RowText text;
  private final Font bold;
  private final Icon unread;
  private final Icon starred;
  private final Icon unstarred;
  private final Icon attachment;

  /** An icon, and how it is seen on the colour of the selection. */
  private record Icon(Image plain, Image selected) {
    static Icon of(ResourceManager resources, String name, String selected) {
      return new Icon(resources.create(Icons.of(name)), resources.create(Icons.of(selected)));
    }
  }

  RowLook(RowText text, Control control, ResourceManager resources) {
    this.text = text;
    bold = resources.create(FontDescriptor.createFrom(control.getFont()).setStyle(SWT.BOLD));
    unread = Icon.of(resources, "obj16/message-unread", "obj16/message-unread-selected"); //$NON-NLS-1$ //$NON-NLS-2$
    starred = Icon.of(resources, "obj16/star-on", "obj16/star-on"); //$NON-NLS-1$ //$NON-NLS-2$
    unstarred = Icon.of(resources, "obj16/star-off", "obj16/star-off-selected"); //$NON-NLS-1$ //$NON-NLS-2$
    attachment = Icon.of(resources, "obj16/attachment", "obj16/attachment-selected"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  RowText text() {
    return text;
  }

  void fill(TableItem item, MessageSummary row, boolean outgoing) {
    for (Column column : Column.values()) {
      item.setText(column.ordinal(), text.cell(row, column, outgoing));
    }
    item.setFont(row.unread() ? bold : null);
    item.setData(DELETED, row.flags().has(Flag.DELETED) ? Boolean.TRUE : null);
  }

  /** Draws the icon of a cell in its middle. GTK has no room for an image in a column whose first row had none, so cells hold no images. */
  void paint(Event event, MessageSummary row) {
    Icon icon = switch (Column.values()[event.index]) {
      case READ -> row.unread() ? unread : null;
      case FLAGGED -> row.flags().has(Flag.FLAGGED) ? starred : unstarred;
      case ATTACHMENTS -> row.attachments() ? attachment : null;
      case FROM, SUBJECT, DATE, SIZE -> null;
    };
    if (icon != null) {
      Rectangle cell = ((TableItem) event.item).getBounds(event.index);
      Image image = (event.detail & SWT.SELECTED) != 0 ? icon.selected() : icon.plain();
      Rectangle size = image.getBounds();
      event.gc.drawImage(image, cell.x + (cell.width - size.width) / 2, cell.y + (cell.height - size.height) / 2);
    }
  }

  /** Draws a line through the text of a cell if its message is marked as deleted. */
  static void strike(Event event) {
    var item = (TableItem) event.item;
    if (item.getData(DELETED) == null) {
      return;
    }
    String words = item.getText(event.index);
    if (!words.isEmpty()) {
      Rectangle cell = item.getTextBounds(event.index);
      int middle = cell.y + cell.height / 2;
      int width = Math.min(cell.width, event.gc.textExtent(words).x);
      int left = item.getParent().getColumn(event.index).getAlignment() == SWT.RIGHT ? cell.x + cell.width - width : cell.x;
      event.gc.drawLine(left, middle, left + width, middle);
    }
  }

  /** The row is not here yet. */
  static void blank(TableItem item) {
    for (Column column : Column.values()) {
      item.setText(column.ordinal(), ""); //$NON-NLS-1$
    }
  }
}
