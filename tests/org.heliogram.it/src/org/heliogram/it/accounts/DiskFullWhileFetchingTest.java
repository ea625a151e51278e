/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullWhileFetchingTest {
  private static final int MESSAGES = 1_500;
  @TempDir
  Path work;
  private Path disk;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(work.resolve("disk"));
    Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()), "skipped: mounting a tmpfs needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void whatWasStoredStaysAndTheRestComesWhenThereIsSpace() throws Exception {
    try (var server = DovecotServer.start("MAIL=mdbox"); var client = new Client(disk.resolve("home"))) {
      server.fill("user1", "INBOX", MESSAGES, 20_000);
      client.store.open();
      var account = client.add(Protocol.IMAP, server.imap(Security.NONE, "user1"));

      assertThrows(StoreException.DiskFull.class, () -> client.synchronise(account, SyncRequest.Bodies.ALL));
      assertTrue(client.rows(account, "INBOX").stream().anyMatch(row -> row.body() == BodyState.WHOLE));
      assertTrue(run("mount", "-o", "remount,size=200m", disk.toString()));
      client.synchronise(account, SyncRequest.Bodies.ALL);

      assertEquals(MESSAGES, client.rows(account, "INBOX").stream().filter(row -> row.body() == BodyState.WHOLE).count());
      assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
      assertEquals(MESSAGES, onServer(server));
    }
  }

  @Test
  void nothingOfAMaildropIsDeletedForWhichThereWasNoSpace() throws Exception {
    try (var server = DovecotServer.start("MAIL=mdbox"); var client = new Client(disk.resolve("home"))) {
      server.fill("user1", "INBOX", MESSAGES, 20_000);
      client.store.open();
      var account = client.add(Protocol.POP3, server.pop3(Security.NONE, "user1"));
      client.service.update(account.withOptions(account.options().withMaildrop(MaildropOptions.DEFAULT.withLeaving(Leaving.UNTIL_TAKEN, 1))),
          Optional.empty(), Optional.empty());

      assertThrows(StoreException.DiskFull.class, () -> client.synchronise(account, SyncRequest.Bodies.ALL));
      assertEquals(MESSAGES, onServer(server));
      assertTrue(run("mount", "-o", "remount,size=200m", disk.toString()));
      client.synchronise(account, SyncRequest.Bodies.ALL);

      assertEquals(MESSAGES, client.rows(account, "INBOX").stream().filter(row -> row.body() == BodyState.WHOLE).count());
      assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
      assertEquals(0, onServer(server));
    }
  }

  static int onServer(DovecotServer server) {
    return (int) server.doveadm("search", "-u", "user1", "mailbox", "INBOX", "all").lines().filter(line -> !line.isBlank()).count();
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }
}
