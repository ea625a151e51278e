/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;

/** Keeps what arrived whole; a body that broke off is not kept. */
final class RecordingSink implements Sink {
  final Map<String, String> bodies = new LinkedHashMap<>();
  final Map<String, Instant> received = new LinkedHashMap<>();
  final List<FetchedMessage> envelopes = new ArrayList<>();
  final List<String> gone = new ArrayList<>();
  int octetsToRead = Integer.MAX_VALUE;
  int failAfter = Integer.MAX_VALUE;

  @Override
  public void envelope(FetchedMessage message) {
    envelopes.add(message);
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant when, InputStream content) throws StoreException, IOException {
    if (bodies.size() >= failAfter) {
      throw new StoreException.DiskFull("no space", null);
    }
    byte[] all = content.readNBytes(octetsToRead);
    bodies.put(id.value(), new String(all, StandardCharsets.ISO_8859_1));
    received.put(id.value(), when);
  }

  @Override
  public void gone(RemoteId id) {
    gone.add(id.value());
  }
}
