/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

/** A piece of work inside one transaction. It must not touch the network, wait, or keep the reader. */
@FunctionalInterface
public interface Work<S, T> {
  T run(S store) throws StoreException;
}
