/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;

/** Keeps what is fetched. */
class Basket implements Sink {
  final List<FetchedMessage> envelopes = new ArrayList<>();
  final Map<RemoteId, byte[]> bodies = new LinkedHashMap<>();
  final Map<RemoteId, BodyState> states = new LinkedHashMap<>();
  final List<RemoteId> gone = new ArrayList<>();

  @Override
  public void envelope(FetchedMessage message) {
    envelopes.add(message);
  }

  @Override
  public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
    bodies.put(id, content.readAllBytes());
    states.put(id, state);
  }

  @Override
  public void gone(RemoteId id) {
    gone.add(id);
  }

  static Account account(Endpoint endpoint, AccountOptions options) {
    return new Account(AccountId.create(), "test", "", "user@localhost", Protocol.IMAP, endpoint, //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        Optional.empty(), options);
  }
}
