/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/**
 * What is known of a message in a maildrop: its size and a digest of its header (0 and empty where not known), and the maildrop's time
 * when it was taken. That time is {@code folder.lived}, in milliseconds; it last went on at {@code folder.lived_at}.
 */
final class Migration3Maildrops implements Migration {
  private static final List<String> STATEMENTS = List.of(
      "ALTER TABLE taken ADD COLUMN size_bytes BIGINT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "ALTER TABLE taken ADD COLUMN header VARCHAR(32) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE taken ADD COLUMN taken_at BIGINT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "CREATE INDEX taken_due ON taken (folder, gone, taken_at)", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN lived BIGINT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN lived_at BIGINT NOT NULL DEFAULT 0"); //$NON-NLS-1$

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(Session session) throws StoreException {
    for (String statement : STATEMENTS) {
      session.update(statement);
    }
  }
}
