/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deltas with a real server, which says it can do more or less. */
class DovecotDeltaTest {
  /** What the server says it can do. */
  enum Offer {
    QRESYNC("IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS MOVE ESEARCH CONDSTORE QRESYNC LIST-EXTENDED LIST-STATUS SPECIAL-USE"),
    CONDSTORE("IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS MOVE ESEARCH CONDSTORE LIST-EXTENDED LIST-STATUS SPECIAL-USE"),
    CONDSTORE_OLD("IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS CONDSTORE"), PLAIN("IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS");

    private final String capabilities;
    private DovecotServer server;

    Offer(String capabilities) {
      this.capabilities = capabilities;
    }

    DovecotServer server() throws IOException {
      if (server == null) {
        Path extra = Files.createTempFile("heliogram", ".conf");
        Files.writeString(extra, "protocol imap {\n  imap_capability = " + capabilities + "\n}\n");
        Files.setPosixFilePermissions(extra, PosixFilePermissions.fromString("rw-r--r--"));
        extra.toFile().deleteOnExit();
        server = DovecotServer.start("EXTRA=" + extra);
      }
      return server;
    }
  }

  private static final RemoteFolder INBOX = ScriptedImap.folder("INBOX", FolderRole.INBOX);
  private static final RemoteFolder OTHER = ScriptedImap.folder("Other", FolderRole.NONE);
  private static int users;

  @AfterAll
  static void stopServers() {
    for (Offer offer : Offer.values()) {
      if (offer.server != null) {
        offer.server.close();
      }
    }
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static String user(DovecotServer server, int messages) {
    String user = "d" + ++users;
    server.addUser(user, "secret");
    if (messages > 0) {
      server.fill(user, "INBOX", messages, 500);
    }
    server.doveadm("mailbox", "create", "-u", user, "Other");
    return user;
  }

  private static Backend open(DovecotServer server, String user) throws Exception {
    return new ImapBackendFactory().open(Basket.account(server.imap(Security.NONE, user), AccountOptions.DEFAULT), new Credentials("secret"), monitor());
  }

  private static void mark(Backend backend, SyncCursor cursor, FlagChange change, List<RemoteId> ids) throws Exception {
    backend.perform(new RemoteOperation.Store(INBOX, cursor, ids, change), monitor());
  }

  private static void expunge(Backend backend, SyncCursor cursor, List<RemoteId> ids) throws Exception {
    backend.perform(new RemoteOperation.Expunge(INBOX, cursor, ids), monitor());
  }

  private static Map<RemoteId, Flags> truth(DovecotServer server, String user) throws Exception {
    try (Backend fresh = open(server, user)) {
      var all = new TreeMap<RemoteId, Flags>((a, b) -> Long.compare(Long.parseLong(a.value()), Long.parseLong(b.value())));
      for (RemoteState state : fresh.news(INBOX, Known.NOTHING, monitor()).states()) {
        all.put(state.id(), state.flags().orElseThrow());
      }
      return all;
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesOfAnotherDeviceAreTakenOver(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    String user = user(server, 100);
    Replica here = new Replica(INBOX);
    try (Backend backend = open(server, user); Backend device = open(server, user)) {
      News first = here.update(backend);
      List<RemoteId> ids = List.copyOf(here.messages().keySet());

      News none = here.update(backend);
      mark(device, first.cursor(), FlagChange.set(Flag.FLAGGED), ids.subList(0, 10));
      expunge(device, first.cursor(), ids.subList(20, 25));
      server.deliver(user, "INBOX", "Subject: new\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8));
      News some = here.update(backend);
      int loads = here.loads();
      News again = here.update(backend);

      assertTrue(first.complete() && first.begun().isPresent());
      assertEquals(truth(server, user), here.messages());
      assertEquals(96, here.messages().size());
      boolean deltas = offer != Offer.PLAIN;
      assertEquals(deltas, !none.complete() && none.states().isEmpty());
      assertEquals(deltas, !some.complete() && some.states().size() == 11 && some.vanished().size() == 5);
      assertEquals(deltas, !again.complete());
      assertTrue(some.settled() && again.settled());
      assertEquals(offer == Offer.QRESYNC, loads == 1, "loads of all ids: " + loads);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHappenedWhileAwayIsTakenOver(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    String user = user(server, 50);
    Replica here = new Replica(INBOX);
    News first;
    try (Backend backend = open(server, user)) {
      first = here.update(backend);
    }
    List<RemoteId> ids = List.copyOf(here.messages().keySet());
    try (Backend device = open(server, user)) {
      mark(device, first.cursor(), FlagChange.set(Flag.SEEN), ids.subList(0, 3));
      expunge(device, first.cursor(), ids.subList(2, 5));
      server.deliver(user, "INBOX", "Subject: new\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8));
    }
    try (Backend backend = open(server, user)) {
      News some = here.update(backend);

      assertEquals(truth(server, user), here.messages());
      assertEquals(offer != Offer.PLAIN, !some.complete());
      assertEquals(48, here.messages().size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomChangesOfTwoDevicesAreFollowed(Offer offer) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    DovecotServer server = offer.server();
    String user = user(server, 40);
    Replica here = new Replica(INBOX);
    Backend backend = open(server, user);
    try (Backend device = open(server, user)) {
      for (int round = 0; round < 40; round++) {
        News news = here.update(backend);
        List<RemoteId> ids = List.copyOf(here.messages().keySet());
        Backend who = random.nextBoolean() ? device : backend;
        switch (random.nextInt(5)) {
          case 0 -> mark(who, news.cursor(), random.nextBoolean() ? FlagChange.set(Flag.SEEN) : FlagChange.clear(Flag.SEEN), some(random, ids));
          case 1 -> expunge(who, news.cursor(), some(random, ids).stream().limit(3).toList());
          case 2 -> who.perform(new RemoteOperation.Copy(INBOX, news.cursor(), some(random, ids), INBOX), monitor());
          case 3 -> backend.news(OTHER, Known.NOTHING, monitor());
          default -> {
            backend.close();
            backend = open(server, user);
          }
        }
        if (random.nextInt(4) == 0) {
          mark(device, news.cursor(), FlagChange.set(Flag.ANSWERED), some(random, ids));
          here.update(backend);
          assertEquals(truth(server, user), here.messages(), "seed " + seed + ", round " + round);
        }
      }
      here.update(backend);
      assertEquals(truth(server, user), here.messages(), "seed " + seed);
    } finally {
      backend.close();
    }
  }

  private static List<RemoteId> some(Random random, List<RemoteId> ids) {
    int from = random.nextInt(ids.size());
    return ids.subList(from, Math.min(ids.size(), from + 1 + random.nextInt(5)));
  }

  @ParameterizedTest
  @EnumSource(names = {"QRESYNC", "CONDSTORE"})
  void whereNothingHappenedTheListOfFoldersSaysSo(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    String user = user(server, 20);
    Replica here = new Replica(INBOX);
    try (Backend backend = open(server, user); Backend device = open(server, user)) {
      News first = here.update(backend);
      backend.news(OTHER, Known.NOTHING, monitor());
      assertFalse(backend.unchanged(INBOX, here.known()));

      backend.folders(monitor());
      assertTrue(backend.unchanged(INBOX, here.known()));
      assertFalse(backend.unchanged(OTHER, here.known()), "the one that is open is to be asked itself (trap 39)");

      mark(device, first.cursor(), FlagChange.set(Flag.SEEN), List.of(here.messages().keySet().iterator().next()));
      backend.folders(monitor());
      assertFalse(backend.unchanged(INBOX, here.known()));

      here.update(backend);
      backend.news(OTHER, Known.NOTHING, monitor());
      backend.folders(monitor());
      assertTrue(backend.unchanged(INBOX, here.known()));
      assertFalse(backend.unchanged(INBOX, Known.of(here.known().cursor(), Map.of())));

      backend.perform(new RemoteOperation.Store(INBOX, first.cursor(), List.of(RemoteId.of(2)), FlagChange.set(Flag.SEEN)), monitor());
      assertFalse(backend.unchanged(INBOX, here.known()), "something was changed from here");
    }
  }

  @Test
  void trap39TheStatusOfTheMailboxThatWasOpenWhenItWasToldIsNotBelieved() throws Exception {
    DovecotServer server = Offer.QRESYNC.server();
    String user = user(server, 20);
    Replica here = new Replica(INBOX);
    try (Backend backend = open(server, user); Backend device = open(server, user)) {
      News first = here.update(backend);
      backend.folders(monitor());
      here.update(backend); // INBOX is open, as the session saw it now

      mark(device, first.cursor(), FlagChange.set(Flag.SEEN), List.of(here.messages().keySet().iterator().next()));
      backend.folders(monitor());
      backend.news(OTHER, Known.NOTHING, monitor());

      assertFalse(backend.unchanged(INBOX, here.known()), "what a session says of its own mailbox may be of before");
    }
  }

  @Test
  void trap13WhatASessionOffersIsLookedAtEachTime() throws Exception {
    DovecotServer server = Offer.QRESYNC.server();
    String user = user(server, 30);
    Replica here = new Replica(INBOX);
    try (Backend backend = open(server, user)) {
      here.update(backend);
      here.update(backend);
    }
    String exact = here.cursor();
    // An older version of this program wrote no mod-sequence; a session without CONDSTORE writes none either.
    Replica old = new Replica(INBOX, exact.substring(0, exact.lastIndexOf('/')), here.uids());
    try (Backend backend = open(server, user)) {
      News news = old.update(backend);
      assertTrue(news.complete());
      assertFalse(old.update(backend).complete());
      assertEquals(here.messages(), old.messages());
    }
  }

  @Test
  void trap1AnotherUidValidityVoidsTheIdsAndADeltaIsNotAskedFor() throws Exception {
    DovecotServer server = Offer.QRESYNC.server();
    String user = user(server, 10);
    Replica here = new Replica(INBOX);
    try (Backend backend = open(server, user)) {
      here.update(backend);
    }
    server.uidValidity(user, "INBOX", 4_000_000_000L);
    try (Backend backend = open(server, user)) {
      News news = here.update(backend);
      assertTrue(news.renumbered() && news.begun().isPresent());
      assertFalse(news.begun().get().whole());
      assertTrue(news.cursor().value().startsWith("4000000000/"));
      assertArrayEquals(truth(server, user).keySet().stream().mapToLong(id -> Long.parseLong(id.value())).toArray(), here.uids());
    }
  }
}
