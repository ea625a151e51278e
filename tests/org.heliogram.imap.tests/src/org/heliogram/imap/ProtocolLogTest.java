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
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.store.StoreException;
import org.heliogram.jakarta.RecentDialogues;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the user finds in the protocol log of an IMAP account, and what nobody does. */
@Timeout(60)
class ProtocolLogTest {
  private final RecentDialogues logs = new RecentDialogues();

  private static Account account(Endpoint endpoint) {
    return Basket.account(endpoint, AccountOptions.DEFAULT);
  }

  private Backend open(Account account, String password) throws MailException {
    return new ImapBackendFactory(Timeouts.DEFAULT, logs).open(account, new Credentials(password), new NullProgressMonitor());
  }

  private List<String> lines(Account account) {
    return logs.dialogues(account.id()).stream().flatMap(dialogue -> dialogue.lines().stream()).map(line -> line.side() + " " + line.text()).toList();
  }

  @Tag("server")
  @ParameterizedTest
  @EnumSource(Security.class)
  void aSignInIsToldWithoutItsSecrets(Security security) throws MailException {
    try (var server = DovecotServer.start()) {
      int port = security == Security.TLS ? server.imapsPort() : server.imapPort();
      Account account = account(new Endpoint("localhost", port, security, "user1", new Trust(server.anchors(), Set.of())));

      open(account, "pass1").close();
      assertThrows(MailException.SignInRefused.class, () -> open(account, "pass2"));

      List<String> lines = lines(account);
      String all = String.join("\n", lines);
      assertTrue(lines.contains("NOTE connected to localhost port " + port), all);
      assertEquals(security == Security.NONE ? 0 : 2, lines.stream().filter(line -> line.startsWith("NOTE TLSv1.3 TLS_")).count(), all);
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("CLIENT h") && line.contains(" AUTHENTICATE ")), all);
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("SERVER h") && line.contains("[AUTHENTICATIONFAILED]")), all);
      assertTrue(lines.contains("NOTE ended: closed"), all);
      for (String secret : List.of("pass1", "pass2", "user1", coded("\0user1\0pass1"), coded("\0user1\0pass2"), coded("user1"), coded("pass1"))) {
        assertFalse(all.contains(secret), all);
      }
    }
  }

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Tag("server")
  @Test
  void aFetchIsToldWithoutItsContent() throws MailException, StoreException {
    try (var server = DovecotServer.start()) {
      server.deliver("user1", "INBOX", ("From: Geheimrat <geheim@example.org>\r\nTo: user1@localhost\r\nSubject: Geheimnis\r\n"
          + "Message-ID: <geheim.1@example.org>\r\n\r\nGeheimes\r\n").getBytes(StandardCharsets.US_ASCII));
      Account account = account(server.imap(Security.NONE, "user1"));
      try (Backend backend = open(account, "pass1")) {
        News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, new NullProgressMonitor());
        var ids = news.states().stream().map(RemoteState::id).toList();
        for (Depth depth : Depth.values()) {
          backend.fetch(ScriptedImap.INBOX, news.cursor(), ids, depth, new Basket(), new NullProgressMonitor());
        }
      }

      String all = String.join("\n", lines(account));
      assertTrue(all.contains(" octets}"), all);
      assertFalse(all.toLowerCase(Locale.ROOT).contains("geheim"), all);
    }
  }

  @Test
  void aFailureEndsTheLogWithItsReason() {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi");
      dialogue.command();
      dialogue.send("* LIST (");
    })) {
      Account account = account(server.endpoint(Security.NONE, "user"));

      assertThrows(MailException.Unreachable.class, () -> open(account, "S3cret"));

      List<String> lines = lines(account);
      assertEquals(List.of("SERVER * LIST (...", "NOTE ended: connection ended"), lines.subList(lines.size() - 2, lines.size()));
      assertEquals("ended: connection ended", logs.tail(account.id(), 1).get(0).text());
    }
  }

  @Test
  void aConnectionThatCannotBeMadeIsTold() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Account account = account(new Endpoint("localhost", port, Security.NONE, "user"));

    assertThrows(MailException.Unreachable.class, () -> open(account, "S3cret"));

    Dialogue dialogue = logs.dialogues(account.id()).get(0);
    assertFalse(dialogue.open());
    assertEquals("ended: connection refused", dialogue.lines().stream().map(line -> line.text()).collect(Collectors.joining("|")));
  }
}
