/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.core.runtime.SafeRunner;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.Subscription;

/** Tells listeners of commits, in their order and outside locks. */
final class Announcer {
  private final List<Consumer<StoreChange>> listeners = new CopyOnWriteArrayList<>();
  private final Queue<StoreChange> unpublished = new ConcurrentLinkedQueue<>();
  private final AtomicInteger publishing = new AtomicInteger();
  private long revision; // guarded by the writing lock of the open store

  Subscription subscribe(Consumer<StoreChange> listener) {
    Consumer<StoreChange> own = listener::accept; // so that one listener may subscribe twice
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** Called in commit order, before the next commit can happen. */
  void committed(List<Change> changes) {
    revision++;
    unpublished.add(new StoreChange(revision, changes));
  }

  /** One committing thread at a time publishes, for all: that keeps the order without holding a lock. */
  void publish() {
    if (publishing.getAndIncrement() != 0) {
      return;
    }
    do {
      for (StoreChange next = unpublished.poll(); next != null; next = unpublished.poll()) {
        StoreChange change = next;
        for (Consumer<StoreChange> listener : listeners) {
          // a mistake of one listener must neither keep the others in the dark nor make a durable write look failed
          SafeRunner.run(() -> listener.accept(change));
        }
      }
    } while (publishing.decrementAndGet() > 0);
  }
}
