/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.Icons;

/** The columns of one table: made in the order of {@link Column}, so that a column's index is its ordinal. The subject takes what the others leave. */
final class MessageColumns {
  private static final int ICON_WIDTH = 30;
  private static final int SUBJECT_AT_LEAST = 120;
  private static final int SAVE_AFTER_MILLIS = 400;
  private final Table table;
  private final Map<Column, Integer> usual = new EnumMap<>(Column.class);
  private final Consumer<ListLayout> changed;
  private ListLayout layout = ListLayout.USUAL;
  private boolean laying;
  private final Runnable save = this::save;

  /**
   * @param clicked a header was clicked: sort by it
   * @param changed the user changed widths or order
   */
  MessageColumns(Table table, ResourceManager images, Consumer<Column> clicked, Consumer<ListLayout> changed) {
    this.table = table;
    this.changed = changed;
    measure();
    for (Column column : Column.values()) {
      create(column, images, clicked);
    }
    table.addListener(SWT.Resize, event -> fill());
  }

  private void measure() {
    GC gc = new GC(table);
    double character = gc.getFontMetrics().getAverageCharacterWidth();
    gc.dispose();
    for (Column column : Column.values()) {
      usual.put(column, switch (column) {
        case READ, FLAGGED, ATTACHMENTS -> ICON_WIDTH;
        case FROM -> (int) (character * 25);
        case SUBJECT -> SUBJECT_AT_LEAST;
        case DATE -> (int) (character * 17);
        case SIZE -> (int) (character * 11);
      });
    }
  }

  private void create(Column column, ResourceManager images, Consumer<Column> clicked) {
    TableColumn made = new TableColumn(table, column == Column.SIZE ? SWT.RIGHT : SWT.LEFT);
    made.setMoveable(true);
    made.setToolTipText(name(column, false));
    String icon = icon(column);
    if (icon.isEmpty()) {
      made.setText(name(column, false));
    } else {
      made.setImage(images.create(Icons.of(icon)));
    }
    made.addListener(SWT.Selection, event -> clicked.accept(column));
    made.addListener(SWT.Resize, event -> resized(column));
    made.addListener(SWT.Move, event -> saveSoon());
  }

  private static String icon(Column column) {
    return switch (column) {
      case READ -> "obj16/message-unread"; //$NON-NLS-1$
      case FLAGGED -> "obj16/star-on"; //$NON-NLS-1$
      case ATTACHMENTS -> "obj16/attachment"; //$NON-NLS-1$
      case FROM, SUBJECT, DATE, SIZE -> ""; //$NON-NLS-1$
    };
  }

  static String name(Column column, boolean outgoing) {
    return switch (column) {
      case READ -> Messages.Column_read;
      case FLAGGED -> Messages.Column_flagged;
      case ATTACHMENTS -> Messages.Column_attachments;
      case FROM -> outgoing ? Messages.Column_to : Messages.Column_from;
      case SUBJECT -> Messages.Column_subject;
      case DATE -> Messages.Column_date;
      case SIZE -> Messages.Column_size;
    };
  }

  void apply(ListLayout wanted, boolean outgoing) {
    laying = true;
    layout = wanted;
    table.setColumnOrder(wanted.order().stream().mapToInt(Column::ordinal).toArray());
    for (Column column : Column.values()) {
      table.getColumn(column.ordinal()).setWidth(wanted.widths().getOrDefault(column, usual.get(column)));
    }
    TableColumn from = table.getColumn(Column.FROM.ordinal());
    from.setText(name(Column.FROM, outgoing));
    from.setToolTipText(name(Column.FROM, outgoing));
    table.setSortColumn(table.getColumn(wanted.sortedBy().ordinal()));
    table.setSortDirection(wanted.descending() ? SWT.DOWN : SWT.UP);
    laying = false;
    fill();
  }

  private void resized(Column column) {
    if (!laying && column != Column.SUBJECT) {
      fill();
      saveSoon();
    }
  }

  /** Gives the subject what is left. */
  private void fill() {
    if (laying) {
      return;
    }
    laying = true;
    int left = table.getClientArea().width;
    for (Column column : Column.values()) {
      left -= column == Column.SUBJECT ? 0 : table.getColumn(column.ordinal()).getWidth();
    }
    TableColumn subject = table.getColumn(Column.SUBJECT.ordinal());
    int width = Math.max(SUBJECT_AT_LEAST, left);
    if (subject.getWidth() != width) {
      subject.setWidth(width);
    }
    laying = false;
  }

  private void saveSoon() {
    if (!laying) {
      table.getDisplay().timerExec(SAVE_AFTER_MILLIS, save);
    }
  }

  private void save() {
    if (table.isDisposed()) {
      return;
    }
    List<Column> order = Arrays.stream(table.getColumnOrder()).mapToObj(index -> Column.values()[index]).toList();
    var widths = new EnumMap<Column, Integer>(Column.class);
    for (Column column : Column.values()) {
      int width = table.getColumn(column.ordinal()).getWidth();
      if (column != Column.SUBJECT && width != usual.get(column)) {
        widths.put(column, width);
      }
    }
    ListLayout now = layout.withColumns(order, widths);
    if (!now.equals(layout)) {
      layout = now;
      changed.accept(now);
    }
  }
}
