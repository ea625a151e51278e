/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWhileFetchingTest {
  private static final int MESSAGES = 2_000;
  private static final int KILLS = 5;
  private static final long SEED = Long.getLong("heliogram.seed", System.nanoTime());
  @TempDir
  Path work;

  @Test
  void afterKillsEveryMessageIsThereOnce() throws Exception {
    try (var server = DovecotServer.start("MAIL=mdbox")) {
      server.fill("user1", "INBOX", MESSAGES, 8_000);
      Path home = work.resolve("home");
      var random = new Random(SEED);

      for (int kill = 0; kill < KILLS; kill++) {
        fetchAndKill(home, server.imapPort(), random.nextInt(1_500));
      }

      try (var client = new Client(home)) {
        client.store.open();
        var account = client.store.read(s -> s.accounts()).get(0);
        client.synchronise(account, SyncRequest.Bodies.ALL);
        List<MessageSummary> rows = client.rows(account, "INBOX");
        assertEquals(MESSAGES, rows.size(), () -> "seed " + SEED);
        assertEquals(MESSAGES, rows.stream().map(MessageSummary::messageIdHeader).collect(Collectors.toSet()).size(), () -> "seed " + SEED);
        assertEquals(MESSAGES, rows.stream().filter(row -> row.body() == BodyState.WHOLE).count(), () -> "seed " + SEED);
        assertEquals(List.of(), client.store.check(new NullProgressMonitor()), () -> "seed " + SEED);
      }
    }
  }

  /** Kills after so many milliseconds of fetching, or lets it end if it is faster. */
  private void fetchAndKill(Path home, int port, int millis) throws Exception {
    Process child = ChildProcess.start(work, FetchingChild.class, home.toString(), Integer.toString(port));
    try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("begin", said.readLine(), () -> errors());
      child.waitFor(millis, TimeUnit.MILLISECONDS);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private String errors() {
    try {
      return Files.readString(work.resolve("child.err"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
