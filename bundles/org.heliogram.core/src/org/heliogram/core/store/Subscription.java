/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

/** Ends a subscription; may be called twice. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
