/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;

/**
 * Takes messages of a maildrop, whole or the header alone. Message and id become durable in one transaction. Bytes are written as they
 * come; for many messages a thread of its own reads and stores them. Closing stores the rest, also when the connection broke behind it.
 */
final class MaildropIntake implements Sink, AutoCloseable {
  private static final int FIRST = 20;
  private static final int TOGETHER = 200;
  private final MailStore store;
  private final MimeCodec codec;
  private final Target target;
  private final Runnable taken;
  private final StoringQueue<Came> queue;
  private final Set<RemoteId> stored = ConcurrentHashMap.newKeySet();

  /**
   * Where messages come from and go to.
   *
   * @param sizes    as listed, where they are
   * @param starting flags of new messages, where there are any
   */
  record Target(FolderKey maildrop, FolderKey inbox, Map<RemoteId, Long> sizes, Map<RemoteId, Flags> starting) {}

  private record Came(RemoteId id, Instant received, StagedBody body, String header) {}

  /** @param taken is told of each message; @param threaded whether to store on a thread of its own */
  MaildropIntake(MailStore store, MimeCodec codec, Target target, Runnable taken, boolean threaded) {
    this.store = store;
    this.codec = codec;
    this.target = target;
    this.taken = taken;
    this.queue = new StoringQueue<>("heliogram-maildrop", threaded, FIRST, TOGETHER, this::store); //$NON-NLS-1$
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException {
    var header = new HeaderTap(content);
    take(id, received, store.stage(header, state), header.digest());
  }

  /** The header alone, of a message too large to be taken unasked. */
  @Override
  public void envelope(FetchedMessage message) throws StoreException {
    try {
      StagedBody header = store.stage(new ByteArrayInputStream(message.header()), BodyState.PARTIAL);
      take(message.id(), message.received(), header, Fingerprint.header(message.header()));
    } catch (IOException e) {
      throw new StoreException("reading from memory failed", e); //$NON-NLS-1$
    }
  }

  private void take(RemoteId id, Instant received, StagedBody body, String header) throws StoreException {
    queue.put(new Came(id, received, body, header), body.sizeInBytes());
    taken.run();
  }

  private void store(List<Came> batch) throws StoreException {
    var added = new ArrayList<NewMessage>();
    var prints = new HashMap<RemoteId, Fingerprint>();
    for (Came one : batch) {
      MimeCodec.Summary summary = summarise(codec, one.body());
      long listed = target.sizes().getOrDefault(one.id(), 0L);
      long size = one.body().state() == BodyState.WHOLE ? one.body().sizeInBytes() : listed;
      added.add(new NewMessage(one.id(), target.starting().getOrDefault(one.id(), Flags.NONE), one.received(), size, summary.attachments(),
          summary.envelope(), Optional.of(one.body())));
      prints.put(one.id(), new Fingerprint(listed, one.header()));
    }
    store.<Void>write(w -> {
      w.apply(target.maildrop(), MaildropPlan.taking(target.inbox(), added, prints));
      return null;
    });
    stored.addAll(prints.keySet());
  }

  static MimeCodec.Summary summarise(MimeCodec codec, StagedBody body) throws StoreException {
    try (InputStream in = body.open()) {
      return codec.summarise(in);
    } catch (IOException e) {
      throw new StoreException("a message just written cannot be read", e); //$NON-NLS-1$
    }
  }

  @Override
  public void gone(RemoteId id) {
    taken.run();
  }

  /** What is durable. After {@link #close} all that came. */
  Set<RemoteId> stored() {
    return stored;
  }

  @Override
  public void close() throws StoreException {
    queue.close();
  }
}
