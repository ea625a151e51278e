/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.Activity.Push;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.FaultProxy.Kind;
import org.heliogram.testing.server.FaultProxy.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells by itself is here soon: the whole service on a real server. Nothing is fetched by the clock meanwhile. */
@Timeout(180)
class PushTest {
  // Long for a server that is well, short for one that hangs: then a worker or a watch waits for it as long.
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  @TempDir
  Path work;
  private DovecotServer server;
  private FaultProxy proxy;
  private Client client;
  private Account account;

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

  private void start(Push expected, String... settings) throws Exception {
    server = DovecotServer.start(settings);
    server.doveadm("mailbox", "create", "-u", "user1", "Work");
    deliver("INBOX", "first");
    proxy = new FaultProxy(server.imapPort());
    client = new Client(work.resolve("home"));
    client.patience(PATIENCE, PATIENCE, PATIENCE);
    client.store.open();
    account = client.add(Protocol.IMAP, new Endpoint("localhost", proxy.port(), Security.NONE, "user1"));
    client.service.start();
    stands(expected);
    waitFor(() -> assertEquals(Set.of("first"), subjects("INBOX")));
    waitFor(() -> assertEquals(Phase.IDLE, client.service.activity(account.id()).phase()));
  }

  private void stands(Push expected) throws Exception {
    waitFor(() -> assertEquals(expected, client.service.activity(account.id()).push()));
  }

  private void startWithoutNotify() throws Exception {
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path extra = Files.writeString(work.resolve("extra.conf"),
        "imap_capability = IMAP4rev1 SASL-IR IDLE UIDPLUS MOVE ENABLE CONDSTORE QRESYNC ESEARCH\n");
    start(Push.SOME_FOLDERS, "EXTRA=" + extra);
  }

  private void deliver(String folder, String subject) {
    server.deliver("user1", folder, ("From: Ada <ada@example.org>\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
        + "@example.org>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nText of " + subject + ".\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private Set<String> subjects(String folder) throws Exception {
    return client.rows(account, folder).stream().map(MessageSummary::subject).collect(Collectors.toSet());
  }

  private MessageSummary row(String folder, String subject) throws Exception {
    return client.rows(account, folder).stream().filter(row -> row.subject().equals(subject)).findFirst()
        .orElseThrow(() -> new AssertionError("no message " + subject + " in " + folder));
  }

  /** Connections of user1, as the server counts them. */
  private long connections() {
    return server.doveadm("who", "-1").lines().filter(line -> line.startsWith("user1") && line.contains("imap")).count();
  }

  @Test
  void whatAnotherDeviceDoesInAnyFolderIsSeenHere() throws Exception {
    start(Push.ALL_FOLDERS);

    deliver("INBOX", "second");
    waitFor(() -> assertEquals(Set.of("first", "second"), subjects("INBOX")));
    deliver("Work", "third");
    waitFor(() -> assertEquals(Set.of("third"), subjects("Work")));
    server.doveadm("flags", "add", "-u", "user1", "\\Flagged", "mailbox", "Work", "all");
    waitFor(() -> assertTrue(row("Work", "third").flags().has(Flag.FLAGGED)));
    server.doveadm("flags", "add", "-u", "user1", "\\Seen", "mailbox", "INBOX", "subject", "first");
    waitFor(() -> assertFalse(row("INBOX", "first").unread()));
    server.doveadm("expunge", "-u", "user1", "mailbox", "INBOX", "subject", "first");
    waitFor(() -> assertEquals(Set.of("second"), subjects("INBOX")));
    server.doveadm("mailbox", "create", "-u", "user1", "New");
    waitFor(() -> client.folder(account, "New"));
    // Not a rename: Dovecot 2.3 may find its list index broken just then, and say nothing of it nor of what follows for a while.

    assertEquals(2, connections()); // one that works, one that waits
  }

  @Test
  void whatIsDoneHereIsNotUndoneByItsEcho() throws Exception {
    start(Push.ALL_FOLDERS);

    client.service.perform(new Operation.ChangeFlags(account.id(), List.of(row("INBOX", "first").key()), FlagChange.set(Flag.SEEN, Flag.FLAGGED)));
    waitFor(() -> assertTrue(server.doveadm("fetch", "-u", "user1", "flags", "mailbox", "INBOX", "all").contains("\\Flagged")));
    deliver("INBOX", "second");
    waitFor(() -> assertEquals(Set.of("first", "second"), subjects("INBOX")));

    assertFalse(row("INBOX", "first").unread());
    assertTrue(row("INBOX", "first").flags().has(Flag.FLAGGED));
  }

  @Test
  void withoutNotifyTheInboxIsWatched() throws Exception {
    startWithoutNotify();

    deliver("INBOX", "second");

    waitFor(() -> assertEquals(Set.of("first", "second"), subjects("INBOX")));
    assertEquals(2, connections());
  }

  @Test
  void aCutAndAnOutageAreOverSoonAfterTheNetworkIsBack() throws Exception {
    start(Push.ALL_FOLDERS);
    proxy.set(FaultProxy.fault(Kind.REFUSE, Way.TO_SERVER, 0));
    proxy.cutAll();
    stands(Push.CONNECTING);
    deliver("INBOX", "meanwhile");

    proxy.set();

    waitFor(() -> assertEquals(Set.of("first", "meanwhile"), subjects("INBOX")));
    stands(Push.ALL_FOLDERS);
    waitFor(() -> assertTrue(client.service.activity(account.id()).trouble().isEmpty()));
  }

  @Test
  void aWatchThatDiedSilentlyIsReplacedWhenTheUserAsks() throws Exception {
    start(Push.ALL_FOLDERS);
    long before = proxy.connections();
    proxy.set(FaultProxy.fault(Kind.HANG, Way.TO_CLIENT, 0));
    deliver("INBOX", "swallowed");
    waitFor(() -> assertTrue(proxy.fired() > 0));
    proxy.set();

    client.service.refresh(account.id());

    waitFor(() -> assertEquals(Set.of("first", "swallowed"), subjects("INBOX")));
    waitFor(() -> assertTrue(proxy.connections() > before));
    stands(Push.ALL_FOLDERS);
    deliver("INBOX", "told of");
    waitFor(() -> assertEquals(Set.of("first", "swallowed", "told of"), subjects("INBOX")));
  }

  @Test
  void aServerThatDiesIsWatchedAgainWhenItIsBack() throws Exception {
    start(Push.ALL_FOLDERS);
    server.kill9();
    stands(Push.CONNECTING);

    server.crashStart();
    deliver("INBOX", "after");

    waitFor(() -> assertEquals(Set.of("first", "after"), subjects("INBOX")));
    stands(Push.ALL_FOLDERS);
  }

  @Test
  void nothingIsLeftWhenTheServiceEnds() throws Exception {
    start(Push.ALL_FOLDERS);

    client.close();
    client = null;

    waitFor(() -> assertEquals(0, connections()));
    assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(n -> n.startsWith("heliogram-watch-" + account.id()))
        .toList());
  }
}
