/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pop3AccountTest {
  private static final int MESSAGES = 60;
  @TempDir
  Path work;
  private DovecotServer server;
  private Client client;
  private Account account;

  @BeforeEach
  void start() throws Exception {
    server = DovecotServer.start();
    server.fill("user1", "INBOX", MESSAGES, 2_000);
    client = new Client(work.resolve("home"));
    client.store.open();
    account = client.add(Protocol.POP3, server.pop3(Security.STARTTLS, "user1"));
    client.synchronise(account, SyncRequest.Bodies.POLICY);
  }

  @AfterEach
  void end() throws Exception {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everythingIsHereAndStaysOnTheServer() throws Exception {
    assertEquals(MESSAGES, client.rows(account, "INBOX").stream().filter(row -> row.body() == BodyState.WHOLE).count());
    assertEquals(MESSAGES, DiskFullWhileFetchingTest.onServer(server));
    assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
  }

  @Test
  void fetchingAgainDoublesNothing() throws Exception {
    var again = client.synchronise(account, SyncRequest.Bodies.POLICY);

    assertEquals(0, again.added());
    assertEquals(MESSAGES, client.rows(account, "INBOX").size());
  }

  @Test
  void whatIsDeletedHereDoesNotComeBack() throws Exception {
    List<MessageKey> some = client.rows(account, "INBOX").stream().limit(5).map(row -> row.key()).toList();

    client.service.perform(new Operation.Delete(account.id(), some));
    client.synchronise(account, SyncRequest.Bodies.POLICY);

    assertEquals(MESSAGES - 5, client.rows(account, "INBOX").size());
    assertEquals(MESSAGES, DiskFullWhileFetchingTest.onServer(server));
  }

  @Test
  void whatVanishesOnTheServerStaysHere() throws Exception {
    server.doveadm("expunge", "-u", "user1", "mailbox", "INBOX", "all");

    client.synchronise(account, SyncRequest.Bodies.POLICY);

    assertEquals(MESSAGES, client.rows(account, "INBOX").size());
  }

  @Test
  void readStateAndFoldersLiveHere() throws Exception {
    var row = client.rows(account, "INBOX").get(0);
    var trash = client.store.read(s -> s.folders(account.id())).stream().filter(f -> f.role() == FolderRole.TRASH).findFirst().orElseThrow();

    client.service.perform(new Operation.ChangeFlags(account.id(), List.of(row.key()), FlagChange.set(Flag.SEEN)));
    client.service.perform(new Operation.Move(account.id(), List.of(row.key()), trash.key()));
    client.synchronise(account, SyncRequest.Bodies.POLICY);

    var moved = client.rows(account, trash.path().text());
    assertEquals(1, moved.size());
    assertTrue(moved.get(0).flags().has(Flag.SEEN));
    assertEquals(List.of(), client.store.read(s -> s.queue(account.id())));
  }
}
