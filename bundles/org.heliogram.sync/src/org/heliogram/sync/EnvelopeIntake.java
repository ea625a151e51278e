/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** Takes the summaries of new messages, decodes them as they come, and has them stored. Closing stores the rest. */
final class EnvelopeIntake implements Sink, AutoCloseable {
  private static final int FIRST_BATCH = 100;
  private static final int BATCH = 500;
  private static final int WITHOUT_HEADER = 200;
  private final MailStore store;
  private final MimeCodec codec;
  private final FolderKey folder;
  private final StoringQueue<NewMessage> queue;

  /** @param threaded whether to store on a thread of its own */
  EnvelopeIntake(MailStore store, MimeCodec codec, FolderKey folder, boolean threaded) {
    this.store = store;
    this.codec = codec;
    this.folder = folder;
    this.queue = new StoringQueue<>("heliogram-intake-" + folder, threaded, FIRST_BATCH, BATCH, this::store); //$NON-NLS-1$
  }

  @Override
  public void envelope(FetchedMessage message) throws StoreException {
    queue.put(new NewMessage(message.id(), message.flags(), message.received(), message.sizeInBytes(), message.attachments(),
        codec.envelope(message.header()), Optional.empty()), message.header().length + WITHOUT_HEADER);
  }

  private void store(List<NewMessage> batch) throws StoreException {
    store.<Void>write(w -> {
      w.apply(folder, SyncPlan.adding(batch));
      return null;
    });
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
    throw new IllegalStateException("a body where a summary was asked for"); //$NON-NLS-1$
  }

  @Override
  public void gone(RemoteId id) {
    // Deleted between listing and fetching: as if it had never been listed.
  }

  @Override
  public void close() throws StoreException {
    queue.close();
  }
}
