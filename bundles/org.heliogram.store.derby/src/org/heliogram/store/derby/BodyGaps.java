/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.HashMap;
import java.util.Map;
import org.heliogram.core.model.BodyState;

/**
 * Since when no message of a folder is in a state of content, so that a folder from which everything is here need not be searched at every
 * synchronisation for what is missing. Found by a search that found nothing; what is committed later moves the time on. Safe for any thread.
 */
final class BodyGaps {
  private final Map<Gap, Long> nothingSince = new HashMap<>(); // guarded by this
  private long transactions; // guarded by this

  /** What is searched for. */
  record Gap(long folder, BodyState state) {}

  /** Whether no message received at that time or later is in that state. */
  synchronized boolean none(Gap gap, long since) {
    Long known = nothingSince.get(gap);
    return known != null && since >= known;
  }

  /** To be asked before searching. */
  synchronized long transactions() {
    return transactions;
  }

  /** Keeps that a search found nothing, unless a transaction ended meanwhile whose changes it may have or not have seen. */
  synchronized void found(Gap gap, long since, long transactionsBefore) {
    if (transactions == transactionsBefore) {
      nothingSince.merge(gap, since, Math::min);
    }
  }

  /** @param latest when the latest message was received that a transaction now committed brought into each state */
  synchronized void committed(Map<Gap, Long> latest) {
    transactions++;
    latest.forEach((gap, received) -> {
      if (received == Long.MAX_VALUE) {
        nothingSince.remove(gap);
      } else {
        nothingSince.computeIfPresent(gap, (g, since) -> Math.max(since, received + 1));
      }
    });
  }

  /** A transaction was undone, or may have been: searches read without locks and may have seen it. */
  synchronized void forget() {
    transactions++;
    nothingSince.clear();
  }
}
