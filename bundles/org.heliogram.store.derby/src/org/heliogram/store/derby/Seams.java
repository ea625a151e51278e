/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.Connection;
import java.util.function.UnaryOperator;

/**
 * What tests put between the store and the machine, to record, fail or lose.
 *
 * @param storage     prefix of a Derby storage plug-in with its colon; empty for none
 * @param disk        what segments and notes are written by
 * @param connections wraps each connection to the database
 */
record Seams(String storage, Disk disk, UnaryOperator<Connection> connections) {
  /** The machine itself. */
  static final Seams NONE = new Seams("", Disk.REAL, UnaryOperator.identity()); //$NON-NLS-1$

  Seams with(Disk other) {
    return new Seams(storage, other, connections);
  }

  Seams with(String otherStorage) {
    return new Seams(otherStorage, disk, connections);
  }

  Seams with(UnaryOperator<Connection> others) {
    return new Seams(storage, disk, others);
  }
}
