/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/** Brings a database to the version this program knows. */
final class Schema {
  private Schema() {}

  /** The version this program writes. */
  static int current() {
    return Migration.ALL.get(Migration.ALL.size() - 1).version();
  }

  /** @return the version found; 0 for a database without tables */
  static int version(Session session) throws StoreException {
    boolean there = session.number("""
        SELECT COUNT(*) FROM SYS.SYSTABLES WHERE TABLENAME = 'STORE_VERSION'
        """) > 0;
    return there ? (int) session.number("SELECT version FROM store_version WHERE id = 1") : 0; //$NON-NLS-1$
  }

  /** Runs what is missing, each migration in a transaction of its own. @throws StoreException also when the store is newer than the program */
  static void migrate(Session session, List<Migration> migrations) throws StoreException {
    int version = version(session);
    if (version > migrations.get(migrations.size() - 1).version()) {
      throw new StoreException("the store was written by a newer Heliogram (version " + version + ")", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (version == 0) {
      session.update("CREATE TABLE store_version (id INT NOT NULL PRIMARY KEY, version INT NOT NULL)"); //$NON-NLS-1$
      session.update("INSERT INTO store_version (id, version) VALUES (1, 0)"); //$NON-NLS-1$
    }
    for (Migration migration : migrations) {
      if (migration.version() > version) {
        migration.run(session);
        session.update("UPDATE store_version SET version = ? WHERE id = 1", migration.version()); //$NON-NLS-1$
        session.commit();
      }
    }
  }
}
