/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;

/**
 * What a maildrop holds in one session; it does not change while the session lasts (RFC 1939 section 3).
 *
 * @param entries in the order of their numbers, oldest first as far as servers keep that
 */
record Maildrop(List<Entry> entries, Map<RemoteId, Entry> byId, Instant listed, SyncCursor cursor, boolean sized) {
  /** @param number of this session only @param sizeInBytes as the server says; 0 where it does not */
  record Entry(int number, RemoteId id, long sizeInBytes) {}

  /** @param whole how many messages there are, and the octets of all of them */
  static Maildrop of(List<Entry> entries, String whole) {
    return of(entries, Instant.now(), cursor(entries, whole), true);
  }

  private static Maildrop of(List<Entry> entries, Instant listed, SyncCursor cursor, boolean sized) {
    var byId = new HashMap<RemoteId, Entry>(entries.size() * 2);
    entries.forEach(entry -> byId.put(entry.id(), entry));
    return new Maildrop(List.copyOf(entries), byId, listed, cursor, sized);
  }

  /** Of which nothing is known but ids, by number. */
  static Maildrop unsized(SortedMap<Integer, String> ids, String whole) {
    var entries = new ArrayList<Entry>(ids.size());
    ids.forEach((number, id) -> entries.add(new Entry(number, new RemoteId(id), 0)));
    return of(entries, Instant.now(), cursor(entries, whole), false);
  }

  Maildrop sized(Map<Integer, Long> sizes) {
    return of(entries.stream().map(entry -> new Entry(entry.number(), entry.id(), sizes.getOrDefault(entry.number(), 0L))).toList(), listed, cursor,
        true);
  }

  Optional<Entry> find(RemoteId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** POP3 does not tell when a message came: now, but so that later messages are later. */
  Instant received(Entry entry) {
    return listed.minusMillis(entries.get(entries.size() - 1).number() - (long) entry.number());
  }

  /** Equal for equal lists of ids that are of one size all together. */
  private static SyncCursor cursor(List<Entry> entries, String whole) {
    var all = new StringBuilder(entries.size() * 24 + 40).append(whole);
    entries.forEach(entry -> all.append('\n').append(entry.id().value()));
    return new SyncCursor(Fingerprint.digest(all.toString()));
  }
}
