/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when a silent connection is to be probed. A dead one looks like a silent one: so the server is asked after a time, after two
 * of its own heartbeats are missing ("* OK Still here"), and when the machine was asleep. One thread.
 */
final class Heartbeat {
  private static final Duration ODD = Duration.ofSeconds(10);
  private final WatchTimes times;
  private final Pace pace;
  private final Clock clock;
  private final LongSupplier nanos;
  private long sent;
  private long heard;
  private long beat;
  private boolean beaten;
  private Duration gap = Duration.ZERO;
  private long wallAtLook;
  private long nanosAtLook;

  /** @param nanos tells the time, as {@link System#nanoTime}, which may stand still while the machine sleeps; the clock does not */
  Heartbeat(WatchTimes times, Pace pace, Clock clock, LongSupplier nanos) {
    this.times = times;
    this.pace = pace;
    this.clock = clock;
    this.nanos = nanos;
    answered();
    look();
  }

  private void look() {
    wallAtLook = clock.millis();
    nanosAtLook = nanos.getAsLong();
  }

  /** The server said something. */
  void heard() {
    heard = nanos.getAsLong();
  }

  /** The server said that it is still there. */
  void beat() {
    long now = nanos.getAsLong();
    if (beaten) {
      gap = Duration.ofNanos(now - beat);
    }
    beaten = true;
    beat = now;
    heard = now;
  }

  /** The server answered a question. */
  void answered() {
    sent = nanos.getAsLong();
    heard = sent;
  }

  /** For how long nothing came. */
  Duration silence() {
    return Duration.ofNanos(nanos.getAsLong() - heard);
  }

  /** Whether to ask the server now. To be called once a tick. */
  boolean due() {
    boolean slept = slept();
    look();
    boolean missing = beaten && !gap.isZero() && silence().compareTo(gap.multipliedBy(2)) > 0;
    boolean old = Duration.ofNanos(nanos.getAsLong() - sent).compareTo(times.renewal()) >= 0;
    return slept || missing || old || silence().compareTo(pace.keepAlive()) >= 0;
  }

  /** Whether more time went by since the last look than a tick takes, on either clock. */
  private boolean slept() {
    Duration wall = Duration.ofMillis(clock.millis() - wallAtLook);
    Duration ticks = Duration.ofNanos(nanos.getAsLong() - nanosAtLook);
    return wall.minus(ticks).abs().compareTo(ODD) > 0 || ticks.compareTo(times.tick().plus(ODD)) > 0;
  }
}
