/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.Stay;
import org.heliogram.testing.MemoryState.Place;
import org.heliogram.testing.MemoryState.Row;

/** What a {@link MemoryState} knows of maildrops. */
final class MemoryMaildrops {
  /** What was taken. @param at the maildrop's time then */
  record Taken(Optional<MessageKey> key, boolean gone, Fingerprint print, Duration at) {
    Taken there(boolean now) {
      return new Taken(key, !now, print, at);
    }

    Taken like(Fingerprint other) {
      return new Taken(key, gone, other, at);
    }

    Taken forgotten() {
      return new Taken(Optional.empty(), gone, print, at);
    }
  }

  /** A maildrop's own time. @param at when it last went on */
  record Time(Duration lived, Instant at) {}

  private final Map<FolderKey, Map<RemoteId, Taken>> taken = new HashMap<>();
  private final Map<FolderKey, Time> times = new HashMap<>();

  MemoryMaildrops() {}

  MemoryMaildrops(MemoryMaildrops other) {
    other.taken.forEach((folder, ids) -> taken.put(folder, new LinkedHashMap<>(ids)));
    times.putAll(other.times);
  }

  Map<RemoteId, Taken> of(FolderKey maildrop) {
    return taken.computeIfAbsent(maildrop, folder -> new LinkedHashMap<>());
  }

  void remove(FolderKey maildrop) {
    taken.remove(maildrop);
    times.remove(maildrop);
  }

  /** Messages go though nobody deleted them. */
  void forget(Set<MessageKey> gone) {
    taken.values().forEach(ids -> ids.replaceAll((id, one) -> one.key().filter(gone::contains).isPresent() ? one.forgotten() : one));
  }

  /** Which maildrop a message was taken from, and under which id. */
  Optional<Map.Entry<FolderKey, RemoteId>> find(MessageKey message) {
    for (var maildrop : taken.entrySet()) {
      for (var one : maildrop.getValue().entrySet()) {
        if (one.getValue().key().equals(Optional.of(message))) {
          return Optional.of(Map.entry(maildrop.getKey(), one.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  /** All of the plan but new messages. */
  void change(FolderKey maildrop, MaildropPlan plan) {
    Map<RemoteId, Taken> known = of(maildrop);
    plan.forgotten().forEach(known::remove);
    var moved = new HashMap<RemoteId, Taken>();
    plan.renamed().forEach((old, now) -> Optional.ofNullable(known.remove(old)).ifPresent(one -> moved.put(now, one.there(true))));
    known.putAll(moved);
    plan.there().forEach((id, there) -> known.computeIfPresent(id, (i, one) -> one.there(there)));
    plan.session().ifPresent(ended -> {
      Time time = time(maildrop);
      times.put(maildrop, new Time(time.lived().plus(ended.since(time.at())), ended.at()));
    });
    plan.prints().forEach((id, print) -> {
      boolean fresh = plan.added().stream().anyMatch(message -> message.id().equals(id));
      if (known.containsKey(id) && !print.equals(Fingerprint.UNKNOWN)) {
        known.computeIfPresent(id, (i, one) -> one.like(print));
      } else if (!known.containsKey(id) && !fresh) {
        known.put(id, new Taken(Optional.empty(), false, print, time(maildrop).lived()));
      }
    });
  }

  void took(FolderKey maildrop, RemoteId id, MessageKey message, Fingerprint print) {
    of(maildrop).put(id, new Taken(Optional.of(message), false, print, time(maildrop).lived()));
  }

  private Time time(FolderKey maildrop) {
    return times.getOrDefault(maildrop, new Time(Duration.ZERO, Instant.EPOCH));
  }

  List<org.heliogram.core.store.Taken> all(FolderKey maildrop) {
    return of(maildrop).entrySet().stream().map(MemoryMaildrops::told).toList();
  }

  private static org.heliogram.core.store.Taken told(Map.Entry<RemoteId, Taken> one) {
    return new org.heliogram.core.store.Taken(one.getKey(), one.getValue().key(), one.getValue().gone(), one.getValue().print());
  }

  List<org.heliogram.core.store.Taken> overdue(MemoryState state, FolderKey maildrop) {
    return of(maildrop).entrySet().stream().filter(one -> !one.getValue().gone() && one.getValue().key().isPresent())
        .filter(one -> stay(state, maildrop, one.getValue()).over()).map(MemoryMaildrops::told).toList();
  }

  Optional<ServerCopy> copy(MemoryState state, MessageKey message) {
    return find(message).map(found -> {
      Taken one = of(found.getKey()).get(found.getValue());
      return stay(state, found.getKey(), one).copy(state.place(found.getKey()).account(), !one.gone(), time(found.getKey()).at());
    });
  }

  private Stay stay(MemoryState state, FolderKey maildrop, Taken one) {
    MaildropOptions options = state.accounts.get(state.place(maildrop).account()).options().maildrop();
    Optional<Row> row = one.key().map(state::row);
    return new Stay(options, time(maildrop).lived().minus(one.at()), row.map(r -> here(state.place(r.place()), r)));
  }

  private static Stay.Here here(Place place, Row row) {
    return new Stay.Here(place.remote().role() == FolderRole.INBOX && !place.mirrored(), row.bodyState() == BodyState.WHOLE,
        row.flags().has(Flag.FLAGGED));
  }
}
