/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;

/**
 * What the workers of all accounts share.
 *
 * @param backends by protocol; changes as services come and go
 * @param watches  the same
 * @param random   for jitter only
 */
record Ports(MailStore store, MimeCodec codec, CredentialStore credentials, Map<String, Backend.Factory> backends,
    Map<String, FolderWatch.Factory> watches, Clock clock, RandomGenerator random) {
  /** Without watches, until some are put there. */
  Ports(MailStore store, MimeCodec codec, CredentialStore credentials, Map<String, Backend.Factory> backends, Clock clock, RandomGenerator random) {
    this(store, codec, credentials, backends, new ConcurrentHashMap<>(), clock, random);
  }

  Schedule schedule() {
    return new Schedule(clock, random);
  }
}
