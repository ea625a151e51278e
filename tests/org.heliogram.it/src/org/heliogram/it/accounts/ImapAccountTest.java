/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapAccountTest {
  @TempDir
  Path work;
  private DovecotServer server;
  private Client client;
  private Account account;

  @BeforeEach
  void start() throws Exception {
    server = DovecotServer.start();
    for (String subject : List.of("first", "second", "third")) {
      deliver(subject);
    }
    client = new Client(work.resolve("home"));
    client.store.open();
    account = client.add(Protocol.IMAP, server.imap(Security.STARTTLS, "user1"));
    synchronise();
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

  private void deliver(String subject) {
    server.deliver("user1", "INBOX", ("From: Ada <ada@example.org>\r\nTo: user1@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
        + "@example.org>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nText of " + subject + ".\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void synchronise() throws Exception {
    client.synchronise(account, SyncRequest.Bodies.POLICY);
  }

  private MessageSummary row(String folder, String subject) throws Exception {
    return client.rows(account, folder).stream().filter(row -> row.subject().equals(subject)).findFirst()
        .orElseThrow(() -> new AssertionError("no message " + subject + " in " + folder));
  }

  private List<MessageKey> key(String subject) throws Exception {
    return List.of(row("INBOX", subject).key());
  }

  private String onServer(String folder, String subject, String what) {
    return server.doveadm("fetch", "-u", "user1", what, "mailbox", folder, "subject", subject);
  }

  @Test
  void messagesAreListedAndRead() throws Exception {
    byte[] body = client.service.body(row("INBOX", "second").key()).toCompletableFuture().get(20, TimeUnit.SECONDS).bytes(10_000);

    assertEquals(3, client.rows(account, "INBOX").size());
    assertTrue(new String(body, StandardCharsets.US_ASCII).endsWith("\r\n\r\nText of second.\r\n"));
    assertEquals(FolderRole.INBOX, client.folder(account, "INBOX").role());
  }

  @Test
  void flagsGoBothWays() throws Exception {
    client.service.perform(new Operation.ChangeFlags(account.id(), key("first"), FlagChange.set(Flag.SEEN, Flag.FLAGGED)));
    server.doveadm("flags", "add", "-u", "user1", "\\Answered", "mailbox", "INBOX", "subject", "third");

    synchronise();

    String flags = onServer("INBOX", "first", "flags");
    assertTrue(flags.contains("\\Seen") && flags.contains("\\Flagged"), flags);
    assertTrue(row("INBOX", "third").flags().has(Flag.ANSWERED));
    assertEquals(2, client.folder(account, "INBOX").unread());
  }

  @Test
  void aMoveReachesTheServerAndKeepsTheKey() throws Exception {
    server.doveadm("mailbox", "create", "-u", "user1", "Work");
    synchronise();
    List<MessageKey> moved = key("second");

    client.service.perform(new Operation.Move(account.id(), moved, client.folder(account, "Work").key()));
    synchronise();

    assertEquals(moved.get(0), row("Work", "second").key());
    assertTrue(onServer("Work", "second", "hdr.message-id").contains("<second@example.org>"));
    assertEquals("", onServer("INBOX", "second", "hdr.message-id").strip());
  }

  @Test
  void deletedForGoodIsGoneAndOnlyThat() throws Exception {
    server.doveadm("flags", "add", "-u", "user1", "\\Deleted", "mailbox", "INBOX", "subject", "first");

    client.service.perform(new Operation.Delete(account.id(), key("second")));
    synchronise();

    assertEquals("", onServer("INBOX", "second", "hdr.message-id").strip());
    assertTrue(onServer("INBOX", "first", "hdr.message-id").contains("<first@example.org>"), "another client's deletion was carried out");
  }

  @Test
  void whatAnotherClientDoesIsSeen() throws Exception {
    server.doveadm("expunge", "-u", "user1", "mailbox", "INBOX", "subject", "first");
    deliver("fourth");

    synchronise();

    assertEquals(List.of("fourth", "second", "third"), client.rows(account, "INBOX").stream().map(MessageSummary::subject).sorted().toList());
  }

  @Test
  void aRenumberedFolderKeepsKeysAndQueuedChanges() throws Exception {
    List<MessageKey> first = key("first");
    client.service.perform(new Operation.ChangeFlags(account.id(), first, FlagChange.set(Flag.SEEN)));

    server.uidValidity("user1", "INBOX", 4_000_000_000L);
    synchronise();
    synchronise();

    assertEquals(first.get(0), row("INBOX", "first").key());
    assertEquals(3, client.rows(account, "INBOX").size());
    assertTrue(onServer("INBOX", "first", "flags").contains("\\Seen"));
  }

  @Test
  void trap01ARenumberedFolderKeepsItsBodiesWithoutFetchingThemAgain() throws Exception {
    client.synchronise(account, SyncRequest.Bodies.ALL);
    List<MessageKey> keys = client.rows(account, "INBOX").stream().map(MessageSummary::key).toList();

    server.uidValidity("user1", "INBOX", 4_000_000_000L);
    int fetched = client.synchronise(account, SyncRequest.Bodies.ALL).bodies() + client.synchronise(account, SyncRequest.Bodies.ALL).bodies();

    assertEquals(0, fetched);
    assertEquals(keys, client.rows(account, "INBOX").stream().map(MessageSummary::key).toList());
    for (MessageKey key : keys) {
      assertEquals(BodyState.WHOLE, client.store.read(s -> s.body(key)).orElseThrow().state());
    }
    assertTrue(client.store.read(s -> s.cursor(client.folder(account, "INBOX").key())).orElseThrow().value().startsWith("4000000000/"));
  }

  @Test
  void aServerThatDiesInBetweenCostsNothing() throws Exception {
    client.service.perform(new Operation.ChangeFlags(account.id(), key("first"), FlagChange.set(Flag.SEEN)));

    server.kill9();
    assertThrows(MailException.Unreachable.class, this::synchronise);
    server.crashStart();
    synchronise();

    assertTrue(onServer("INBOX", "first", "flags").contains("\\Seen"));
    assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
  }
}
