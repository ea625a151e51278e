/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets time pass between one blow and the next: what is tested is what happens meanwhile. */
final class Pause {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(20);

  private Pause() {}

  /** Ends early when it is over. */
  static void of(Duration time, BooleanSupplier on) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && on.getAsBoolean(); left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, STEP));
    }
  }
}
