/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages move from one real account to another while the connection breaks again and again. */
@Timeout(300)
class TransferTest {
  private static final int MESSAGES = 500;
  private static final int CUT_AT = 250_000;
  private static final int RUNS = 40;
  @TempDir
  Path work;
  private DovecotServer server;
  private FaultProxy proxy;
  private Client client;
  private Account target;

  @BeforeEach
  void start() throws Exception {
    server = DovecotServer.start();
    server.addUser("second", "pass1");
    server.fill("user1", "INBOX", MESSAGES, 2_000);
    proxy = new FaultProxy(server.imapPort());
    client = new Client(work.resolve("home"));
    client.store.open();
    target = add("target", Protocol.IMAP, new Endpoint("localhost", proxy.port(), Security.NONE, "second"));
    client.synchronise(target, SyncRequest.Bodies.NONE);
  }

  @AfterEach
  void end() throws Exception {
    if (client != null) {
      client.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private Account add(String label, Protocol protocol, Endpoint endpoint) throws Exception {
    var account = new Account(AccountId.create(), label, "User", "user@example.org", protocol, endpoint, Optional.empty(), AccountOptions.DEFAULT);
    client.service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
    return account;
  }

  /** What a server has in a folder, told by itself: times of receipt, flags and all octets, by Message-ID and how often it is there. */
  private Map<String, String> there(String user, String folder, String... what) {
    String told = server.doveadm("fetch", "-u", user, "hdr.message-id " + String.join(" ", what) + " text", "mailbox", folder, "all");
    Map<String, String> all = new TreeMap<>();
    for (String one : told.split("\f")) {
      String said = one.strip().lines().map(line -> line.startsWith("flags: ") ? flags(line) : line).collect(Collectors.joining("\n"));
      if (!said.isEmpty()) {
        String id = said.lines().findFirst().orElseThrow();
        all.merge(id, said, (a, b) -> "twice: " + id);
      }
    }
    return all;
  }

  /** Dovecot itself adds what it saw, and whether somebody saw it before. */
  private static String flags(String line) {
    return Arrays.stream(line.substring("flags: ".length()).split(" ")).filter(flag -> !flag.equals("\\Recent") && !flag.startsWith("$Has")).sorted()
        .collect(Collectors.joining(" ", "flags: ", ""));
  }

  private void moveAll(Account source) throws Exception {
    List<MessageKey> keys = client.rows(source, "INBOX").stream().map(MessageSummary::key).toList();
    assertEquals(MESSAGES, keys.size());
    client.service.perform(new Operation.Transfer(target.id(), keys, client.folder(target, "Archive").key(), true));
    assertEquals(List.of(), client.rows(source, "INBOX"));
    assertEquals(MESSAGES, client.rows(target, "Archive").size());
  }

  /** @return how often it took */
  private int synchroniseUntilDone(Account source) throws Exception {
    for (int run = 1; run <= RUNS; run++) {
      for (Account account : List.of(source, target)) {
        try {
          client.synchronise(account, SyncRequest.Bodies.NONE);
        } catch (MailException.Unreachable e) {
          assertTrue(proxy.fired() > 0, () -> "not the proxy's doing: " + e);
        }
      }
      int waiting = client.store.read(r -> r.queue(target.id())).size() + client.store.read(r -> r.queue(source.id())).size();
      if (waiting == 0) {
        return run;
      }
    }
    throw new AssertionError("not done: " + client.store.read(r -> r.queue(target.id())));
  }

  private void requireWellInTheEnd(Account source) throws Exception {
    proxy.set();
    client.synchronise(target, SyncRequest.Bodies.NONE);
    client.synchronise(source, SyncRequest.Bodies.NONE);
    assertEquals(MESSAGES, client.rows(target, "Archive").size());
    assertEquals(List.of(), client.rows(source, "INBOX"));
    assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
  }

  @Test
  void trap43FiveHundredMessagesMoveToAnotherServerExactlyOnceHoweverOftenTheConnectionBreaks() throws Exception {
    server.doveadm("flags", "add", "-u", "user1", "\\Seen $Forwarded holiday", "mailbox", "INBOX", "uid", "1:200");
    server.doveadm("flags", "add", "-u", "user1", "\\Flagged", "mailbox", "INBOX", "uid", "100:300");
    Map<String, String> before = there("user1", "INBOX", "date.received", "flags");
    assertEquals(MESSAGES, before.size());
    Account source = add("source", Protocol.IMAP, server.imap(Security.STARTTLS, "user1"));
    client.synchronise(source, SyncRequest.Bodies.NONE);
    moveAll(source);
    proxy.set(FaultProxy.fault(FaultProxy.Kind.CUT, FaultProxy.Way.TO_SERVER, CUT_AT));

    synchroniseUntilDone(source);

    assertTrue(proxy.fired() > 1, () -> "only " + proxy.fired() + " breaks");
    requireWellInTheEnd(source);
    assertEquals(before, there("second", "Archive", "date.received", "flags"));
    assertEquals(Map.of(), there("user1", "INBOX"));
  }

  @Test
  void fromAMaildropToAServerTheyMoveInOneRun() throws Exception {
    Map<String, String> before = there("user1", "INBOX");
    Account source = add("source", Protocol.POP3, server.pop3(Security.STARTTLS, "user1"));
    client.synchronise(source, SyncRequest.Bodies.POLICY);
    moveAll(source);

    int runs = synchroniseUntilDone(source);

    assertEquals(1, runs);
    requireWellInTheEnd(source);
    assertEquals(before, there("second", "Archive"));
  }

  @Test
  void oneRunOfBothAccountsIsEnoughForATransferAndTheNextOneClearsUp() throws Exception {
    Account source = add("source", Protocol.IMAP, server.imap(Security.STARTTLS, "user1"));
    client.synchronise(source, SyncRequest.Bodies.NONE);
    moveAll(source);

    int runs = synchroniseUntilDone(source);

    assertTrue(runs <= 2, () -> runs + " runs");
    requireWellInTheEnd(source);
    assertEquals(MESSAGES, there("second", "Archive").size());
    String plain = server.doveadm("mailbox", "status", "-u", "user1", "messages", "INBOX");
    assertTrue(plain.contains("messages=0"), plain);
  }
}
