/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;

/**
 * Takes the summaries of new messages, decodes and stores them. For many messages it does so on a thread of its own, so that the
 * network, decoding and the disk work at the same time; what waits between them is bounded by count and by bytes. Closing stores the
 * rest, whatever happened to the connection.
 */
final class EnvelopeIntake implements Sink, AutoCloseable {
  private static final int FIRST_BATCH = 100;
  private static final int BATCH = 500;
  private static final int WAITING = 2_000;
  private static final int WAITING_BYTES = 8_000_000;
  private static final int MOMENT_MILLIS = 250;
  private final MailStore store;
  private final MimeCodec codec;
  private final FolderKey folder;
  private final Optional<Thread> thread;
  private final BlockingQueue<FetchedMessage> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Semaphore bytes = new Semaphore(WAITING_BYTES);
  private final List<NewMessage> batch = new ArrayList<>(); // the storing thread's
  private int limit = FIRST_BATCH; // the storing thread's
  private volatile boolean ended;
  private volatile Throwable failure;

  /** @param threaded whether to store on a thread of its own */
  EnvelopeIntake(MailStore store, MimeCodec codec, FolderKey folder, boolean threaded) {
    this.store = store;
    this.codec = codec;
    this.folder = folder;
    this.thread = threaded ? Optional.of(new Thread(this::storeAll, "heliogram-intake-" + folder)) : Optional.empty(); //$NON-NLS-1$
    thread.ifPresent(t -> {
      t.setDaemon(true);
      t.setUncaughtExceptionHandler((dead, reason) -> failure = reason);
      t.start();
    });
  }

  @Override
  public void envelope(FetchedMessage message) throws StoreException {
    checkFailure();
    if (thread.isEmpty()) {
      take(message);
      return;
    }
    try {
      while (!bytes.tryAcquire(weight(message), MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
        checkFailure();
      }
      while (!waiting.offer(message, MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
        checkFailure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCanceledException();
    }
  }

  private static int weight(FetchedMessage message) {
    return Math.min(WAITING_BYTES, message.header().length + 200);
  }

  /** The storing thread. After a failure nothing is stored any more; the fetching thread finds out by itself. */
  private void storeAll() {
    try {
      while (failure == null) {
        FetchedMessage message = waiting.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        if (message != null) {
          bytes.release(weight(message));
          take(message);
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

  private void take(FetchedMessage message) throws StoreException {
    batch.add(new NewMessage(message.id(), message.flags(), message.received(), message.sizeInBytes(), message.attachments(),
        codec.envelope(message.header()), Optional.empty()));
    if (batch.size() >= limit) {
      flush();
    }
  }

  private void flush() throws StoreException {
    if (!batch.isEmpty()) {
      SyncPlan plan = SyncPlan.adding(batch);
      batch.clear();
      limit = BATCH;
      store.<Void>write(w -> {
        w.apply(folder, plan);
        return null;
      });
    }
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
    throw new IllegalStateException("a body where a summary was asked for"); //$NON-NLS-1$
  }

  @Override
  public void gone(RemoteId id) {
    // Deleted between listing and fetching: as if it had never been listed.
  }

  private void checkFailure() throws StoreException {
    Throwable reason = failure;
    if (reason instanceof StoreException e) {
      throw new StoreException(e.getMessage(), e);
    }
    if (reason != null) {
      throw new IllegalStateException("storing summaries", reason); //$NON-NLS-1$
    }
  }

  @Override
  public void close() throws StoreException {
    ended = true;
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
