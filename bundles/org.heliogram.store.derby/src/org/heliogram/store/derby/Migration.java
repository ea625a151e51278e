/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import org.heliogram.core.store.StoreException;

/** One step of the schema, from version {@link #version()} minus one. Runs in one transaction; never changed once released. */
interface Migration {
  /** All of them, in order. */
  List<Migration> ALL = List.of(new Migration1FirstTables(), new Migration2Folders(), new Migration3Maildrops(), new Migration4Transfers());

  int version();

  void run(Session session) throws StoreException;
}
