/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;

/**
 * Writes bodies to disk as they come, and has them named in the store, several in a transaction: making each durable by itself costs
 * more than fetching it. Closing stores the rest, also when the connection broke behind it.
 */
final class BodyIntake implements Sink, AutoCloseable {
  private static final int TOGETHER = 200;
  private final MailStore store;
  private final Map<RemoteId, MessageKey> keys;
  private final StoringQueue<Attached> queue;
  private int came; // the storing thread's, until closed

  private record Attached(MessageKey message, StagedBody body) {}

  /** @param keys of the messages asked for; @param threaded whether to store on a thread of its own */
  BodyIntake(MailStore store, Map<RemoteId, MessageKey> keys, boolean threaded) {
    this.store = store;
    this.keys = keys;
    this.queue = new StoringQueue<>("heliogram-bodies", threaded, TOGETHER, TOGETHER, this::store); //$NON-NLS-1$
  }

  @Override
  public void envelope(FetchedMessage message) {
    throw new IllegalStateException("a summary where a body was asked for"); //$NON-NLS-1$
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException {
    StagedBody body = store.stage(content, state);
    MessageKey key = keys.get(id);
    if (key != null) {
      queue.put(new Attached(key, body), body.sizeInBytes());
    }
  }

  private void store(List<Attached> batch) throws StoreException {
    var bodies = new HashMap<MessageKey, StagedBody>();
    batch.forEach(one -> bodies.put(one.message(), one.body()));
    store.<Void>write(w -> {
      w.attach(bodies);
      return null;
    });
    came += bodies.size();
  }

  @Override
  public void gone(RemoteId id) {
    // The next listing will tell.
  }

  /** How many were stored. After {@link #close} only. */
  int came() {
    return came;
  }

  @Override
  public void close() throws StoreException {
    queue.close();
  }
}
