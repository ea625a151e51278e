/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.FolderViews;

/**
 * Everything an {@link InMemoryMailStore} holds. A transaction works on a copy, which then takes the place of the original; values are
 * records, so a copy costs its maps only. What the user sees is not kept but computed: {@link #views()} is the law.
 */
final class MemoryState {
  /**
   * A message. {@code place} and {@code id} are the server's half.
   *
   * @param born false for a copy that no server has been asked for yet: nothing that arrives can be it
   */
  record Row(MessageKey key, AccountId account, FolderKey place, Optional<RemoteId> id, Flags flags, Instant received, long sizeInBytes,
      boolean attachments, Envelope envelope, Optional<Body> body, boolean born) {
    Row at(FolderKey folder, Optional<RemoteId> remote) {
      return new Row(key, account, folder, remote, flags, received, sizeInBytes, attachments, envelope, body, born);
    }

    Row flagged(Flags other) {
      return new Row(key, account, place, id, other, received, sizeInBytes, attachments, envelope, body, born);
    }

    Row with(Body other) {
      return new Row(key, account, place, id, flags, received, sizeInBytes, attachments, envelope, Optional.of(other), born);
    }

    Row without() {
      return new Row(key, account, place, id, flags, received, sizeInBytes, attachments, envelope, Optional.empty(), born);
    }

    Row described(Envelope other, boolean attachmentsNow) {
      return new Row(key, account, place, id, flags, received, sizeInBytes, attachmentsNow, other, body, born);
    }

    Row delivered() {
      return new Row(key, account, place, id, flags, received, sizeInBytes, attachments, envelope, body, true);
    }

    Row copied(MessageKey other, FolderKey to, Flags flagsNow, boolean bornNow) {
      return new Row(other, account, to, Optional.empty(), flagsNow, received, sizeInBytes, attachments, envelope, body, bornNow);
    }

    /** In another account's folder. */
    Row in(Place other) {
      return new Row(key, other.account(), other.key(), id, flags, received, sizeInBytes, attachments, envelope, body, born);
    }

    /** What is uploaded is as large as its content, whatever a server said. */
    Row sized() {
      return new Row(key, account, place, id, flags, received, whole() ? body.get().sizeInBytes() : sizeInBytes, attachments, envelope, body,
          born);
    }

    boolean whole() {
      return bodyState() == BodyState.WHOLE;
    }

    BodyState bodyState() {
      return body.map(Body::state).orElse(BodyState.NONE);
    }
  }

  /** A folder. @param made false while it is only queued to be made */
  record Place(FolderKey key, AccountId account, RemoteFolder remote, Optional<SyncCursor> cursor, boolean made, FolderOptions options) {
    Place told(RemoteFolder now) {
      return new Place(key, account, new RemoteFolder(now.name(), now.path(), now.role(), now.keeping(), now.selectable(), now.subscribed(),
          now.rights().or(remote::rights), now.mailboxId().or(remote::mailboxId)), cursor, true, options);
    }

    Place at(Optional<SyncCursor> other) {
      return new Place(key, account, remote, other, made, options);
    }

    Place with(FolderOptions other) {
      return new Place(key, account, remote, cursor, made, other);
    }

    boolean mirrored() {
      return remote.keeping() == Keeping.MIRRORED;
    }
  }

  /**
   * A queued operation.
   *
   * @param folder  the folder it is on or makes
   * @param copies  source key to the key of its copy; a key to itself in a transfer of what is nowhere else
   * @param refused whether nobody asks the server again
   */
  record Entry(long sequence, Operation operation, Optional<FolderKey> folder, Instant since, int attempts, boolean attempted,
      Optional<String> waiting, Map<MessageKey, MessageKey> copies, boolean refused) {
    Entry with(Operation.OnMessages other) {
      var left = new HashMap<>(copies);
      left.keySet().retainAll(other.messages());
      return with(other, left);
    }

    Entry with(Operation.OnMessages other, Map<MessageKey, MessageKey> others) {
      return new Entry(sequence, other, folder, since, attempts, attempted, waiting, Map.copyOf(others), refused);
    }

    Entry tried() {
      return new Entry(sequence, operation, folder, since, attempts + 1, true, waiting, copies, refused);
    }

    Entry waits(String why) {
      return new Entry(sequence, operation, folder, since, attempts, attempted, Optional.of(why), copies, refused);
    }

    Entry refused(String why) {
      return new Entry(sequence, operation, folder, since, attempts, false, Optional.of(why), copies, true);
    }

    Entry again() {
      return new Entry(sequence, operation, folder, since, attempts, attempted, waiting, copies, false);
    }

    /** Whether the message is itself what a transfer brings. */
    boolean alone(MessageKey key) {
      return key.equals(copies.get(key));
    }

    List<MessageKey> messages() {
      return operation instanceof Operation.OnMessages some ? some.messages() : List.of();
    }

    boolean onFolder() {
      return operation instanceof Operation.OnFolder;
    }
  }

  /** What the user sees of a message. @param folder empty once a queued operation deletes it */
  record View(Optional<FolderKey> folder, Flags flags, boolean queued) {}

  final LinkedHashMap<AccountId, Account> accounts;
  final TreeMap<Long, Place> folders;
  final TreeMap<Long, Row> rows;
  final TreeMap<Long, Entry> queue;
  final MemoryMaildrops maildrops;
  long lastNumber;
  private volatile Map<MessageKey, View> views;

  MemoryState() {
    accounts = new LinkedHashMap<>();
    folders = new TreeMap<>();
    rows = new TreeMap<>();
    queue = new TreeMap<>();
    maildrops = new MemoryMaildrops();
  }

  MemoryState(MemoryState other) {
    accounts = new LinkedHashMap<>(other.accounts);
    folders = new TreeMap<>(other.folders);
    rows = new TreeMap<>(other.rows);
    queue = new TreeMap<>(other.queue);
    maildrops = new MemoryMaildrops(other.maildrops);
    lastNumber = other.lastNumber;
  }

  long next() {
    return ++lastNumber;
  }

  Row row(MessageKey key) {
    return rows.get(key.value());
  }

  Place place(FolderKey key) {
    return folders.get(key.value());
  }

  void put(Row row) {
    rows.put(row.key().value(), row);
    views = null;
  }

  void changed() {
    views = null;
  }

  /** The law: the server's half of every message, then the queued operations in order. */
  Map<MessageKey, View> views() {
    Map<MessageKey, View> known = views;
    if (known == null) {
      var seen = new HashMap<MessageKey, View>();
      for (Row row : rows.values()) {
        seen.put(row.key(), new View(Optional.of(row.place()), row.flags(), false));
      }
      for (Entry entry : queue.values()) {
        if (entry.operation() instanceof Operation.OnMessages some) {
          some.messages().forEach(key -> seen.computeIfPresent(key, (k, view) -> after(view, some, entry.alone(k))));
        }
        for (MessageKey copy : entry.copies().values()) {
          seen.computeIfPresent(copy, (k, view) -> new View(view.folder(), view.flags(), true));
        }
      }
      known = seen;
      views = seen;
    }
    return known;
  }

  private static View after(View view, Operation.OnMessages operation, boolean alone) {
    return switch (operation) {
      case Operation.ChangeFlags change -> new View(view.folder(), view.flags().with(change.change()), true);
      case Operation.Move move -> new View(view.folder().map(old -> move.to()), view.flags(), true);
      case Operation.Copy copy -> new View(view.folder(), view.flags(), true);
      case Operation.Transfer transfer -> new View(transfer.removing() && !alone ? Optional.empty() : view.folder(), view.flags(), true);
      case Operation.Delete delete -> new View(Optional.empty(), view.flags(), true);
    };
  }

  /** The account's folders with the queued operations on them applied in order. */
  FolderViews folderViews(AccountId account, Predicate<Place> places, Predicate<Entry> entries) {
    List<FolderViews.Known> known = folders.values().stream().filter(f -> f.account().equals(account)).filter(places)
        .map(f -> new FolderViews.Known(f.key(), f.remote(), f.made())).toList();
    Map<FolderRole, String> roles = accounts.containsKey(account) ? accounts.get(account).options().roles() : Map.of();
    return new FolderViews(known, roles, queue.values().stream().filter(e -> e.onFolder() && e.operation().account().equals(account))
        .filter(entries).map(e -> new FolderViews.Step(e.folder().orElseThrow(), (Operation.OnFolder) e.operation())).toList());
  }

  FolderViews.View seen(Place place) {
    return folderViews(place.account(), p -> true, e -> true).all().get(place.key());
  }

  /** An account's queue, with the folder each entry's first message is in after the entries before it. */
  List<Queued> queued(AccountId account) {
    var places = new HashMap<MessageKey, FolderKey>();
    var found = new ArrayList<Queued>();
    for (Entry entry : queue.values()) {
      Operation operation = entry.operation();
      if (operation.account().equals(account)) {
        FolderKey source = entry.folder().orElseGet(() -> source(places, entry.messages().get(0)));
        int missing = missing(entry).size();
        Queued.Standing standing = entry.refused() ? Queued.Standing.REFUSED : missing > 0 ? Queued.Standing.INCOMPLETE : Queued.Standing.READY;
        List<MessageKey> copies = entry.messages().stream().map(entry.copies()::get).filter(Objects::nonNull).toList();
        found.add(new Queued(entry.sequence(), operation, source, entry.since(), entry.attempts(), entry.attempted(), entry.waiting(), copies,
            standing, missing));
        if (operation instanceof Operation.Move move) {
          move.messages().forEach(key -> places.put(key, move.to()));
        }
      }
    }
    return Queued.inOrder(found, this::needed);
  }

  /** The messages of a transfer whose whole content has not come to their copies. */
  List<MessageKey> missing(Entry entry) {
    return !(entry.operation() instanceof Operation.Transfer transfer) ? List.of()
        : transfer.messages().stream().filter(key -> !row(entry.copies().get(key)).whole()).toList();
  }

  private Set<MessageKey> needed(long before) {
    return queue.headMap(before).values().stream().flatMap(entry -> missing(entry).stream()).collect(Collectors.toSet());
  }

  private FolderKey source(Map<MessageKey, FolderKey> places, MessageKey first) {
    return places.getOrDefault(first, row(first).place());
  }

  /** Whether a queued operation names the message, as source or as copy. */
  boolean named(MessageKey key) {
    return queue.values().stream().anyMatch(e -> e.messages().contains(key) || e.copies().containsValue(key));
  }
}
