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
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.TableItem;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.Icons;

/** Fills the cells of a row: texts, icons, bold for unread. */
final class RowLook {
  private final RowText text;
  private final Font bold;
  private final Image unread;
  private final Image starred;
  private final Image unstarred;
  private final Image attachment;

  RowLook(RowText text, Control control, ResourceManager resources) {
    this.text = text;
    bold = resources.create(FontDescriptor.createFrom(control.getFont()).setStyle(SWT.BOLD));
    unread = resources.create(Icons.of("obj16/message-unread")); //$NON-NLS-1$
    starred = resources.create(Icons.of("obj16/star-on")); //$NON-NLS-1$
    unstarred = resources.create(Icons.of("obj16/star-off")); //$NON-NLS-1$
    attachment = resources.create(Icons.of("obj16/attachment")); //$NON-NLS-1$
  }

  RowText text() {
    return text;
  }

  void fill(TableItem item, MessageSummary row, boolean outgoing) {
    for (Column column : Column.values()) {
      item.setText(column.ordinal(), text.cell(row, column, outgoing));
    }
    item.setImage(Column.READ.ordinal(), row.unread() ? unread : null);
    item.setImage(Column.FLAGGED.ordinal(), row.flags().has(Flag.FLAGGED) ? starred : unstarred);
    item.setImage(Column.ATTACHMENTS.ordinal(), row.attachments() ? attachment : null);
    item.setFont(row.unread() ? bold : null);
  }

  /** The row is not here yet. */
  static void blank(TableItem item) {
    for (Column column : Column.values()) {
      item.setText(column.ordinal(), ""); //$NON-NLS-1$
      item.setImage(column.ordinal(), null);
    }
  }
}
