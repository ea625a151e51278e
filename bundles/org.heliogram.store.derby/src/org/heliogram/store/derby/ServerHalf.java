/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Work;

/**
 * What is known of a mirrored folder. Cursor and size are of the transaction that made it; messages are read when they are asked for, in
 * that transaction while it lasts, else in one of their own.
 */
final class ServerHalf implements Known {
  private final DerbyReader reader;
  private final FolderKey folder;
  private final Optional<SyncCursor> cursor;
  private final int size;
  private final boolean waiting;
  private Map<RemoteId, Flags> messages; // null until asked for; one thread's

  ServerHalf(DerbyReader reader, FolderKey folder, Optional<SyncCursor> cursor, int size, boolean waiting) {
    this.reader = reader;
    this.folder = folder;
    this.cursor = cursor;
    this.size = size;
    this.waiting = waiting;
  }

  @Override
  public Optional<SyncCursor> cursor() {
    return cursor;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean waiting() {
    return waiting;
  }

  @Override
  public Map<RemoteId, Flags> messages() throws StoreException {
    if (messages == null) {
      messages = reading(session -> {
        var ids = new IdFlags(size);
        session.each("""
            SELECT place, server_bits, server_words FROM message --DERBY-PROPERTIES index=message_server
            WHERE server_folder = ? AND place >= 'i' AND place < 'j'
            """, row -> ids.add(row.getString(1).substring(1), row.getInt(2), row.getString(3)), folder.value());
        return ids.asMap();
      });
    }
    return messages;
  }

  @Override
  public Map<RemoteId, Flags> among(Collection<RemoteId> ids) throws StoreException {
    if (messages != null) {
      return Known.super.among(ids);
    }
    return reading(session -> {
      var found = new HashMap<RemoteId, Flags>();
      for (RemoteId id : ids) {
        session.each("""
            SELECT server_bits, server_words FROM message --DERBY-PROPERTIES index=message_server
            WHERE server_folder = ? AND place = ?
            """, row -> found.put(id, Values.flags(row.getInt(1), row.getString(2))), folder.value(), Place.known(id));
      }
      return found;
    });
  }

  private <T> T reading(Work<Session, T> work) throws StoreException {
    return reader.isOpen() ? work.run(reader.session) : reader.store.read(later -> work.run(((DerbyReader) later).session));
  }
}
