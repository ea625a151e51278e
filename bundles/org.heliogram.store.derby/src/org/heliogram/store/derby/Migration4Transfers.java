/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/**
 * A transfer is an entry of the target's account. Its members name a source and the copy that is to be; a member whose two keys are one
 * is nowhere else. {@code removing} makes it a move. {@code waits} may be 2 now: the server refused it and is not asked again by itself.
 */
final class Migration4Transfers implements Migration {
  private static final List<String> STATEMENTS = List.of("ALTER TABLE operation ADD COLUMN removing INT NOT NULL DEFAULT 0"); //$NON-NLS-1$

  @Override
  public int version() {
    return 4;
  }

  @Override
  public void run(Session session) throws StoreException {
    for (String statement : STATEMENTS) {
      session.update(statement);
    }
  }
}
