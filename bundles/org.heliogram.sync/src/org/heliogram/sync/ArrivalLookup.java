/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/**
 * Looks in a folder for what an interrupted move or copy may have put there: messages of the same Message-ID and size that were not
 * there when the folder was last read. Each is found once.
 */
final class ArrivalLookup {
  private static final int PAGE = 1_000;

  /** A message that is there. @param id empty where the folder was renumbered since it was last read */
  record Arrival(Optional<RemoteId> id) {}

  private final MailStore store;
  private final Connection connection;
  private final FolderKey key;
  private final RemoteFolder folder;
  private final Known known;
  private final IProgressMonitor monitor;
  private final Set<RemoteId> taken = new HashSet<>();
  private final Map<String, Integer> stored = new HashMap<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private boolean counted;
  private Optional<SyncCursor> renumbered = Optional.empty();

  ArrivalLookup(MailStore store, Connection connection, FolderKey key, IProgressMonitor monitor) throws StoreException {
    this.store = store;
    this.connection = connection;
    this.key = key;
    this.folder = store.read(r -> r.remote(key));
    this.known = store.read(r -> r.known(key));
    this.monitor = monitor;
  }

  Optional<Arrival> find(MessageKey message) throws MailException, StoreException, CredentialException {
    String header = store.read(r -> r.envelope(message)).map(Envelope::messageIdHeader).orElse(""); //$NON-NLS-1$
    if (header.isEmpty() || known.cursor().filter(SyncCursor::whole).isEmpty()) {
      return Optional.empty();
    }
    List<RemoteId> hits = connection.get(monitor).find(folder, header, monitor);
    if (renumbered.isEmpty()) {
      try {
        List<RemoteId> unknown = unknown(hits);
        return sameSize(message, unknown, known.cursor().get(), waiting, header).map(id -> new Arrival(Optional.of(id)));
      } catch (MailException.Stale e) {
        renumbered = Optional.of(connection.get(monitor).news(folder, known, monitor).cursor());
      }
    }
    return sameSize(message, hits, renumbered.get(), stored, header).map(id -> new Arrival(Optional.empty()));
  }

  private List<RemoteId> unknown(List<RemoteId> hits) throws StoreException {
    Set<RemoteId> have = known.among(hits).keySet();
    return hits.stream().filter(id -> !have.contains(id)).toList();
  }

  /** The newest of the hits that are of the message's size, where there are more than are accounted for. */
  private Optional<RemoteId> sameSize(MessageKey message, List<RemoteId> hits, SyncCursor cursor, Map<String, Integer> accounted, String header)
      throws MailException, StoreException, CredentialException {
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    var sizes = new HashMap<RemoteId, Long>();
    connection.get(monitor).fetch(folder, cursor, hits, Depth.ENVELOPE, new Sizes(sizes), monitor);
    // A message that is deleted in the view has no row to compare with: then the Message-ID has to do.
    Optional<Long> size = store.read(r -> r.summaries(List.of(message))).stream().map(MessageSummary::sizeInBytes).findFirst();
    List<RemoteId> same = hits.stream().filter(sizes::containsKey).filter(id -> size.isEmpty() || size.get().equals(sizes.get(id)))
        .filter(id -> !taken.contains(id)).toList();
    count();
    if (same.size() <= accounted.getOrDefault(header, 0)) {
      return Optional.empty();
    }
    taken.add(same.get(0));
    return Optional.of(same.get(0));
  }

  /** Counts what the server is known to have in the folder, by Message-ID. Slow, and rare: once for an operation of unknown outcome. */
  private void count() throws StoreException {
    if (counted) {
      return;
    }
    counted = true;
    store.<Void>read(r -> {
      var keys = new LinkedHashSet<MessageKey>(r.list(Query.newestFirst(key)));
      // What is queued may be seen elsewhere, or not at all.
      r.queue(connection.account().id()).forEach(q -> keys.addAll(q.messages()));
      var all = List.copyOf(keys);
      for (int from = 0; from < all.size(); from += PAGE) {
        for (Located located : r.locate(all.subList(from, Math.min(all.size(), from + PAGE)))) {
          if (located.serverFolder().equals(key)) {
            String header = r.envelope(located.message()).map(Envelope::messageIdHeader).orElse(""); //$NON-NLS-1$
            stored.merge(header, 1, Integer::sum);
            if (located.id().isEmpty()) {
              waiting.merge(header, 1, Integer::sum);
            }
          }
        }
      }
      return null;
    });
  }

  private record Sizes(Map<RemoteId, Long> sizes) implements Sink {
    @Override
    public void envelope(FetchedMessage message) {
      // What is marked as deleted is what an earlier move out of the folder left, on a server without UIDPLUS.
      if (!message.flags().has(Flag.DELETED)) {
        sizes.put(message.id(), message.sizeInBytes());
      }
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
      throw new IllegalStateException("a body where a summary was asked for"); //$NON-NLS-1$
    }

    @Override
    public void gone(RemoteId id) {
      sizes.remove(id);
    }
  }
}
