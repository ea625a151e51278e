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
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/**
 * Looks in a folder for what an interrupted move or copy may have put there: messages of the same Message-ID and size that were not
 * there when the folder was last read. Each is found once.
 */
final class ArrivalLookup {
  private final MailStore store;
  private final Connection connection;
  private final RemoteFolder folder;
  private final Known known;
  private final IProgressMonitor monitor;
  private final Set<RemoteId> taken = new HashSet<>();

  ArrivalLookup(MailStore store, Connection connection, FolderKey folder, IProgressMonitor monitor) throws StoreException {
    this.store = store;
    this.connection = connection;
    this.folder = store.read(r -> r.remote(folder));
    this.known = store.read(r -> r.known(folder));
    this.monitor = monitor;
  }

  Optional<RemoteId> find(MessageKey message) throws MailException, StoreException, CredentialException {
    String header = store.read(r -> r.envelope(message)).map(Envelope::messageIdHeader).orElse(""); //$NON-NLS-1$
    if (header.isEmpty() || known.cursor().isEmpty()) {
      return Optional.empty();
    }
    List<RemoteId> hits = connection.get(monitor).find(folder, header, monitor).stream()
        .filter(id -> !known.messages().containsKey(id) && !taken.contains(id)).toList();
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    Optional<RemoteId> found = sameSize(message, hits);
    found.ifPresent(taken::add);
    return found;
  }

  private Optional<RemoteId> sameSize(MessageKey message, List<RemoteId> hits) throws MailException, StoreException, CredentialException {
    var sizes = new HashMap<RemoteId, Long>();
    connection.get(monitor).fetch(folder, known.cursor().orElseThrow(), hits, Depth.ENVELOPE, new Sizes(sizes), monitor);
    // A message that is deleted in the view has no row to compare with: then the Message-ID has to do.
    Optional<Long> size = store.read(r -> r.summaries(List.of(message))).stream().map(MessageSummary::sizeInBytes).findFirst();
    return hits.stream().filter(sizes::containsKey).filter(id -> size.isEmpty() || size.get().equals(sizes.get(id))).findFirst();
  }

  private record Sizes(Map<RemoteId, Long> sizes) implements Sink {
    @Override
    public void envelope(FetchedMessage message) {
      sizes.put(message.id(), message.sizeInBytes());
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
