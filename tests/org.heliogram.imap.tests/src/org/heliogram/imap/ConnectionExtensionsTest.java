/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.model.Trust;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Dialogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What both sides agree on after the sign-in: names, literals, compression, and what is not to be believed. */
@Timeout(60)
class ConnectionExtensionsTest {
  private static final AccountOptions COMPRESSED = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.empty(), true, true, 5));

  private static Backend open(Endpoint endpoint, AccountOptions options, String password) throws MailException {
    return new ImapBackendFactory(ScriptedImap.SHORT).open(Basket.account(endpoint, options), new Credentials(password), new NullProgressMonitor());
  }

  private static Backend open(ScriptedServer server, AccountOptions options) throws MailException {
    return open(server.endpoint(Security.NONE, "user"), options, "S3cret");
  }

  @Test
  void trap68EnableComesAfterTheSignInAndBeforeAnyMailbox() throws MailException, StoreException {
    try (var server = new ScriptedImap("ENABLE QRESYNC CONDSTORE").on("ENABLE QRESYNC", "%t OK and not a word of ENABLED").selects(0, 1)
        .on("SELECT \"INBOX\".*", "* 0 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 1] ok", "* OK [HIGHESTMODSEQ 1] ok", "%t OK [READ-WRITE] done");
        Backend backend = server.signIn()) {
      backend.news(ScriptedImap.INBOX, Known.NOTHING, new NullProgressMonitor());

      List<String> commands = server.server().received().stream().map(line -> line.replaceAll("^h\\d+ ([A-Z]+).*", "$1")).toList();
      assertEquals(List.of("AUTHENTICATE", "CAPABILITY", "ENABLE", "SELECT"), commands.subList(0, 4));
    }
  }

  @Test
  void trap69WhatCouldBeDoneBeforeTheSignInIsForgottenAfterIt() throws MailException {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN ID QRESYNC ENABLE] hi");
      dialogue.command();
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1] another machine answers now").silence();
    }); Backend backend = open(server, AccountOptions.DEFAULT)) {
      assertEquals(1, server.received().size());
      assertTrue(backend.alive());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"(\"name\" \"Zimbra\" \"version\" \"8.8\") | IMAP4rev1 | hi", "NIL | IMAP4rev1 XAPPLEPUSHSERVICE | hi",
      "NIL | IMAP4rev1 | mail.example Zimbra 8.6 IMAP4 ready"})
  void trap11ServersWithABrokenQresyncAreNotAskedForIt(String id, String more, String greeting) throws MailException {
    assertFalse(commands(id, more, greeting).contains("ENABLE QRESYNC"));
  }

  @Test
  void otherServersAreAskedForIt() throws MailException {
    assertTrue(commands("(\"name\" \"Dovecot\")", "IMAP4rev1", "hi").contains("ENABLE QRESYNC"));
  }

  private static String commands(String id, String more, String greeting) throws MailException {
    String capabilities = more + " ID ENABLE CONDSTORE QRESYNC SASL-IR AUTH=PLAIN";
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY " + capabilities + "] " + greeting);
      while (true) {
        String command = dialogue.command();
        if (command.startsWith("ID ")) {
          dialogue.reply("* ID " + id);
        }
        dialogue.reply(command.startsWith("AUTHENTICATE") ? "%t OK [CAPABILITY " + capabilities + "] in" : "%t OK");
      }
    })) {
      open(server, AccountOptions.DEFAULT).close();
      return String.join("\n", server.received());
    }
  }

  @Test
  void theServerIsToldTheProgramAndNothingElse() throws MailException {
    String said = commands("NIL", "IMAP4rev1", "hi").lines().filter(line -> line.contains(" ID ")).findFirst().orElse("");

    assertTrue(said.matches("h\\d+ ID \\(\"name\" \"Heliogram\" \"version\" \"[0-9.]+\"\\)"), said);
  }

  @ParameterizedTest
  @CsvSource({"LITERAL+, {60+}", "LITERAL-, {60+}", "X-NOTHING, {60}"})
  void trap73LiteralsGoUnaskedWhereTheServerTakesThemSo(String capability, String size) throws MailException, StoreException {
    String name = "\u00c3\u00bc".repeat(30);
    try (var server = new ScriptedImap(capability).on("SELECT \\{60\\+?\\}", (dialogue, command) -> {
      if (command.endsWith("{60}")) {
        dialogue.reply("+ go on");
      }
      dialogue.line();
      dialogue.reply("* 0 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 1] ok", "%t OK [READ-WRITE] done");
    }); Backend backend = server.signIn()) {
      backend.news(ScriptedImap.folder(name, ScriptedImap.INBOX.role()), Known.NOTHING, new NullProgressMonitor());

      assertTrue(server.server().received().stream().anyMatch(line -> line.endsWith("SELECT " + size)), server.server().received().toString());
    }
  }

  @Test
  void trap73ALargeLiteralIsAskedForUnderLiteralMinus() throws MailException, StoreException {
    String name = "\u00fc".repeat(4_097);
    try (var server = new ScriptedImap("LITERAL-").on("SELECT .*", (dialogue, command) -> {
      assertTrue(command.endsWith("{4097}"), command);
      dialogue.reply("+ go on");
      dialogue.line();
      dialogue.reply("* 0 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 1] ok", "%t OK [READ-WRITE] done");
    }); Backend backend = server.signIn()) {
      backend.news(ScriptedImap.folder(name, ScriptedImap.INBOX.role()), Known.NOTHING, new NullProgressMonitor());
      server.server().verify();
    }
  }

  @Tag("server")
  @Test
  void trap75ACompressedSessionIsLikeAnyOther() throws MailException, StoreException {
    try (var server = DovecotServer.start(); var proxy = new FaultProxy(server.imapPort())) {
      server.fill("user1", "INBOX", 300, 3_000);
      var endpoint = new Endpoint("localhost", proxy.port(), Security.NONE, "user1", Trust.PLATFORM);
      var plain = new Basket();
      var compressed = new Basket();

      fetchAll(open(server.imap(Security.NONE, "user1"), AccountOptions.DEFAULT, "pass1"), plain);
      fetchAll(open(endpoint, COMPRESSED, "pass1"), compressed);

      assertEquals(300, plain.bodies.size());
      assertEquals(plain.bodies.keySet(), compressed.bodies.keySet());
      plain.bodies.forEach((id, body) -> assertTrue(Arrays.equals(body, compressed.bodies.get(id))));
      assertTrue(proxy.sent().contains("COMPRESS DEFLATE\r\n") && !proxy.sent().contains("UID FETCH"), "nothing readable after it");
    }
  }

  private static void fetchAll(Backend backend, Basket basket) throws MailException, StoreException {
    try (backend) {
      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, new NullProgressMonitor());
      backend.fetch(ScriptedImap.INBOX, news.cursor(), news.states().stream().map(RemoteState::id).toList(), Depth.WHOLE, basket,
          new NullProgressMonitor());
    }
  }

  @Test
  void compressionIsOffUnlessTheUserWantsIt() throws MailException {
    try (var server = new ScriptedImap("COMPRESS=DEFLATE"); Backend backend = server.signIn()) {
      assertTrue(backend.alive());
      assertTrue(server.server().received().stream().noneMatch(line -> line.contains("COMPRESS")));
    }
  }

  @Test
  void aServerThatDoesNotWantToCompressIsTalkedToWithout() throws MailException {
    try (var server = new ScriptedImap("COMPRESS=DEFLATE").on("COMPRESS DEFLATE", "%t NO [COMPRESSIONACTIVE] TLS does it").on("LIST.*", "%t OK");
        Backend backend = open(server.server(), COMPRESSED)) {
      assertEquals(1, backend.folders(new NullProgressMonitor()).size());
    }
  }

  /** A server that agrees to compress and then says one thing without listening. */
  private static ScriptedServer compressed(Talk talk) {
    return ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi");
      dialogue.command();
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] in");
      dialogue.expect("COMPRESS DEFLATE");
      dialogue.reply("%t OK from now on");
      talk.with(dialogue);
    });
  }

  @FunctionalInterface
  private interface Talk {
    void with(Dialogue dialogue) throws IOException;
  }

  private static byte[] deflated(byte[] octets) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(octets);
    byte[] out = new byte[octets.length + 1_000];
    int length = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  private static byte[] deflated(String octets) {
    return deflated(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"* LIST () \"/\" \"|a", "* LIST |(", "* OK |a", "* 1 FETCH (X {99999999999}~|a", "* LIST () \"/\" {15000000}~|a"})
  void aBombOfAGigabyteEndsInBoundedMemory(String start, String filling) throws MailException {
    byte[] first = deflated(start.replace("~", "\r\n"));
    byte[] megabyte = deflated(filling.repeat(1_000_000));
    try (var server = compressed(dialogue -> {
      dialogue.send(first);
      for (int i = 0; i < 1_000; i++) {
        dialogue.send(megabyte);
      }
      dialogue.silence();
    }); Backend backend = open(server, COMPRESSED)) {
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();

      assertThrows(MailException.Malformed.class, () -> backend.folders(new NullProgressMonitor()));

      assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 100_000_000);
      assertFalse(backend.alive());
    }
  }

  @Test
  void trap75ACompressedStreamThatEndsIsAConnectionThatEnds() throws MailException {
    for (byte[] end : List.of(new byte[0], new byte[] {3, 0}, Arrays.copyOf(deflated("* LIST () \"/\" x\r\n"), 5))) {
      try (var server = compressed(dialogue -> dialogue.send(end)); Backend backend = open(server, COMPRESSED)) {
        assertEquals(Unreachable.Reason.BROKEN,
            assertThrows(Unreachable.class, () -> backend.folders(new NullProgressMonitor())).reason());
      }
    }
  }

  @Test
  void whatIsNoCompressedStreamIsMalformed() throws MailException {
    try (var server = compressed(dialogue -> dialogue.reply("* LIST () \"/\" plain", "%t OK").silence()); Backend backend = open(server, COMPRESSED)) {
      assertThrows(MailException.Malformed.class, () -> backend.folders(new NullProgressMonitor()));
    }
  }

  private static Optional<Quota> quota(String... answers) throws MailException {
    String[] lines = Arrays.copyOf(answers, answers.length + 1);
    lines[answers.length] = "%t OK done";
    try (var server = new ScriptedImap("QUOTA").on("GETQUOTAROOT \"INBOX\"", lines); Backend backend = server.signIn()) {
      return backend.quota(new NullProgressMonitor());
    }
  }

  @Test
  void theFullestQuotaIsTold() throws MailException {
    assertEquals(Optional.of(new Quota(900 * 1_024, 1_000 * 1_024)), quota("* QUOTAROOT INBOX a \"b c\"", "* QUOTA a (MESSAGE 9 10 STORAGE 1 1000)",
        "* QUOTA \"b c\" (STORAGE 900 1000)", "* QUOTA d (STORAGE 5000 100000)"));
  }

  @Test
  void aQuotaWithoutALimitIsNone() throws MailException {
    assertEquals(Optional.empty(), quota("* QUOTAROOT INBOX"));
    assertEquals(Optional.empty(), quota("* QUOTAROOT INBOX a", "* QUOTA a ()"));
    assertEquals(Optional.empty(), quota("* QUOTA a (STORAGE 5 0)", "* QUOTA a (STORAGE 5 999999999999999999)", "* QUOTA a (STORAGE x y)", "* QUOTA (("));
  }

  @Tag("server")
  @Test
  void dovecotTellsItsQuota() throws MailException {
    try (var server = DovecotServer.start()) {
      server.run("adduser", "full", "pw", "*:storage=10M");
      server.fill("full", "INBOX", 100, 10_000);
      try (Backend backend = open(server.imap(Security.NONE, "full"), AccountOptions.DEFAULT, "pw")) {
        Quota quota = backend.quota(new NullProgressMonitor()).orElseThrow();

        assertEquals(10 * 1_024 * 1_024, quota.limit());
        assertTrue(quota.used() > 900_000 && quota.used() < 2_000_000, quota.toString());
      }
    }
  }
}
