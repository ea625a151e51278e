/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens on other threads. */
public final class Waiting {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** An assertion that may fail for a while. */
  @FunctionalInterface
  public interface Assertion {
    void check() throws Exception;
  }

  private Waiting() {}

  /** Tries until the assertion holds; after twenty seconds its last failure is the test's. */
  public static void waitFor(Assertion assertion) throws Exception {
    waitFor(LIMIT, assertion);
  }

  /** The same for what may take longer, because something in the program waits for a while itself. */
  public static void waitFor(Duration limit, Assertion assertion) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        assertion.check();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }
}
