/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.Waiting;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.PlayedMaildrop;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking mail from a maildrop and deleting it there, with the real store, over real connections. */
@Timeout(600)
class MaildropTest {
  private static final List<String> IDS = List.of("a", "b", "c");
  @TempDir
  Path work;
  private Client client;
  private final PlayedMaildrop drop = new PlayedMaildrop();
  private final List<String> early = Collections.synchronizedList(new ArrayList<>());
  private ScriptedServer played;
  private int accounts;

  @BeforeEach
  void start() throws Exception {
    client = new Client(work.resolve("home"));
    client.store.open();
    played = ScriptedServer.start(drop);
  }

  @AfterEach
  void end() throws Exception {
    played.close();
    assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
    client.close();
  }

  private Account add(Endpoint endpoint, MaildropOptions options) throws Exception {
    var account = new Account(AccountId.create(), "test" + ++accounts, "", "user1@example.org", Protocol.POP3, endpoint, Optional.empty(),
        AccountOptions.DEFAULT.withMaildrop(options));
    client.service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
    return account;
  }

  private static MaildropOptions leaving(Leaving leaving) {
    return MaildropOptions.DEFAULT.withLeaving(leaving, 14);
  }

  private void refill() {
    drop.mails.clear();
    IDS.forEach(id -> drop.mails.put(id, "Subject: " + id + "\r\nMessage-ID: <" + id + "@x>\r\n\r\nText of " + id + "\r\n"));
  }

  private List<String> subjects(Account account) throws StoreException {
    return client.rows(account, "INBOX").stream().filter(row -> row.body() == BodyState.WHOLE).map(MessageSummary::subject).sorted().toList();
  }

  /** Told by the server when it deletes: by then the message must be durable here. */
  private void mustBeHere(Account account, String id) {
    try {
      if (!subjects(account).contains(id)) {
        early.add(id);
      }
    } catch (StoreException e) {
      early.add(id + ": " + e);
    }
  }

  /** @param sending whether what the server sends is cut, or what it gets */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void trap77And78ASessionMayBreakAtAnyOctet(boolean sending) throws Exception {
    refill();
    Account whole = add(played.endpoint(Security.NONE, "user1"), leaving(Leaving.UNTIL_TAKEN));
    client.synchronise(whole, SyncRequest.Bodies.POLICY);
    Waiting.waitFor(() -> assertTrue(drop.sent > 0, "the session has ended"));
    assertEquals(1, played.connections(), "one session does it");
    assertEquals(0, drop.mails.size());
    long last = sending ? drop.sent : drop.received;

    for (long at = 0; at < last; at++) {
      refill();
      Account account = add(played.endpoint(Security.NONE, "user1"), leaving(Leaving.UNTIL_TAKEN));
      drop.deleting = id -> mustBeHere(account, id);
      drop.cutAfterSending = sending ? at : -1;
      drop.cutAfterReceiving = sending ? -1 : at;
      String when = (sending ? "sent " : "received ") + at;

      cutSession(account);
      List<String> here = client.folderIfAny(account, "INBOX").isPresent() ? subjects(account) : List.of();
      var either = new HashSet<>(here);
      either.addAll(drop.mails.keySet());
      assertEquals(new HashSet<>(IDS), either, when);
      client.synchronise(account, SyncRequest.Bodies.POLICY);

      assertEquals(IDS, subjects(account), when);
      assertEquals(0, drop.mails.size(), when);
      assertEquals(List.of(), early, when);
      client.service.remove(account.id(), new NullProgressMonitor());
    }
  }

  private void cutSession(Account account) throws Exception {
    try {
      client.synchronise(account, SyncRequest.Bodies.POLICY);
    } catch (MailException e) {
      assertFalse(e instanceof MailException.Renumbered, e.toString());
    }
  }

  @Test
  void whatStaysIsNeverDeleted() throws Exception {
    refill();
    Account account = add(played.endpoint(Security.NONE, "user1"), leaving(Leaving.EVERYTHING));
    client.synchronise(account, SyncRequest.Bodies.POLICY);
    client.service.perform(new Operation.Delete(account.id(), client.rows(account, "INBOX").stream().map(MessageSummary::key).toList()));

    client.synchronise(account, SyncRequest.Bodies.POLICY);

    assertEquals(IDS, List.copyOf(drop.mails.keySet()));
    assertFalse(played.received().stream().anyMatch(line -> line.startsWith("DELE")));
  }

  @Test
  void aLargeMessageIsCompletedWhenItIsOpened() throws Exception {
    refill();
    drop.mails.put("big", "Subject: big\r\nMessage-ID: <big@x>\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(100));
    Account account = add(played.endpoint(Security.NONE, "user1"), leaving(Leaving.UNTIL_TAKEN).withHeadersOver(1_000));
    client.synchronise(account, SyncRequest.Bodies.POLICY);
    MessageKey big = client.rows(account, "INBOX").stream().filter(row -> row.subject().equals("big")).findFirst().orElseThrow().key();
    assertEquals(List.of("big"), List.copyOf(drop.mails.keySet()));

    var body = client.service.body(big).toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertEquals(BodyState.WHOLE, body.state());
    assertEquals(drop.mails.get("big").length(), body.sizeInBytes());
    client.synchronise(account, SyncRequest.Bodies.POLICY);
    assertTrue(drop.mails.isEmpty());
  }

  @Test
  void aMessageInASharedInboxIsCompletedFromItsOwnServer() throws Exception {
    refill();
    Account host = add(played.endpoint(Security.NONE, "host"), leaving(Leaving.EVERYTHING));
    client.synchronise(host, SyncRequest.Bodies.POLICY);
    var other = new PlayedMaildrop();
    other.mails.put("big", "Subject: big\r\nMessage-ID: <big@x>\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(100));
    try (var server = ScriptedServer.start(other)) {
      Account guest = add(server.endpoint(Security.NONE, "guest"),
          leaving(Leaving.EVERYTHING).withHeadersOver(1_000).withInboxOf(Optional.of(host.id())));
      client.synchronise(guest, SyncRequest.Bodies.POLICY);
      MessageKey big = client.rows(host, "INBOX").stream().filter(row -> row.subject().equals("big")).findFirst().orElseThrow().key();

      var body = client.service.body(big).toCompletableFuture().get(60, TimeUnit.SECONDS);

      assertEquals(BodyState.WHOLE, body.state());
      assertEquals(guest.id(), client.store.read(r -> r.serverCopy(big)).orElseThrow().maildrop());
    }
  }

  @Test
  void aServerRestartedBetweenFetchAndGoodByeDeletesWithTheNextSession() throws Exception {
    try (var server = DovecotServer.start(); var proxy = new FaultProxy(server.pop3Port())) {
      server.fill("user1", "INBOX", 300, 2_000);
      Account account = add(new Endpoint("localhost", proxy.port(), Security.NONE, "user1"), leaving(Leaving.UNTIL_TAKEN));
      proxy.set(FaultProxy.on(FaultProxy.Way.TO_SERVER, "QUIT", FaultProxy.fault(FaultProxy.Kind.CUT, FaultProxy.Way.TO_SERVER, 0)));

      assertThrows(MailException.Unreachable.class, () -> client.synchronise(account, SyncRequest.Bodies.POLICY));
      server.kill9();
      server.crashStart();
      proxy.set();
      assertEquals(300, client.rows(account, "INBOX").size());
      client.synchronise(account, SyncRequest.Bodies.POLICY);

      assertEquals(300, client.rows(account, "INBOX").size());
      assertEquals(0, DiskFullWhileFetchingTest.onServer(server));
    }
  }

  @Test
  void mailStaysOnARealServerUntilItIsDeletedHere() throws Exception {
    try (var server = DovecotServer.start()) {
      server.fill("user1", "INBOX", 50, 1_000);
      Account account = add(server.pop3(Security.TLS, "user1"), leaving(Leaving.UNTIL_DELETED));
      client.synchronise(account, SyncRequest.Bodies.POLICY);
      assertEquals(50, DiskFullWhileFetchingTest.onServer(server));
      List<MessageKey> some = client.rows(account, "INBOX").stream().limit(7).map(MessageSummary::key).toList();

      client.service.perform(new Operation.Delete(account.id(), some));
      client.synchronise(account, SyncRequest.Bodies.POLICY);

      assertEquals(43, DiskFullWhileFetchingTest.onServer(server));
      assertEquals(43, client.rows(account, "INBOX").size());
    }
  }

  @Test
  void aMaildropThatWasCopiedToAnotherServerIsRecognised() throws Exception {
    try (var old = DovecotServer.start(); var next = DovecotServer.start("MAIL=mdbox")) {
      for (int i = 0; i < 30; i++) {
        byte[] mail = ("From: a@example.org\r\nSubject: n" + i + "\r\nMessage-ID: <" + i + "@x>\r\n\r\nText\r\n").getBytes(StandardCharsets.US_ASCII);
        old.deliver("user1", "INBOX", mail);
        next.deliver("user1", "INBOX", mail);
      }
      next.uidValidity("user1", "INBOX", 4_711);
      Account account = add(old.pop3(Security.NONE, "user1"), leaving(Leaving.EVERYTHING));
      client.synchronise(account, SyncRequest.Bodies.POLICY);

      client.service.update(account.withIncoming(next.pop3(Security.NONE, "user1")), Optional.empty(), Optional.empty());
      var again = client.synchronise(account, SyncRequest.Bodies.POLICY);

      assertEquals(0, again.added());
      assertEquals(30, client.rows(account, "INBOX").size());
    }
  }
}
