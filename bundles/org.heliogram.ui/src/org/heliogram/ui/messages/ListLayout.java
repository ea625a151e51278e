/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.heliogram.core.store.Query.Column;

/**
 * How a list is laid out: what the user chose and finds again.
 *
 * @param order  the columns from left to right, each once
 * @param widths in pixels; columns that are missing have their usual width
 */
record ListLayout(Column sortedBy, boolean descending, List<Column> order, Map<Column, Integer> widths) {
  static final ListLayout USUAL = new ListLayout(Column.DATE, true, List.of(Column.values()), Map.of());
  private static final int NARROWEST = 16;
  private static final int WIDEST = 4_000;

  ListLayout {
    Objects.requireNonNull(sortedBy);
    order = List.copyOf(order);
    widths = Map.copyOf(widths);
    if (order.size() != Column.values().length || !order.containsAll(List.of(Column.values()))) {
      throw new IllegalArgumentException("order of " + order.size() + " columns"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** After a click on a column's header: the other direction, or the usual one of another column. */
  ListLayout clicked(Column column) {
    boolean other = column == sortedBy ? !descending : usuallyDescending(column);
    return new ListLayout(column, other, order, widths);
  }

  /** Newest, largest, unread, starred and with attachments first; names and subjects from A. */
  static boolean usuallyDescending(Column column) {
    return switch (column) {
      case DATE, SIZE, FLAGGED, ATTACHMENTS, READ -> true;
      case FROM, SUBJECT -> false;
    };
  }

  ListLayout withColumns(List<Column> newOrder, Map<Column, Integer> newWidths) {
    return new ListLayout(sortedBy, descending, newOrder, newWidths);
  }

  /** For the preferences; read back by {@link #parse}. */
  String text() {
    String columns = order.stream().map(column -> column.name() + widthText(column)).collect(Collectors.joining(",")); //$NON-NLS-1$
    return sortedBy.name() + (descending ? "-" : "+") + ";" + columns; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private String widthText(Column column) {
    Integer width = widths.get(column);
    return width == null ? "" : "=" + width; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** {@link #USUAL} for what cannot be read, such as a layout of a later version. */
  static ListLayout parse(String text) {
    String[] parts = text.split("[+-];", 2); //$NON-NLS-1$
    if (parts.length != 2) {
      return USUAL;
    }
    try {
      boolean descending = text.charAt(parts[0].length()) == '-';
      var widths = new EnumMap<Column, Integer>(Column.class);
      List<Column> order = Arrays.stream(parts[1].split(",")).map(item -> item(item, widths)).toList(); //$NON-NLS-1$
      return new ListLayout(Column.valueOf(parts[0]), descending, order, widths);
    } catch (IllegalArgumentException e) {
      return USUAL; // also NumberFormatException
    }
  }

  private static Column item(String item, Map<Column, Integer> widths) {
    int equals = item.indexOf('=');
    Column column = Column.valueOf(equals < 0 ? item : item.substring(0, equals));
    if (equals >= 0) {
      widths.put(column, Math.clamp(Integer.parseInt(item.substring(equals + 1)), NARROWEST, WIDEST));
    }
    return column;
  }
}
