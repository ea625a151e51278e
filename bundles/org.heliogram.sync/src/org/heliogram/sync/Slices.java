/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;

/**
 * How many messages to ask a server for at once: as many as come in about a second, so that the line stays busy and an opened message
 * need not wait long for its turn.
 */
final class Slices {
  private static final Duration QUICK = Duration.ofMillis(700);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private final int smallest;
  private final int largest;
  private int size;
  private long began;

  Slices(int first, int smallest, int largest) {
    this.size = first;
    this.smallest = smallest;
    this.largest = largest;
  }

  /** Where a slice that begins now ends. */
  int end(int from, int total) {
    began = System.nanoTime();
    return (int) Math.min(total, (long) from + size);
  }

  /** The slice is through. */
  void done() {
    long took = System.nanoTime() - began;
    if (took < QUICK.toNanos()) {
      size = Math.min(largest, Math.max(smallest, size * 2));
    } else if (took > SLOW.toNanos()) {
      size = Math.max(smallest, size / 2);
    }
  }
}
