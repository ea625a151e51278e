/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.FolderWatch.Wake;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.FaultProxy.Kind;
import org.heliogram.testing.server.FaultProxy.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DovecotWatchTest {
  private static final WatchTimes QUICK =
      new WatchTimes(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(28), Duration.ofSeconds(2));
  @TempDir
  Path work;
  private DovecotServer server;
  private FolderWatch watch;

  @AfterEach
  void end() {
    if (watch != null) {
      watch.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private void watch(Endpoint endpoint) throws MailException {
    var factory = new ImapFolderWatchFactory(Timeouts.DEFAULT, QUICK, Clock.systemUTC());
    watch = factory.open(Basket.account(endpoint, AccountOptions.DEFAULT), new Credentials("pass1"), List.of(ScriptedImap.INBOX),
        new NullProgressMonitor()).orElseThrow();
  }

  private void withoutNotify() throws Exception {
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path extra = Files.writeString(work.resolve("extra.conf"),
        "imap_capability = IMAP4rev1 SASL-IR IDLE UIDPLUS MOVE\nimap_idle_notify_interval = 1s\n");
    server = DovecotServer.start("EXTRA=" + extra);
    watch(server.imap(Security.TLS, "user1"));
  }

  private void deliver(String folder) {
    server.deliver("user1", folder, "Subject: x\r\n\r\nText.\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Waits for a wake of that kind; others may come before it. */
  private void awaitWake(Predicate<Wake> wanted) throws MailException {
    while (!wanted.test(watch.await())) {
      // Dovecot says more than once what it has said.
    }
  }

  private static Predicate<Wake> of(String folder) {
    return wake -> wake.folders().contains(folder);
  }

  @Test
  void notifyTellsOfEveryFolderAndOfFolders() throws Exception {
    server = DovecotServer.start();
    server.doveadm("mailbox", "create", "-u", "user1", "Work");
    watch(server.imap(Security.STARTTLS, "user1"));
    assertTrue(watch.everything());

    deliver("Work");
    awaitWake(of("Work"));
    server.doveadm("flags", "add", "-u", "user1", "\\Flagged", "mailbox", "Work", "all");
    awaitWake(of("Work"));
    server.doveadm("expunge", "-u", "user1", "mailbox", "Work", "all");
    awaitWake(of("Work"));
    deliver("INBOX");
    awaitWake(of("INBOX"));
    server.doveadm("flags", "add", "-u", "user1", "\\Seen", "mailbox", "INBOX", "all");
    awaitWake(of("INBOX"));
    server.doveadm("mailbox", "create", "-u", "user1", "New");
    awaitWake(Wake::everything);
    server.doveadm("mailbox", "rename", "-u", "user1", "New", "Newer");
    awaitWake(Wake::everything);
  }

  @Test
  void idleTellsOfOneFolder() throws Exception {
    withoutNotify();
    assertFalse(watch.everything());

    deliver("INBOX");
    awaitWake(of("INBOX"));
    server.doveadm("flags", "add", "-u", "user1", "\\Seen", "mailbox", "INBOX", "all");
    awaitWake(of("INBOX"));
    server.doveadm("expunge", "-u", "user1", "mailbox", "INBOX", "all");
    awaitWake(of("INBOX"));

    assertEquals(1, server.log().lines().filter(l -> l.contains("imap-login: Info: Login: user=<user1>")).count());
  }

  @Test
  void trap60AServerWhoseHeartbeatStopsIsFoundDead() throws Exception {
    withoutNotify();
    watch.close();
    try (var proxy = new FaultProxy(server.imapPort())) {
      watch(new Endpoint("localhost", proxy.port(), Security.NONE, "user1"));
      var lost = CompletableFuture.supplyAsync(() -> assertThrows(MailException.Unreachable.class, () -> awaitWake(wake -> false)));
      long before = proxy.octetsToClient();
      waitFor(() -> assertTrue(proxy.octetsToClient() >= before + 2 * "* OK Still here\r\n".length()));

      proxy.set(FaultProxy.fault(Kind.HANG, Way.TO_CLIENT, 0), FaultProxy.fault(Kind.HANG, Way.TO_SERVER, 0));

      assertEquals(Reason.TIMED_OUT, lost.get(30, TimeUnit.SECONDS).reason());
    }
  }
}
