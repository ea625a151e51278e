/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;

/** What a transaction may change of a message: the server's half, the derived half, the content. Confined to its transaction. */
final class Row {
  static final String COLUMNS = "id, server_folder, place, server_bits, server_words, view_folder, view_bits, view_words, queued, received, " //$NON-NLS-1$
      + "size_bytes, raw, body_state, message_id"; //$NON-NLS-1$
  final long key;
  final long received;
  final long size;
  final String messageIdHeader;
  /** As it stands in the database. */
  State saved;
  long folder;
  String place;
  Flags flags;
  long viewFolder;
  Flags view;
  int queued;
  long raw;
  BodyState body;

  /** What of a row can change. */
  record State(long folder, String place, Flags flags, long viewFolder, Flags view, int queued, long raw, BodyState body) {
    boolean unread() {
      return !view.has(Flag.SEEN);
    }

    boolean visible() {
      return viewFolder != 0;
    }
  }

  /** A message that is not in the database yet. */
  Row(long key, long folder, String place, Flags flags, long received, long size, String messageIdHeader) {
    this.key = key;
    this.folder = folder;
    this.place = place;
    this.flags = flags;
    this.received = received;
    this.size = size;
    this.messageIdHeader = messageIdHeader;
    this.viewFolder = folder;
    this.view = flags;
    this.body = BodyState.NONE;
  }

  Row(ResultSet row) throws SQLException {
    this(row.getLong(1), row.getLong(2), row.getString(3), Values.flags(row.getInt(4), row.getString(5)), row.getLong(10), row.getLong(11),
        row.getString(14));
    viewFolder = row.getLong(6);
    view = Values.flags(row.getInt(7), row.getString(8));
    queued = row.getInt(9);
    raw = row.getLong(12);
    body = BodyState.values()[row.getInt(13)];
    saved = state();
  }

  State state() {
    return new State(folder, place, flags, viewFolder, view, queued, raw, body);
  }

  void waits(long inFolder) {
    folder = inFolder;
    place = Place.waiting(messageIdHeader, key);
  }

  boolean known() {
    return place.startsWith(Place.KNOWN);
  }
}
