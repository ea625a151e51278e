/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so, on the test's thread. */
public final class ByHand implements Executor {
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    waiting.add(task);
  }

  public synchronized int waiting() {
    return waiting.size();
  }

  /** The first task. */
  public void step() {
    Runnable task;
    synchronized (this) {
      task = waiting.remove();
    }
    task.run();
  }

  /** Everything, and what comes of it. */
  public void run() {
    while (waiting() > 0) {
      step();
    }
  }
}
