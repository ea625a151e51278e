/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.testing.CrashPointContract;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer;

class InMemoryCrashPointTest extends CrashPointContract {
  @Override
  protected MailStore store() {
    return new InMemoryMailStore();
  }

  @Override
  protected MailService service(MailStore store, MimeCodec codec, CredentialStore credentials, ModelServer server) {
    var service = new LocalFirstMailService(new Ports(store, codec, credentials, Connection.factories(), Clock.systemUTC(), new Random(1)));
    service.addBackend(server, Map.of("protocol", "imap"));
    return service;
  }

  @Override
  protected void close(MailService service) {
    ((LocalFirstMailService) service).close();
  }

  @Override
  protected int oneIn() {
    return 3;
  }
}
