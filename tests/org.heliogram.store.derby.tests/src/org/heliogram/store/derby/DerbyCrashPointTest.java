/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.nio.file.Path;
import java.util.Map;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.sync.LocalFirstMailService;
import org.heliogram.testing.CrashPointContract;
import org.heliogram.testing.ModelServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Deaths around every step, on Derby. One database for all: each run has an account of its own. */
class DerbyCrashPointTest extends CrashPointContract {
  @TempDir
  private static Path home;
  private static DerbyMailStore store;

  @BeforeAll
  static void openOnce() {
    store = new DerbyMailStore(home);
    store.open();
  }

  @AfterAll
  static void closeOnce() {
    store.close();
  }

  @Override
  protected MailStore store() {
    return store;
  }

  @Override
  protected MailService service(MailStore opened, MimeCodec codec, CredentialStore credentials, ModelServer server) {
    var service = new LocalFirstMailService(opened, codec, credentials);
    service.addBackend(server, Map.of("protocol", "imap"));
    return service;
  }

  @Override
  protected void close(MailService service) {
    ((LocalFirstMailService) service).close();
  }

  @Override
  protected int oneIn() {
    return 20;
  }
}
