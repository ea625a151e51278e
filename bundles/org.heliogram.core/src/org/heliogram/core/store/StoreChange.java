/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.List;

/** Everything one commit changed. @param revision grows by one with each commit that changed something */
public record StoreChange(long revision, List<Change> changes) {
  public StoreChange {
    changes = List.copyOf(changes);
  }
}
