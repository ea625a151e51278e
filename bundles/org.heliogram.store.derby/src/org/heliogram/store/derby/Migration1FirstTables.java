/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/**
 * The first schema. No column is ever NULL: 0 stands for "no such key", an empty text for an absent one. Times are milliseconds since
 * 1970, sets of flags are the bits of {@code Flags} and the keywords joined by spaces.
 *
 * <p>{@code message.place} says where the server has the message within {@code server_folder}: {@code i} and the server's id; {@code w},
 * a hash of the Message-ID and the key while it waits to be adopted; {@code u} and the key for a copy no server was asked for yet;
 * {@code l} and the key where this machine has the last word. So one unique index finds known ids and waiting messages alike.
 */
final class Migration1FirstTables implements Migration {
  private static final List<String> STATEMENTS = List.of(
      """
      CREATE TABLE store_number (id INT NOT NULL PRIMARY KEY, given BIGINT NOT NULL)
      """,
      "INSERT INTO store_number (id, given) VALUES (1, 0)", //$NON-NLS-1$
      """
      CREATE TABLE account (id VARCHAR(36) NOT NULL PRIMARY KEY, position BIGINT NOT NULL, label VARCHAR(32672) NOT NULL,
        settings CLOB NOT NULL)
      """,
      """
      CREATE TABLE folder (id BIGINT NOT NULL PRIMARY KEY, account VARCHAR(36) NOT NULL, name VARCHAR(32672) NOT NULL,
        path VARCHAR(32672) NOT NULL, role VARCHAR(20) NOT NULL, keeping VARCHAR(20) NOT NULL, selectable INT NOT NULL,
        total INT NOT NULL, unread INT NOT NULL, cursor_set INT NOT NULL, cursor_text VARCHAR(1000) NOT NULL)
      """,
      "CREATE INDEX folder_account ON folder (account)", //$NON-NLS-1$
      """
      CREATE TABLE message (id BIGINT NOT NULL PRIMARY KEY,
        server_folder BIGINT NOT NULL, place VARCHAR(300) NOT NULL, server_bits INT NOT NULL, server_words VARCHAR(32672) NOT NULL,
        view_folder BIGINT NOT NULL, view_bits INT NOT NULL, view_words VARCHAR(32672) NOT NULL, queued INT NOT NULL,
        date_shown BIGINT NOT NULL, received BIGINT NOT NULL, size_bytes BIGINT NOT NULL, attachments INT NOT NULL,
        raw BIGINT NOT NULL, body_state INT NOT NULL, subject VARCHAR(32672) NOT NULL,
        from_name VARCHAR(32672) NOT NULL, from_mailbox VARCHAR(32672) NOT NULL,
        to_name VARCHAR(32672) NOT NULL, to_mailbox VARCHAR(32672) NOT NULL,
        sort_subject VARCHAR(200) NOT NULL, sort_from VARCHAR(200) NOT NULL,
        message_id VARCHAR(32672) NOT NULL, envelope CLOB NOT NULL)
      """,
      "CREATE INDEX message_view ON message (view_folder, date_shown DESC, received DESC, id DESC)", //$NON-NLS-1$
      "CREATE UNIQUE INDEX message_server ON message (server_folder, place)", //$NON-NLS-1$
      """
      CREATE TABLE operation (sequence BIGINT NOT NULL PRIMARY KEY, account VARCHAR(36) NOT NULL, kind VARCHAR(20) NOT NULL,
        target BIGINT NOT NULL, add_bits INT NOT NULL, add_words VARCHAR(32672) NOT NULL,
        remove_bits INT NOT NULL, remove_words VARCHAR(32672) NOT NULL, since BIGINT NOT NULL, attempts INT NOT NULL,
        attempted INT NOT NULL, waits INT NOT NULL, waiting VARCHAR(1000) NOT NULL)
      """,
      """
      CREATE TABLE operation_message (sequence BIGINT NOT NULL, position INT NOT NULL, message BIGINT NOT NULL, copy BIGINT NOT NULL,
        PRIMARY KEY (sequence, position))
      """,
      "CREATE INDEX operation_message_message ON operation_message (message)", //$NON-NLS-1$
      "CREATE INDEX operation_message_copy ON operation_message (copy)", //$NON-NLS-1$
      """
      CREATE TABLE raw (id BIGINT NOT NULL PRIMARY KEY, segment INT NOT NULL, start BIGINT NOT NULL, length BIGINT NOT NULL,
        checksum BIGINT NOT NULL, users INT NOT NULL)
      """,
      "CREATE INDEX raw_segment ON raw (segment)", //$NON-NLS-1$
      """
      CREATE TABLE taken (folder BIGINT NOT NULL, remote_id VARCHAR(255) NOT NULL, message BIGINT NOT NULL, gone INT NOT NULL,
        PRIMARY KEY (folder, remote_id))
      """,
      "CREATE INDEX taken_message ON taken (message)"); //$NON-NLS-1$

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(Session session) throws StoreException {
    for (String statement : STATEMENTS) {
      session.update(statement);
    }
  }
}
