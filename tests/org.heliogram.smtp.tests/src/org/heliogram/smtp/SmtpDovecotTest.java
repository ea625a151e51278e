/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException.CertificateRefused.Problem;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.model.Trust;
import org.heliogram.jakarta.RecentDialogues;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer.Certificate;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the submission service of a real Dovecot, which hands mail on to a scripted relay. */
@Tag("server")
@Timeout(120)
class SmtpDovecotTest {
  private static DovecotServer dovecot;
  private static ScriptedServer relay;

  @BeforeAll
  static void start() {
    relay = ScriptedServer.start(SmtpDovecotTest::relay);
    dovecot = DovecotServer.start("RELAY=127.0.0.1:" + relay.port());
    if (dovecot.submissionPort().isEmpty()) {
      Assumptions.abort("skipped: dovecot-submissiond is not installed");
    }
  }

  private static void relay(ScriptedServer.Dialogue client) throws IOException {
    client.reply("220 relay");
    for (String line = client.line(); !line.startsWith("QUIT"); line = client.line()) {
      client.reply("250 relay");
    }
    client.reply("221 bye");
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
    relay.close();
  }

  @AfterEach
  void good() {
    dovecot.certificate(Certificate.GOOD);
  }

  private static void open(Security security, String password) throws MailException {
    OptionalInt port = security == Security.TLS ? dovecot.submissionsPort() : dovecot.submissionPort();
    var endpoint = new Endpoint("localhost", port.getAsInt(), security, "user1", new Trust(dovecot.anchors(), Set.of()));
    new SmtpTransportFactory().open(SmtpTransportTest.account(endpoint), new Credentials(password), new NullProgressMonitor()).close();
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void theRightPasswordSignsInAndAWrongOneDoesNot(Security security) throws MailException {
    open(security, "pass1");

    assertThrows(MailException.SignInRefused.class, () -> open(security, "wrong"));
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void theLogTellsTheDialogueWithoutItsSecrets(Security security) throws MailException {
    OptionalInt port = security == Security.TLS ? dovecot.submissionsPort() : dovecot.submissionPort();
    var endpoint = new Endpoint("localhost", port.getAsInt(), security, "user1", new Trust(dovecot.anchors(), Set.of()));
    var logs = new RecentDialogues();
    var account = SmtpTransportTest.account(endpoint);

    new SmtpTransportFactory(Timeouts.DEFAULT, logs).open(account, new Credentials("pass1"), new NullProgressMonitor()).close();

    String all = logs.dialogues(account.id()).get(0).lines().stream().map(line -> line.side() + " " + line.text()).collect(Collectors.joining("\n"));
    assertTrue(all.contains("CLIENT EHLO ") && all.contains("SERVER 250-") && all.contains("CLIENT AUTH SCRAM-SHA-256 ***"), all);
    for (String secret : List.of("pass1", "user1", "AHVzZXIxAHBhc3Mx")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"})
  void everyMechanismSignsInAndLeavesNoSecretInTheLog(String mechanism) throws MailException {
    var logs = new RecentDialogues();
    var factory = new SmtpTransportFactory(Timeouts.DEFAULT, logs);
    try (var proxy = new FaultProxy(dovecot.submissionPort().getAsInt())) {
      var options = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.of(mechanism), false, true, 5));
      var account = SmtpTransportTest.account(new Endpoint("localhost", proxy.port(), Security.NONE, "user1")).withOptions(options);

      factory.open(account, new Credentials("pass1"), new NullProgressMonitor()).close();
      assertThrows(MailException.SignInRefused.class, () -> factory.open(account, new Credentials("wrong-one"), new NullProgressMonitor()));

      String wire = proxy.sent();
      assertTrue(wire.contains("AUTH " + mechanism), wire);
      String log = logs.dialogues(account.id()).stream().flatMap(dialogue -> dialogue.lines().stream()).map(line -> line.text())
          .collect(Collectors.joining("\n"));
      assertTrue(log.contains("AUTH " + mechanism) && log.contains("***"), log);
      for (String line : wire.split("\r\n")) {
        String last = line.substring(line.lastIndexOf(' ') + 1);
        boolean secret = line.matches("AUTH \\S+ \\S+|[A-Za-z0-9+/=]{5,}");
        assertFalse(secret && log.contains(last), last);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Security.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void anExpiredCertificateIsRefused(Security security) {
    dovecot.certificate(Certificate.EXPIRED);

    var refused = assertThrows(MailException.CertificateRefused.class, () -> open(security, "pass1"));

    assertEquals(Problem.EXPIRED, refused.problem());
  }
}
