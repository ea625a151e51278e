/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.backend.MailException.CertificateRefused.Problem;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.model.Trust;
import org.heliogram.jakarta.RecentDialogues;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.DovecotServer.Certificate;
import org.heliogram.testing.server.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protection, certificates and passwords on a real server, seen through a proxy that keeps what was sent. */
@Tag("server")
class DovecotSignInTest {
  private static DovecotServer server;

  @BeforeAll
  static void startServer() {
    server = DovecotServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static Backend open(Endpoint endpoint, String password) throws MailException {
    return new ImapBackendFactory().open(Basket.account(endpoint, AccountOptions.DEFAULT), new Credentials(password), new NullProgressMonitor());
  }

  private static FaultProxy proxy(Security security) {
    return new FaultProxy(security == Security.TLS ? server.imapsPort() : server.imapPort());
  }

  private static Endpoint through(FaultProxy proxy, Security security, Trust trust) {
    return new Endpoint("localhost", proxy.port(), security, "user1", trust);
  }

  private static Trust issuer() {
    return new Trust(server.anchors(), Set.of());
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void everyProtectionSignsIn(Security security) throws MailException {
    try (var proxy = proxy(security); Backend backend = open(through(proxy, security, issuer()), "pass1")) {
      assertFalse(backend.folders(new NullProgressMonitor()).isEmpty());
      assertEquals(security == Security.NONE, proxy.sent().contains("AUTHENTICATE"));
    }
  }

  private static Account pinned(Endpoint endpoint, String mechanism) {
    return Basket.account(endpoint, AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.of(mechanism), false, true, 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"})
  void everyMechanismSignsInAndLeavesNoSecretInTheLog(String mechanism) throws MailException {
    var logs = new RecentDialogues();
    var factory = new ImapBackendFactory(Timeouts.DEFAULT, logs);
    try (var proxy = proxy(Security.NONE)) {
      Account account = pinned(through(proxy, Security.NONE, Trust.PLATFORM), mechanism);

      factory.open(account, new Credentials("pass1"), new NullProgressMonitor()).close();
      assertThrows(MailException.SignInRefused.class, () -> factory.open(account, new Credentials("wrong-one"), new NullProgressMonitor()));

      String wire = proxy.sent();
      assertTrue(wire.contains(mechanism), wire);
      String log = logs.dialogues(account.id()).stream().flatMap(dialogue -> dialogue.lines().stream()).map(line -> line.text())
          .collect(Collectors.joining("\n"));
      assertTrue(log.contains(mechanism) && log.contains("***"), log);
      for (String line : wire.split("\r\n")) {
        for (String word : line.split("[ \"]")) { // Every word of the sign-in, as it went over the wire.
          boolean open = word.matches("h\\d+|AUTHENTICATE|LOGIN|LOGOUT|CAPABILITY|bye|ID|ENABLE|NAMESPACE|") || word.equals(mechanism);
          assertTrue(open || !line.matches("h\\d+ (AUTHENTICATE|LOGIN) .*|[A-Za-z0-9+/=]+") || !log.contains(word), word);
        }
      }
      for (String secret : List.of("pass1", "wrong-one", "user1")) {
        assertFalse(log.contains(secret) || log.contains(coded(secret)), log);
      }
    }
  }

  @Test
  void withoutAPinTheStrongestIsTaken() throws MailException {
    try (var proxy = proxy(Security.NONE)) {
      open(through(proxy, Security.NONE, Trust.PLATFORM), "pass1").close();

      assertTrue(proxy.sent().contains("AUTHENTICATE SCRAM-SHA-256 "), proxy.sent());
      assertFalse(proxy.sent().contains("pass1") || proxy.sent().contains(coded("\0user1\0pass1")), proxy.sent());
    }
  }

  @ParameterizedTest
  @CsvSource({"pa\u00dfw\u00f6rt, SCRAM-SHA-256", "gr\u00fcn \u20ac, SCRAM-SHA-1", "pa\u00dfw\u00f6rt, PLAIN", "'with \"quotes\" and \\', LOGIN"})
  void passwordsNeedNotBeAscii(String password, String mechanism) throws MailException {
    // A user for each: Dovecot reads its list of users again only if its time or its length is another.
    String user = "words" + password.length() + mechanism.length();
    server.addUser(user, password);
    var account = pinned(new Endpoint("localhost", server.imapPort(), Security.NONE, user), mechanism);

    new ImapBackendFactory().open(account, new Credentials(password), new NullProgressMonitor()).close();
  }

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void aWrongPasswordIsSaid(Security security) {
    try (var proxy = proxy(security)) {
      assertThrows(MailException.SignInRefused.class, () -> open(through(proxy, security, issuer()), "wrong"));
    }
  }

  @ParameterizedTest
  @CsvSource({"EXPIRED, EXPIRED", "SELFSIGNED, SELF_SIGNED", "WRONGHOST, WRONG_HOST"})
  void aBadCertificateIsRefusedAndNothingIsSent(Certificate shown, Problem problem) throws MailException {
    server.certificate(shown);
    try {
      for (Security security : new Security[] {Security.TLS, Security.STARTTLS}) {
        try (var proxy = proxy(security)) {
          var refused = assertThrows(CertificateRefused.class, () -> open(through(proxy, security, issuer()), "pass1"));

          assertEquals(problem, refused.problem());
          assertTrue(refused.description().contains("Issuer: "));
          assertEquals(1, proxy.connections()); // no second try with another trust
          assertFalse(proxy.sent().contains("AUTHENTICATE") || proxy.sent().contains("LOGIN"));
          Trust exception = new Trust("", Set.of(refused.sha256()));
          open(through(proxy, security, exception), "pass1").close();
        }
      }
    } finally {
      server.certificate(Certificate.GOOD);
    }
  }

  @Test
  void anIssuerNobodyKnowsIsRefused() {
    try (var proxy = proxy(Security.TLS)) {
      var refused = assertThrows(CertificateRefused.class, () -> open(through(proxy, Security.TLS, Trust.PLATFORM), "pass1"));
      assertEquals(Problem.UNKNOWN_ISSUER, refused.problem());
    }
  }

  @Test
  void anExceptionForAnotherCertificateIsNone() {
    try (var proxy = proxy(Security.TLS)) {
      assertThrows(CertificateRefused.class, () -> open(through(proxy, Security.TLS, new Trust("", Set.of("0".repeat(64)))), "pass1"));
    }
  }

  @Test
  void rubbishInsteadOfAnchorsIsNoTrust() {
    try (var proxy = proxy(Security.TLS)) {
      assertThrows(MailException.class, () -> open(through(proxy, Security.TLS, new Trust("-----BEGIN CERTIFICATE-----\nrubbish", Set.of())), "pass1"));
    }
  }

  @Test
  void theHostIsCheckedAgainstAnAddressToo() throws MailException {
    open(new Endpoint("127.0.0.1", server.imapsPort(), Security.TLS, "user1", issuer()), "pass1").close();
  }

  @Test
  void aTlsPortIsNoStartTlsPort() {
    var short_ = new ImapBackendFactory(ScriptedImap.SHORT);
    var account = Basket.account(new Endpoint("localhost", server.imapsPort(), Security.STARTTLS, "user1", issuer()), AccountOptions.DEFAULT);
    assertThrows(MailException.Unreachable.class, () -> short_.open(account, new Credentials("pass1"), new NullProgressMonitor()));
  }
}
