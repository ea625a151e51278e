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
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;

/**
 * Takes whole messages of a maildrop. Message and id become durable in one transaction; transactions are small, so that a session that
 * breaks keeps what it has. Closing stores the rest.
 */
final class MaildropIntake implements Sink, AutoCloseable {
  private static final int BATCH = 20;
  private static final long BATCH_BYTES = 2_000_000;
  private final MailStore store;
  private final MimeCodec codec;
  private final FolderKey folder;
  private final Map<RemoteId, Flags> starting;
  private final Runnable taken;
  private final List<NewMessage> batch = new ArrayList<>();
  private long batchBytes;

  /** @param starting flags of new messages, where there are any; @param taken is told of each message */
  MaildropIntake(MailStore store, MimeCodec codec, FolderKey folder, Map<RemoteId, Flags> starting, Runnable taken) {
    this.store = store;
    this.codec = codec;
    this.folder = folder;
    this.starting = starting;
    this.taken = taken;
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException {
    StagedBody body = store.stage(content, state);
    MimeCodec.Summary summary = summarise(body);
    batch.add(new NewMessage(id, starting.getOrDefault(id, Flags.NONE), received, body.sizeInBytes(), summary.attachments(), summary.envelope(), Optional.of(body)));
    batchBytes += body.sizeInBytes();
    if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
      flush();
    }
    taken.run();
  }

  private MimeCodec.Summary summarise(StagedBody body) throws StoreException {
    try (InputStream in = body.open()) {
      return codec.summarise(in);
    } catch (IOException e) {
      throw new StoreException("a message just written cannot be read", e); //$NON-NLS-1$
    }
  }

  private void flush() throws StoreException {
    if (!batch.isEmpty()) {
      SyncPlan plan = SyncPlan.adding(batch);
      batch.clear();
      batchBytes = 0;
      store.<Void>write(w -> {
        w.apply(folder, plan);
        return null;
      });
    }
  }

  @Override
  public void envelope(FetchedMessage message) {
    throw new IllegalStateException("a summary where a body was asked for"); //$NON-NLS-1$
  }

  @Override
  public void gone(RemoteId id) {
    taken.run();
  }

  @Override
  public void close() throws StoreException {
    flush();
  }
}
