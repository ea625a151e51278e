/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.sync.LocalFirstMailService;
import org.heliogram.testing.ModelServer;
import org.heliogram.testing.TrialFrame;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One database for all runs of a test class. */
final class DerbyFrame implements TrialFrame, BeforeAllCallback, AfterAllCallback {
  private Path home;
  private DerbyMailStore store;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    home = Files.createTempDirectory("trials");
    store = new DerbyMailStore(home);
    store.open();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public MailStore store() {
    return store;
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
