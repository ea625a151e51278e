/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.store.StoreException;

/**
 * What comes from a server on its way into the store, in batches. For many things a thread of its own stores them, so that the network
 * and the disk work at the same time; what waits between them is bounded by count and by octets. Closing stores the rest, whatever
 * happened to the connection.
 *
 * @param <T> what is stored
 */
final class StoringQueue<T> implements AutoCloseable {
  private static final int WAITING = 2_000;
  private static final int WAITING_OCTETS = 8_000_000;
  private static final int MOMENT_MILLIS = 250;
  private final Storing<T> storing;
  private final int batchSize;
  private final Optional<Thread> thread;
  private final BlockingQueue<Item<T>> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Item<T> end = new Item<>(null, 0); // wakes the thread, so that nobody waits for a moment to pass
  private final Semaphore octets = new Semaphore(WAITING_OCTETS);
  private final List<T> batch = new ArrayList<>(); // the storing thread's, like all below
  private long batchOctets;
  private int limit;
  private volatile boolean ended;
  private volatile Throwable failure;

  /** Makes a batch durable. Called by one thread. */
  @FunctionalInterface
  interface Storing<T> {
    void store(List<T> batch) throws StoreException;
  }

  private record Item<T>(T thing, int octets) {}

  /** @param first size of the first batch, so that something is there soon; @param threaded whether to store on a thread of its own */
  StoringQueue(String name, boolean threaded, int first, int batchSize, Storing<T> storing) {
    this.storing = storing;
    this.batchSize = batchSize;
    this.limit = first;
    this.thread = threaded ? Optional.of(new Thread(this::storeAll, name)) : Optional.empty();
    thread.ifPresent(t -> {
      t.setDaemon(true);
      t.setUncaughtExceptionHandler((dead, reason) -> failure = reason);
      t.start();
    });
  }

  /** Takes one thing; waits while too much is waiting. @throws StoreException if an earlier one could not be stored */
  void put(T thing, long size) throws StoreException {
    checkFailure();
    Item<T> item = new Item<>(thing, (int) Math.min(WAITING_OCTETS, size));
    if (thread.isEmpty()) {
      take(item);
      return;
    }
    try {
      while (!octets.tryAcquire(item.octets(), MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
        checkFailure();
      }
      while (!waiting.offer(item, MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
        checkFailure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCanceledException();
    }
  }

  /** The storing thread. After a failure nothing is stored any more; the fetching thread finds out by itself. */
  private void storeAll() {
    try {
      while (failure == null) {
        Item<T> item = ended ? waiting.poll() : waiting.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        if (item != null && item != end) {
          octets.release(item.octets());
          take(item);
        } else if (ended && waiting.isEmpty()) {
          return;
        } else {
          flush();
        }
      }
    } catch (StoreException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    }
  }

  private void take(Item<T> item) throws StoreException {
    batch.add(item.thing());
    batchOctets += item.octets();
    if (batch.size() >= limit || batchOctets >= WAITING_OCTETS) {
      flush();
    }
  }

  private void flush() throws StoreException {
    if (!batch.isEmpty()) {
      List<T> full = List.copyOf(batch);
      batch.clear();
      batchOctets = 0;
      limit = batchSize;
      storing.store(full);
    }
  }

  private void checkFailure() throws StoreException {
    Throwable reason = failure;
    if (reason instanceof StoreException e) {
      throw new StoreException(e.getMessage(), e);
    }
    if (reason != null) {
      throw new IllegalStateException("storing what came", reason); //$NON-NLS-1$
    }
  }

  @Override
  public void close() throws StoreException {
    ended = true;
    waiting.offer(end); // where it is full, the thread does not wait
    boolean interrupted = false;
    while (thread.isPresent() && thread.get().isAlive()) {
      try {
        thread.get().join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    checkFailure();
    flush();
  }
}
