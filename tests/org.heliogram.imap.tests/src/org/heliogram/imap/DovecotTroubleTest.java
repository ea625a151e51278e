/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.FaultProxy.Fault;
import org.heliogram.testing.server.FaultProxy.Kind;
import org.heliogram.testing.server.FaultProxy.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server and a network, or a server, that fails. */
@Tag("server")
@Timeout(240)
class DovecotTroubleTest {
  private static final RemoteFolder INBOX = ScriptedImap.INBOX;
  private static DovecotServer server;

  @BeforeAll
  static void startServer() {
    server = DovecotServer.start("MAIL=mdbox");
    server.fill("user1", "INBOX", 1_000, 200);
    server.fill("user2", "INBOX", 5, 2_000);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static Backend open(int port, String user) throws MailException {
    return new ImapBackendFactory(ScriptedImap.SHORT).open(
        Basket.account(new Endpoint("localhost", port, Security.NONE, user), AccountOptions.DEFAULT), new Credentials("pass" + user.charAt(4)), monitor());
  }

  private static List<RemoteId> ids(News news) {
    return news.states().stream().map(RemoteState::id).toList();
  }

  /** Signs in and reads everything. */
  private static Basket readAll(int port, String user) throws Exception {
    Basket basket = new Basket();
    try (Backend backend = open(port, user)) {
      backend.folders(monitor());
      News news = backend.news(INBOX, Known.NOTHING, monitor());
      backend.fetch(INBOX, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());
      backend.fetch(INBOX, news.cursor(), ids(news), Depth.WHOLE, basket, monitor());
    }
    return basket;
  }

  @Test
  void aThousandHeadersAreNotAThousandRoundTrips() throws Exception {
    try (var proxy = new FaultProxy(server.imapPort()); Backend backend = open(proxy.port(), "user1")) {
      News news = backend.news(INBOX, Known.NOTHING, monitor());
      proxy.set(FaultProxy.fault(Kind.DELAY, Way.TO_CLIENT, 40));
      Basket basket = new Basket();

      int before = commands(proxy);
      backend.fetch(INBOX, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());
      int headers = commands(proxy) - before;
      long start = System.nanoTime();
      backend.fetch(INBOX, news.cursor(), ids(news).subList(0, 200), Depth.WHOLE, basket, monitor());
      long bodies = System.nanoTime() - start;

      assertEquals(1_000, basket.envelopes.size());
      assertEquals(200, basket.bodies.size());
      assertTrue(headers <= 10, () -> headers + " commands for 1,000 headers");
      assertTrue(bodies < 200 * 40_000_000L / 2, () -> "200 bodies took " + bodies / 1_000_000 + " ms: one trip each");
    }
  }

  private static int commands(FaultProxy proxy) {
    return (int) proxy.sent().lines().filter(line -> line.contains(" UID FETCH ")).count();
  }

  @Test
  void whereverTheConnectionIsCutItEndsInTimeAndNothingFalseComes() throws Exception {
    long total;
    Basket truth;
    try (var proxy = new FaultProxy(server.imapPort())) {
      truth = readAll(proxy.port(), "user2");
      total = proxy.octetsToClient();
    }
    long seed = Long.getLong("heliogram.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int run = 0; run < 60; run++) {
      long at = run < 20 ? run * 3L : (long) (random.nextDouble() * total);
      Kind kind = run % 2 == 0 ? Kind.CUT : Kind.RESET;
      cut(truth, FaultProxy.fault(kind, Way.TO_CLIENT, at), seed);
    }
  }

  private static void cut(Basket truth, Fault fault, long seed) throws Exception {
    try (var proxy = new FaultProxy(server.imapPort())) {
      proxy.set(fault);
      Basket basket = new Basket();
      try (Backend backend = open(proxy.port(), "user2")) {
        backend.folders(monitor());
        News news = backend.news(INBOX, Known.NOTHING, monitor());
        backend.fetch(INBOX, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());
        backend.fetch(INBOX, news.cursor(), ids(news), Depth.WHOLE, basket, monitor());
      } catch (MailException e) {
        assertTrue(e instanceof Unreachable, () -> fault + ": " + e + ", seed " + seed);
      }
      basket.bodies.forEach((id, body) -> assertArrayEquals(truth.bodies.get(id), body, () -> fault + ", seed " + seed));
      assertEquals(List.of(), basket.gone);
    }
  }

  @Test
  void aServerThatHangsIsGivenUpAndTheNextConnectionWorks() throws Exception {
    try (var proxy = new FaultProxy(server.imapPort())) {
      proxy.set(FaultProxy.on(Way.TO_SERVER, "UID FETCH", FaultProxy.fault(Kind.HANG, Way.TO_CLIENT, 300)));
      var thrown = assertThrows(Unreachable.class, () -> readAll(proxy.port(), "user2"));
      assertEquals(Reason.TIMED_OUT, thrown.reason());
      proxy.set();
      assertEquals(5, readAll(proxy.port(), "user2").bodies.size());
    }
  }

  @Test
  void octetByOctetIsSlowButRight() throws Exception {
    try (var proxy = new FaultProxy(server.imapPort())) {
      proxy.set(FaultProxy.fault(Kind.TRICKLE, Way.TO_CLIENT, 0));
      assertEquals(5, readAll(proxy.port(), "user2").bodies.size());
    }
  }

  @Test
  void octetsThatAreLostOrDoubledNeverHangAndNeverAccident() throws Exception {
    long seed = Long.getLong("heliogram.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int run = 0; run < 30; run++) {
      Kind kind = new Kind[] {Kind.DROP, Kind.DOUBLE, Kind.GARBLE}[run % 3];
      Fault fault = FaultProxy.fault(kind, Way.TO_CLIENT, 100 + random.nextInt(12_000), 1 + random.nextInt(30));
      try (var proxy = new FaultProxy(server.imapPort())) {
        proxy.set(fault);
        readDamaged(proxy.port(), () -> fault + ", seed " + seed);
      }
    }
  }

  private static void readDamaged(int port, java.util.function.Supplier<String> what) throws Exception {
    try {
      readAll(port, "user2");
    } catch (MailException e) {
      assertFalse(e.getMessage().isEmpty(), what);
    } catch (RuntimeException e) {
      throw new AssertionError(what.get(), e);
    }
  }

  @Test
  void aServerThatIsKilledIsUnreachableUntilItIsBack() throws Exception {
    try (Backend backend = open(server.imapPort(), "user2")) {
      server.kill9();
      assertThrows(Unreachable.class, () -> backend.folders(monitor()));
      assertFalse(backend.alive());
      assertEquals(Reason.REFUSED, assertThrows(Unreachable.class, () -> open(server.imapPort(), "user2")).reason());
    } finally {
      server.crashStart();
    }
    assertEquals(5, readAll(server.imapPort(), "user2").bodies.size());
  }

  @Test
  void aMailboxThatVanishesWhileSelectedIsAnErrorNotAnEmptyFolder() throws Exception {
    RemoteFolder folder = ScriptedImap.folder("Vanishing", org.heliogram.core.model.FolderRole.NONE);
    server.doveadm("mailbox", "create", "-u", "user3", "Vanishing");
    server.deliver("user3", "Vanishing", "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
    try (Backend backend = open(server.imapPort(), "user3")) {
      News news = backend.news(folder, Known.NOTHING, monitor());
      server.doveadm("mailbox", "delete", "-u", "user3", "Vanishing");

      Basket basket = new Basket();
      try {
        backend.fetch(folder, news.cursor(), ids(news), Depth.WHOLE, basket, monitor());
      } catch (MailException e) {
        assertTrue(e instanceof Unreachable || e instanceof MailException.Refused || e instanceof MailException.Malformed, e.toString());
      }
      assertTrue(basket.bodies.size() + basket.gone.size() <= 1);
    }
    try (Backend backend = open(server.imapPort(), "user3")) {
      assertThrows(MailException.Refused.class, () -> backend.news(folder, Known.NOTHING, monitor()));
    }
  }

  @Test
  void aPoorServerMovesWithoutExpunging(@TempDir Path folder) throws Exception {
    Path poor = Files.writeString(folder.resolve("poor.conf"), "protocol imap {\n  imap_capability = IMAP4rev1\n}\n");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    try (DovecotServer other = DovecotServer.start("EXTRA=" + poor)) {
      other.fill("user1", "INBOX", 3, 200);
      try (Backend backend = open(other.imapPort(), "user1")) {
        assertFalse(backend.features().contains(Feature.RECEIPTS));
        RemoteFolder trash = backend.folders(monitor()).stream().filter(f -> f.name().equals("Trash")).findFirst().orElseThrow();
        News news = backend.news(INBOX, Known.NOTHING, monitor());

        backend.perform(new RemoteOperation.Move(INBOX, news.cursor(), ids(news).subList(0, 2), trash), monitor());
        backend.perform(new RemoteOperation.Move(INBOX, news.cursor(), ids(news).subList(0, 1), trash), monitor());

        assertEquals(ids(news).subList(2, 3), ids(backend.news(INBOX, Known.NOTHING, monitor())));
        assertEquals(2, backend.news(trash, Known.NOTHING, monitor()).states().size());
      }
      assertEquals("3", other.doveadm("-f", "flow", "mailbox", "status", "-u", "user1", "messages", "INBOX").replaceAll("(?s).*messages=(\\d+).*", "$1"));
    }
  }
}
