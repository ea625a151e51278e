/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/** Fetches bodies: those an account's policy keeps here, or one that is asked for. */
final class BodyFetch {
  private static final int SLICE = 200;
  private static final int LARGEST_SLICE = 10_000;
  private static final int FEW = 20;

  /** Where messages of one folder are on the server. */
  private record Shelf(RemoteFolder folder, Optional<SyncCursor> cursor, Map<RemoteId, MessageKey> messages) {}

  private final MailStore store;
  private final MimeCodec codec;
  private final Connection connection;
  private final Course course;
  private final Clock clock;

  BodyFetch(MailStore store, MimeCodec codec, Connection connection, Course course, Clock clock) {
    this.store = store;
    this.codec = codec;
    this.connection = connection;
    this.course = course;
    this.clock = clock;
  }

  /** Fetches what is to be kept of a folder and is not here. @return how many came */
  int run(Folder folder, Bodies bodies, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    BodyPolicy policy = bodies == Bodies.ALL ? BodyPolicy.EVERYTHING
        : store.read(r -> SpaceSaver.policy(r, folder.key(), connection.account()));
    if (bodies == Bodies.NONE || policy.keep() == BodyPolicy.Keep.HEADERS || folder.keeping() != Keeping.MIRRORED || !folder.selectable()) {
      return 0;
    }
    Depth depth = policy.keep() == BodyPolicy.Keep.EVERYTHING ? Depth.WHOLE : Depth.TEXT;
    List<MessageKey> wanted = wanted(folder.key(), policy, bodies);
    int came = 0;
    Slices slices = new Slices(SLICE, SLICE, LARGEST_SLICE);
    for (int from = 0, end; from < wanted.size(); from = end) {
      course.at(Phase.FETCHING_BODIES, folder.path().name(), from, wanted.size());
      end = slices.end(from, wanted.size());
      came += fetch(folder.key(), wanted.subList(from, end), depth, monitor);
      slices.done();
      FolderSync.checkCancelled(monitor);
      course.pause();
    }
    return came;
  }

  private MessageKeys wanted(FolderKey folder, BodyPolicy policy, Bodies bodies) throws StoreException {
    Instant since = SpaceSaver.since(policy, clock);
    MessageKeys wanted = store.read(r -> r.bodies(folder, BodyState.NONE, since));
    if (bodies != Bodies.ALL) {
      return wanted;
    }
    MessageKeys partial = store.read(r -> r.bodies(folder, BodyState.PARTIAL, Instant.EPOCH));
    return MessageKeys.wrap(LongStream.concat(wanted.values(), partial.values()).toArray());
  }

  private int fetch(FolderKey folder, List<MessageKey> keys, Depth depth, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Shelf shelf = shelf(folder, keys);
    if (shelf.messages().isEmpty() || shelf.cursor().isEmpty()) {
      return 0;
    }
    if (FolderSync.maildrop(shelf.folder(), connection.get(monitor))) {
      return new MaildropCompletion(store, codec, connection).run(folder, shelf.messages(), monitor);
    }
    var intake = new BodyIntake(store, shelf.messages(), keys.size() > FEW);
    try (intake) {
      connection.get(monitor).fetch(shelf.folder(), shelf.cursor().get(), List.copyOf(shelf.messages().keySet()), depth, intake, monitor);
    }
    return intake.came();
  }

  private Shelf shelf(FolderKey folder, List<MessageKey> keys) throws StoreException {
    return store.read(r -> {
      var messages = new java.util.LinkedHashMap<RemoteId, MessageKey>();
      for (Located located : r.locate(keys)) {
        if (located.serverFolder().equals(folder)) {
          located.id().ifPresent(id -> messages.put(id, located.message()));
        }
      }
      return new Shelf(r.remote(folder), r.cursor(folder), messages);
    });
  }

  /** Fetches all of some messages of one folder. @return how many came */
  int wholes(FolderKey folder, List<MessageKey> keys, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    return fetch(folder, keys, Depth.WHOLE, monitor);
  }

  /** Fetches all of one message whose place on the server is known. */
  void one(Located located, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    fetch(located.serverFolder(), List.of(located.message()), Depth.WHOLE, monitor);
  }
}
