/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.HashMap;
import java.util.Map;

/**
 * How many messages with a server's id each folder has, so that a folder in which nothing happened need not be counted at every
 * synchronisation (15 ms for 100,000). Counted once, then kept up to date by what is committed. Safe for any thread.
 */
final class KnownCounts {
  private final Map<Long, Integer> counts = new HashMap<>(); // guarded by this
  private long commits; // guarded by this

  /** @return -1 if it was not counted yet */
  synchronized int of(long folder) {
    return counts.getOrDefault(folder, -1);
  }

  /** To be asked before counting. */
  synchronized long commits() {
    return commits;
  }

  /** Keeps what was counted, unless something was committed meanwhile that the count may have or not have seen. */
  synchronized void counted(long folder, int count, long commitsBefore) {
    if (commits == commitsBefore) {
      counts.put(folder, count);
    }
  }

  /** @param changes of a transaction that is just being committed or was, by folder */
  synchronized void committed(Map<Long, Integer> changes) {
    commits++;
    changes.forEach((folder, change) -> counts.computeIfPresent(folder, (f, count) -> count + change));
  }

  /** A commit that failed may have happened all the same. */
  synchronized void forget() {
    commits++;
    counts.clear();
  }
}
