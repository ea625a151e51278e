/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.Map;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer;
import org.heliogram.testing.TrialFrame;

/** A store in memory for each run. */
final class InMemoryFrame implements TrialFrame {
  @Override
  public MailStore store() {
    return new InMemoryMailStore();
  }

  @Override
  public MailService service(MailStore opened, MimeCodec codec, CredentialStore credentials, ModelServer server) {
    var service = new LocalFirstMailService(opened, codec, credentials);
    service.addBackend(server, Map.of("protocol", "imap"));
    return service;
  }

  @Override
  public void close(MailService service) {
    ((LocalFirstMailService) service).close();
  }
}
