/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/**
 * Folders have two halves as messages have: what the server says, and what is seen with the queued operations on folders applied. An
 * operation on a folder has it as its target. {@code rights} is a "?" where the server was not asked, else a "-" and the ordinals;
 * {@code bodies} what the user chose for the folder, empty for what the account says.
 */
final class Migration2Folders implements Migration {
  private static final List<String> STATEMENTS = List.of(
      "ALTER TABLE folder ADD COLUMN made INT NOT NULL DEFAULT 1", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN subscribed INT NOT NULL DEFAULT 1", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN rights VARCHAR(40) NOT NULL DEFAULT '?'", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN mailbox_id VARCHAR(300) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN view_path VARCHAR(32672) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN view_role VARCHAR(20) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN view_selectable INT NOT NULL DEFAULT 1", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN view_subscribed INT NOT NULL DEFAULT 1", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN hidden INT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN pending INT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN bodies VARCHAR(100) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE folder ADD COLUMN push INT NOT NULL DEFAULT 0", //$NON-NLS-1$
      "UPDATE folder SET view_path = path, view_role = role, view_selectable = selectable", //$NON-NLS-1$
      "ALTER TABLE operation ADD COLUMN path VARCHAR(32672) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE operation ADD COLUMN role VARCHAR(20) NOT NULL DEFAULT ''", //$NON-NLS-1$
      "ALTER TABLE operation ADD COLUMN subscribed INT NOT NULL DEFAULT 0"); //$NON-NLS-1$

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(Session session) throws StoreException {
    for (String statement : STATEMENTS) {
      session.update(statement);
    }
  }
}
