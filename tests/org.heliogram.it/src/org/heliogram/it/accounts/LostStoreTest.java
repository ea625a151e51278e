/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreState;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostStoreTest {
  private static final int MESSAGES = 120;
  @TempDir
  Path work;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostStoreDeletesNothingOnTheServerAndFillsAgain(boolean leftEmpty) throws Exception {
    Path home = work.resolve("home");
    try (var server = DovecotServer.start()) {
      server.fill("user1", "INBOX", MESSAGES, 2_000);
      try (var client = new Client(home)) {
        client.store.open();
        client.synchronise(client.add(Protocol.IMAP, server.imap(Security.NONE, "user1")), SyncRequest.Bodies.NONE);
      }

      lose(home.resolve("store"), leftEmpty);

      try (var client = new Client(home)) {
        assertInstanceOf(StoreState.Lost.class, client.store.open());
        var account = client.store.read(s -> s.accounts()).get(0);
        client.synchronise(account, SyncRequest.Bodies.NONE);
        assertEquals(MESSAGES, client.rows(account, "INBOX").size());
        assertEquals(List.of(), client.store.read(s -> s.queue(account.id())));
      }
      assertEquals(MESSAGES, DiskFullWhileFetchingTest.onServer(server));
    }
  }

  private static void lose(Path folder, boolean leftEmpty) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!leftEmpty || !each.equals(folder)) {
          Files.delete(each);
        }
      }
    }
  }
}
