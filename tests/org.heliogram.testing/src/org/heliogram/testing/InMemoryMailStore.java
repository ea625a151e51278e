/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Subscription;
import org.heliogram.core.store.Work;

/** A small, correct {@link MailStore} that forgets everything with its process. What a real one does is measured against it. */
public final class InMemoryMailStore implements MailStore {
  private final Clock clock;
  private final ReentrantLock writing = new ReentrantLock();
  private final List<Consumer<StoreChange>> listeners = new CopyOnWriteArrayList<>();
  private final Queue<StoreChange> unpublished = new ConcurrentLinkedQueue<>();
  private final AtomicInteger publishing = new AtomicInteger();
  private volatile MemoryState state = new MemoryState();
  private long revision; // guarded by writing

  public InMemoryMailStore() {
    this(Clock.systemUTC());
  }

  /** @param clock tells when an operation was queued */
  public InMemoryMailStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public StoreState open() {
    return state();
  }

  @Override
  public StoreState state() {
    return new StoreState.Open(Path.of("memory"));
  }

  @Override
  public <T> T read(Work<StoreReader, T> work) throws StoreException {
    var reader = new MemoryReader(state);
    try {
      return work.run(reader);
    } finally {
      reader.close();
    }
  }

  @Override
  public <T> T write(Work<StoreWriter, T> work) throws StoreException {
    T result;
    writing.lock();
    try {
      if (writing.getHoldCount() > 1) {
        throw new IllegalStateException("transaction inside a transaction");
      }
      var next = new MemoryState(state);
      var writer = new MemoryWriter(next, clock);
      try {
        result = work.run(writer);
      } finally {
        writer.close();
      }
      List<Change> changes = MemoryChanges.between(state, next);
      state = next;
      if (!changes.isEmpty()) {
        revision++;
        unpublished.add(new StoreChange(revision, changes));
      }
    } finally {
      writing.unlock();
    }
    publish();
    return result;
  }

  /** One thread at a time publishes, for all: that keeps the order without holding a lock. */
  private void publish() {
    if (publishing.getAndIncrement() == 0) {
      do {
        for (StoreChange change = unpublished.poll(); change != null; change = unpublished.poll()) {
          for (Consumer<StoreChange> listener : listeners) {
            listener.accept(change);
          }
        }
      } while (publishing.decrementAndGet() > 0);
    }
  }

  @Override
  public StagedBody stage(InputStream content, BodyState bodyState) throws IOException {
    return new MemoryBody(content.readAllBytes(), bodyState);
  }

  @Override
  public Subscription subscribe(Consumer<StoreChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public List<Finding> check(IProgressMonitor monitor) {
    return new MemoryWriter(new MemoryState(state), clock).faults().stream().map(Finding::new).toList();
  }

  @Override
  public long compact(IProgressMonitor monitor) {
    return 0;
  }

  private record MemoryBody(byte[] content, BodyState state) implements StagedBody {
    @Override
    public long sizeInBytes() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }
}
