/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

/**
 * Bounds the time one socket may keep its user waiting, and closes the socket when that is over or the user cancelled. Only waiting for
 * the network counts, not what the caller does between two reads. One user thread; the watchdog thread looks in ten times a second.
 */
final class Guard {
  private static final int TICK_MILLIS = 100;
  private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();
  private final Timeouts timeouts;
  private volatile Socket socket;
  private volatile IProgressMonitor monitor = new NullProgressMonitor();
  private volatile long blockedSince;
  private volatile long waitedNanos;
  private volatile long octets;
  private volatile long limit = Long.MAX_VALUE;
  private volatile boolean cancelled;
  private volatile boolean timedOut;
  private ScheduledFuture<?> watch; // user thread only

  Guard(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  /** One daemon thread for all connections, that ends by itself when there is nothing to watch. */
  private static ScheduledThreadPoolExecutor watchdog() {
    var executor = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "heliogram-watchdog"); //$NON-NLS-1$
      thread.setDaemon(true);
      return thread;
    });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(5, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  /** What to close. */
  void protect(Socket victim) {
    socket = victim;
    if (cancelled || timedOut) {
      abort();
    }
  }

  /** Begins to watch. */
  void begin(IProgressMonitor whose) {
    monitor = whose;
    renew();
    if (whose.isCanceled()) {
      cancelled = true;
      abort();
      throw new OperationCanceledException();
    }
    watch = WATCHDOG.scheduleAtFixedRate(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  boolean watching() {
    return watch != null;
  }

  void end() {
    if (watch != null) {
      watch.cancel(false);
      watch = null;
    }
    monitor = new NullProgressMonitor();
  }

  /** A new command: its time starts now. */
  void renew() {
    waitedNanos = 0;
    octets = 0;
  }

  void enter() {
    blockedSince = System.nanoTime() | 1;
  }

  void leave(int count) throws WireException {
    waitedNanos += System.nanoTime() - blockedSince;
    octets += Math.max(count, 0);
    blockedSince = 0;
    if (octets > limit) {
      throw new WireException("answer longer than " + limit + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** Octets that may come until {@link #renew}: for a library that sets no bounds of its own. */
  void limit(long most) {
    limit = most;
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean timedOut() {
    return timedOut;
  }

  private void look() {
    if (monitor.isCanceled()) {
      cancelled = true;
      abort();
      return;
    }
    long since = blockedSince;
    if (since != 0) {
      long now = System.nanoTime() - since;
      long allowed = timeouts.command().toNanos() + TimeUnit.SECONDS.toNanos(octets / Timeouts.SLOWEST);
      if (now > timeouts.read().toNanos() || waitedNanos + now > allowed) {
        timedOut = true;
        abort();
      }
    }
  }

  /** Closes the socket; never waits for the peer, because it is the plain one that is closed, below TLS. */
  void abort() {
    Socket victim = socket;
    if (victim != null) {
      try {
        victim.close();
      } catch (IOException e) {
        return; // It is of no use any more, closed or not.
      }
    }
  }
}
