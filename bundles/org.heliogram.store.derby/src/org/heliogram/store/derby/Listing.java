/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/**
 * The keys of a folder's view in order. By date they come from the index alone, newest first; everything else is loaded and sorted here,
 * because the database would do the same on disk.
 */
final class Listing {
  private static final String INDEX = " FROM message --DERBY-PROPERTIES index=message_view\nWHERE view_folder = ?"; //$NON-NLS-1$
  private static final String NEWEST = " ORDER BY date_shown DESC, received DESC, id DESC"; //$NON-NLS-1$
  private final Session session;
  private final Query query;
  private long[] keys = new long[1024];
  private int size;

  private record Item(long key, long received, long number, String text) {
    private static final Comparator<Item> TIES = Comparator.comparingLong(Item::received).thenComparingLong(Item::key).reversed();
  }

  Listing(Session session, Query query) {
    this.session = session;
    this.query = query;
  }

  MessageKeys all() throws StoreException {
    if (query.column() != Query.Column.DATE) {
      return sorted(Integer.MAX_VALUE);
    }
    if (query.descending()) {
      session.each("SELECT id" + INDEX + unread() + NEWEST + " WITH UR", row -> add(row.getLong(1)), query.folder().value()); //$NON-NLS-1$ //$NON-NLS-2$
      return MessageKeys.wrap(Arrays.copyOf(keys, size));
    }
    return oldestFirst(Integer.MAX_VALUE);
  }

  MessageKeys first(int limit) throws StoreException {
    if (query.column() != Query.Column.DATE) {
      return sorted(limit);
    }
    if (query.descending()) {
      session.each("SELECT id" + INDEX + unread() + NEWEST + " FETCH FIRST ? ROWS ONLY WITH UR", row -> add(row.getLong(1)), //$NON-NLS-1$ //$NON-NLS-2$
          query.folder().value(), limit);
      return MessageKeys.wrap(Arrays.copyOf(keys, size));
    }
    return oldestFirst(limit);
  }

  /** The index turned round, but of one date the newest received first, as everywhere. */
  private MessageKeys oldestFirst(int limit) throws StoreException {
    long[][] dates = {new long[1024]};
    session.each("SELECT id, date_shown" + INDEX + unread() + NEWEST + " WITH UR", row -> { //$NON-NLS-1$ //$NON-NLS-2$
      if (size == dates[0].length) {
        dates[0] = Arrays.copyOf(dates[0], 2 * size);
      }
      dates[0][size] = row.getLong(2);
      add(row.getLong(1));
    }, query.folder().value());
    long[] turned = new long[size];
    int at = 0;
    for (int end = size; end > 0; ) {
      int start = end - 1;
      while (start > 0 && dates[0][start - 1] == dates[0][end - 1]) {
        start--;
      }
      System.arraycopy(keys, start, turned, at, end - start);
      at += end - start;
      end = start;
    }
    return MessageKeys.wrap(Arrays.copyOf(turned, Math.min(limit, size)));
  }

  private MessageKeys sorted(int limit) throws StoreException {
    List<Item> items = session.query("SELECT id, received, view_bits, " + column() + INDEX + unread() + " WITH UR", this::item, //$NON-NLS-1$ //$NON-NLS-2$
        query.folder().value());
    Comparator<Item> order = text() ? Comparator.comparing(Item::text) : Comparator.comparingLong(Item::number);
    items.sort((query.descending() ? order.reversed() : order).thenComparing(Item.TIES));
    return MessageKeys.wrap(items.stream().limit(limit).mapToLong(Item::key).toArray());
  }

  private Item item(ResultSet row) throws SQLException {
    long number = switch (query.column()) {
      case READ -> row.getInt(3) >> Flag.SEEN.ordinal() & 1;
      case FLAGGED -> row.getInt(3) >> Flag.FLAGGED.ordinal() & 1;
      case ATTACHMENTS, SIZE, DATE -> row.getLong(4);
      case FROM, SUBJECT -> 0;
    };
    return new Item(row.getLong(1), row.getLong(2), number, text() ? row.getString(4) : ""); //$NON-NLS-1$
  }

  private boolean text() {
    return query.column() == Query.Column.FROM || query.column() == Query.Column.SUBJECT;
  }

  private String column() {
    return switch (query.column()) {
      case READ, FLAGGED -> "view_bits"; //$NON-NLS-1$
      case ATTACHMENTS -> "attachments"; //$NON-NLS-1$
      case FROM -> "sort_from"; //$NON-NLS-1$
      case SUBJECT -> "sort_subject"; //$NON-NLS-1$
      case DATE -> "date_shown"; //$NON-NLS-1$
      case SIZE -> "size_bytes"; //$NON-NLS-1$
    };
  }

  private String unread() {
    return query.unreadOnly() ? " AND MOD(view_bits, 2) = 0" : ""; // the lowest bit is SEEN //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = key;
  }
}
