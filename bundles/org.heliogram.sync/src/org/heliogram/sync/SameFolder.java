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
import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/**
 * Tells whether a folder is one that we know under another name: it has the UIDVALIDITY, and the newest messages have the ids, sizes and
 * dates they had. Servers that give every folder the same UIDVALIDITY are why the messages are looked at.
 */
final class SameFolder {
  private static final int SAMPLE = 8;
  private final MailStore store;
  private final Connection connection;
  private final IProgressMonitor monitor;

  /** What is known of a folder. @param sizes and dates of some of its messages */
  private record Sample(Optional<SyncCursor> cursor, Map<RemoteId, MessageSummary> messages) {}

  SameFolder(MailStore store, Connection connection, IProgressMonitor monitor) {
    this.store = store;
    this.connection = connection;
    this.monitor = monitor;
  }

  boolean is(FolderKey known, RemoteFolder candidate) throws MailException, StoreException, CredentialException {
    Sample sample = sample(known);
    if (sample.cursor().isEmpty() || sample.messages().isEmpty()) {
      return false; // There is nothing to be lost.
    }
    var seen = new HashMap<RemoteId, FetchedMessage>();
    try {
      connection.get(monitor).fetch(candidate, sample.cursor().get(), List.copyOf(sample.messages().keySet()), Depth.ENVELOPE, new Seen(seen),
          monitor);
    } catch (MailException.Stale | MailException.Refused e) {
      return false;
    }
    boolean alike = seen.values().stream().allMatch(message -> alike(message, sample.messages().get(message.id())));
    return alike && seen.size() * 2 >= sample.messages().size() && !seen.isEmpty();
  }

  private static boolean alike(FetchedMessage message, MessageSummary known) {
    return known != null && known.sizeInBytes() == message.sizeInBytes() && known.received().getEpochSecond() == message.received().getEpochSecond();
  }

  private Sample sample(FolderKey key) throws StoreException {
    return store.read(r -> {
      var messages = new HashMap<RemoteId, MessageSummary>();
      List<MessageSummary> rows = r.summaries(r.first(Query.newestFirst(key), SAMPLE));
      for (Located located : r.locate(rows.stream().map(MessageSummary::key).toList())) {
        if (located.serverFolder().equals(key) && located.id().isPresent()) {
          rows.stream().filter(row -> row.key().equals(located.message())).findFirst().ifPresent(row -> messages.put(located.id().get(), row));
        }
      }
      return new Sample(r.cursor(key), messages);
    });
  }

  private record Seen(Map<RemoteId, FetchedMessage> messages) implements Sink {
    @Override
    public void envelope(FetchedMessage message) {
      messages.put(message.id(), message);
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
      throw new IllegalStateException("a body where a summary was asked for"); //$NON-NLS-1$
    }

    @Override
    public void gone(RemoteId id) {
      messages.remove(id);
    }
  }
}
