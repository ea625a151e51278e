/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.List;

/**
 * What a synchronisation did.
 *
 * @param operations queued operations the server took
 * @param refused    folders that could not be read, with the server's reason; the rest was done
 */
public record SyncResult(int folders, int added, int changed, int removed, int bodies, int operations, List<String> refused) {
  public SyncResult {
    refused = List.copyOf(refused);
  }
}
