/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.CertificateRefused.Problem;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.DovecotServer.Certificate;
import org.heliogram.testing.server.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real Dovecot: POP3, POP3S and STLS. */
@Tag("server")
@Timeout(300)
class Pop3DovecotTest {
  private static final NullProgressMonitor MONITOR = new NullProgressMonitor();
  private static DovecotServer dovecot;
  private static int users;
  private final String user = "pop" + ++users;
  private final RecordingSink sink = new RecordingSink();

  @BeforeAll
  static void start() {
    dovecot = DovecotServer.start("EXTRA=" + locks());
  }

  /** One session at a time, as POP3 servers do; Dovecot does not unless told. */
  private static String locks() {
    try {
      var file = java.nio.file.Files.createTempFile("pop3-locks", ".conf");
      java.nio.file.Files.writeString(file, "protocol pop3 {\n  pop3_lock_session = yes\n}\n");
      file.toFile().deleteOnExit();
      java.nio.file.Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      return file.toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @AfterEach
  void good() {
    dovecot.certificate(Certificate.GOOD);
  }

  private Backend open(Endpoint endpoint, String password) throws MailException {
    return new Pop3BackendFactory().open(Pop3BackendTest.account(endpoint), new Credentials(password), MONITOR);
  }

  private Backend open(Security security) throws MailException {
    return open(dovecot.pop3(security, user), "secret");
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void mailComesWholeHoweverTheConnectionIsProtected(Security security) throws MailException, StoreException {
    dovecot.addUser(user, "secret");
    String mail = "From: a@b\r\nSubject: dots\r\n\r\n.\r\n..\r\nfine\r\n";
    dovecot.deliver(user, "INBOX", mail.getBytes(StandardCharsets.US_ASCII));
    dovecot.fill(user, "INBOX", 120, 2_000);

    try (Backend backend = open(security)) {
      News news = backend.news(backend.folders(MONITOR).get(0), Known.NOTHING, MONITOR);
      backend.fetch(backend.folders(MONITOR).get(0), news.cursor(), news.states().stream().map(RemoteState::id).toList(), Depth.WHOLE, sink, MONITOR);
    }

    assertEquals(121, sink.bodies.size());
    List<String> bodies = List.copyOf(sink.bodies.values());
    assertTrue(bodies.get(120).endsWith(mail), "the oldest comes last, with its dots");
    assertEquals(Set.of(), Set.copyOf(sink.gone));
  }

  @Test
  void idsStayTheSameAndNothingIsDeleted() throws MailException, StoreException {
    dovecot.addUser(user, "secret");
    dovecot.fill(user, "INBOX", 20, 500);
    News first;
    try (Backend backend = open(Security.TLS)) {
      first = backend.news(backend.folders(MONITOR).get(0), Known.NOTHING, MONITOR);
      backend.fetch(backend.folders(MONITOR).get(0), first.cursor(), first.states().stream().map(RemoteState::id).toList(), Depth.WHOLE, sink, MONITOR);
    }

    News second;
    try (Backend backend = open(Security.TLS)) {
      second = backend.news(backend.folders(MONITOR).get(0), Known.NOTHING, MONITOR);
    }

    assertEquals(first, second);
    assertTrue(dovecot.doveadm("mailbox", "status", "-u", user, "messages", "INBOX").contains("messages=20"));
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void aWrongPasswordIsSaidSo(Security security) {
    dovecot.addUser(user, "secret");

    var refused = assertThrows(MailException.SignInRefused.class, () -> open(dovecot.pop3(security, user), "wrong"));

    assertFalse(refused.serverText().isEmpty());
  }

  @Test
  void aSecondSessionFindsTheMaildropInUse() throws MailException {
    dovecot.addUser(user, "secret");
    dovecot.fill(user, "INBOX", 1, 100);

    try (Backend first = open(Security.TLS)) {
      assertThrows(MailException.Busy.class, () -> open(Security.TLS));
      assertTrue(first.alive());
    }
    open(Security.TLS).close();
  }

  @ParameterizedTest
  @CsvSource({"EXPIRED, EXPIRED, TLS", "EXPIRED, EXPIRED, STARTTLS", "WRONGHOST, WRONG_HOST, TLS", "WRONGHOST, WRONG_HOST, STARTTLS",
      "SELFSIGNED, SELF_SIGNED, TLS", "SELFSIGNED, SELF_SIGNED, STARTTLS"})
  void aBadCertificateIsRefusedBeforeTheUserIsNamed(Certificate shown, Problem problem, Security security) {
    dovecot.certificate(shown);
    Endpoint real = dovecot.pop3(security, user);
    try (var proxy = new FaultProxy(real.port())) {
      var endpoint = new Endpoint("localhost", proxy.port(), security, user, real.trust());

      var refused = assertThrows(MailException.CertificateRefused.class, () -> open(endpoint, "secret"));

      assertEquals(problem, refused.problem());
      assertTrue(refused.sha256().matches("[0-9a-f]{64}"));
      assertFalse(proxy.sent().contains("USER"), "nothing of the sign-in was sent");
      assertFalse(dovecot.log().contains("<" + user + ">"), "the server never heard of the user");
    }
  }

  @Test
  void anUnknownIssuerIsRefusedUntilTheCertificateIsAccepted() throws MailException {
    dovecot.addUser(user, "secret");
    Endpoint stranger = dovecot.pop3(Security.TLS, user).withTrust(Trust.PLATFORM);

    var refused = assertThrows(MailException.CertificateRefused.class, () -> open(stranger, "secret"));
    Backend accepted = open(stranger.withTrust(new Trust("", Set.of(refused.sha256()))), "secret");

    assertTrue(accepted.alive());
    accepted.close();
  }

  @Test
  void tlsOnAPlainPortIsSaidSo() {
    var refused = assertThrows(Unreachable.class, () -> open(new Endpoint("localhost", dovecot.pop3Port(), Security.TLS, user), "secret"));

    assertEquals(Unreachable.Reason.NO_TLS, refused.reason());
  }

  @Test
  void aConnectionCutInTheMiddleOfAMessageStoresOnlyWholeOnes() throws MailException, StoreException {
    dovecot.addUser(user, "secret");
    dovecot.fill(user, "INBOX", 50, 5_000);
    try (var proxy = new FaultProxy(dovecot.pop3Port());
        Backend backend = open(new Endpoint("localhost", proxy.port(), Security.NONE, user), "secret")) {
      News news = backend.news(backend.folders(MONITOR).get(0), Known.NOTHING, MONITOR);
      proxy.set(FaultProxy.fault(FaultProxy.Kind.CUT, FaultProxy.Way.TO_CLIENT, 60_000));

      assertThrows(Unreachable.class, () -> backend.fetch(backend.folders(MONITOR).get(0), news.cursor(),
          news.states().stream().map(RemoteState::id).toList(), Depth.WHOLE, sink, MONITOR));

      assertTrue(sink.bodies.size() > 5 && sink.bodies.size() < 13, () -> "stored " + sink.bodies.size());
      assertFalse(backend.alive());
    }
  }
}
