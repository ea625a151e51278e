/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;

/**
 * What a maildrop holds in one session; it does not change while the session lasts (RFC 1939 section 3).
 *
 * @param entries in the order of their numbers, oldest first as far as servers keep that
 */
record Maildrop(List<Entry> entries, Map<RemoteId, Entry> byId, Instant listed) {
  /** @param number of this session only @param sizeInBytes as the server says; 0 where it does not */
  record Entry(int number, RemoteId id, long sizeInBytes) {}

  static Maildrop of(List<Entry> entries) {
    var byId = new HashMap<RemoteId, Entry>(entries.size() * 2);
    entries.forEach(entry -> byId.put(entry.id(), entry));
    return new Maildrop(List.copyOf(entries), byId, Instant.now());
  }

  Optional<Entry> find(RemoteId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** POP3 does not tell when a message came: now, but so that later messages are later. */
  Instant received(Entry entry) {
    return listed.minusMillis(entries.get(entries.size() - 1).number() - (long) entry.number());
  }

  /** Equal for equal lists of ids and sizes. */
  SyncCursor cursor() {
    var all = new StringBuilder(entries.size() * 32);
    entries.forEach(entry -> all.append(entry.id().value()).append(' ').append(entry.sizeInBytes()).append('\n'));
    return new SyncCursor(Fingerprint.digest(all.toString()));
  }
}
