/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.time.Duration;

/** How long connections to one server may be silent, as far as was found out. It only shrinks: it begins anew with the program. Any thread. */
final class Pace {
  private final Duration shortest;
  private Duration keepAlive; // guarded by this

  Pace(WatchTimes times) {
    this.shortest = times.shortest();
    this.keepAlive = times.keepAlive();
  }

  synchronized Duration keepAlive() {
    return keepAlive;
  }

  /** A connection did not survive a silence that it should have: half of it is tried from now on. */
  synchronized void lostAfter(Duration silence) {
    Duration half = silence.dividedBy(2);
    if (half.compareTo(keepAlive) < 0) {
      keepAlive = half.compareTo(shortest) < 0 ? shortest : half;
    }
  }
}
