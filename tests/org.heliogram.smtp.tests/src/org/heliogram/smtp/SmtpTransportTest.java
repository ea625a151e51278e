/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Dialogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialogue with a scripted server. */
@Timeout(60)
class SmtpTransportTest {
  private static final Timeouts QUICK = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(3));
  private ScriptedServer server;
  private String extensions = "AUTH PLAIN LOGIN";
  private String toAuth = "235 2.7.0 signed in";
  private String toStartTls = "220 go";

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  static Account account(Endpoint submission) {
    return new Account(AccountId.create(), "test", "", "joe@localhost", Protocol.IMAP, submission, Optional.of(submission), AccountOptions.DEFAULT);
  }

  private void open(Security security, String user, ScriptedServer.Script script) throws MailException {
    server = ScriptedServer.start(script);
    new SmtpTransportFactory(QUICK).open(account(server.endpoint(security, user)), new Credentials("se cret"), new NullProgressMonitor()).close();
  }

  private void play(Dialogue client) throws IOException {
    client.reply("220-two lines", "220 ready");
    for (String line = client.line(); !line.equals("QUIT"); line = client.line()) {
      switch (line.split(" ")[0]) {
        case "EHLO" -> client.reply("250-hello", "250-SIZE 1000", "250 " + extensions);
        case "STARTTLS" -> client.reply(toStartTls);
        case "AUTH" -> client.reply(line.equals("AUTH LOGIN") ? "334 VXNlcm5hbWU6" : toAuth);
        default -> client.reply(line.equals(base64("joe")) ? "334 UGFzc3dvcmQ6" : toAuth);
      }
    }
    client.reply("221 bye");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private boolean namedTheUser() {
    return server.received().stream().anyMatch(line -> line.startsWith("AUTH"));
  }

  @Test
  void signsInByPlain() throws MailException {
    open(Security.NONE, "joe", this::play);

    assertEquals(List.of("EHLO [127.0.0.1]", "AUTH PLAIN " + base64("\0joe\0se cret"), "QUIT"), server.received());
  }

  @Test
  void signsInByLoginWhereThatIsAllThereIs() throws MailException {
    extensions = "AUTH LOGIN";

    open(Security.NONE, "joe", this::play);

    assertEquals(List.of("EHLO [127.0.0.1]", "AUTH LOGIN", base64("joe"), base64("se cret"), "QUIT"), server.received());
  }

  @ParameterizedTest
  @CsvSource({"AUTH LOGIN CRAM-MD5 PLAIN, , AUTH PLAIN", "AUTH PLAIN scram-sha-1 SCRAM-SHA-256, , AUTH SCRAM-SHA-256", "AUTH CRAM-MD5, , AUTH CRAM-MD5",
      "AUTH PLAIN SCRAM-SHA-1, PLAIN, AUTH PLAIN", "AUTH PLAIN, APOP, AUTH PLAIN", "AUTH=LOGIN, , AUTH LOGIN", "SIZE 5, , QUIT"})
  void theStrongestWayIsTakenOrTheOneThatIsWanted(String offered, String wanted, String first) {
    extensions = offered;
    toAuth = "535 no";
    server = ScriptedServer.start(this::play);
    var options = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.ofNullable(wanted), false, true, 5));

    try {
      new SmtpTransportFactory(QUICK).open(account(server.endpoint(Security.NONE, "joe")).withOptions(options), new Credentials("se cret"),
          new NullProgressMonitor()).close();
    } catch (MailException e) {
      assertInstanceOf(MailException.SignInRefused.class, e);
    }

    assertEquals(first, server.received().get(1).replaceAll("(?<=SHA-256|PLAIN) .*", ""));
  }

  @Test
  void aServerThatDoesNotProveItselfIsNotBelieved() {
    extensions = "AUTH SCRAM-SHA-256";

    assertThrows(MailException.Malformed.class, () -> open(Security.NONE, "joe", this::play)); // it says yes without having proved anything
  }

  @Test
  void aConnectionThatEndsInTheMiddleIsBroken() {
    extensions = "AUTH LOGIN";

    var broken = assertThrows(Unreachable.class, () -> open(Security.NONE, "joe", client -> {
      client.reply("220 ready").line();
      client.reply("250-hello", "250 AUTH LOGIN").line();
    }));

    assertEquals(Unreachable.Reason.BROKEN, broken.reason());
  }

  @Test
  void aLongPasswordWaitsForTheServer() throws MailException {
    extensions = "AUTH PLAIN";
    String user = "j".repeat(500);

    open(Security.NONE, user, client -> {
      client.reply("220 ready").line();
      client.reply("250-hello", "250 AUTH PLAIN").line();
      client.reply("334 ").line();
      client.reply("235 in").line();
    });

    assertEquals(List.of("AUTH PLAIN", base64("\0" + user + "\0se cret")), server.received().subList(1, 3));
  }

  @Test
  void withoutAUserNobodySignsIn() throws MailException {
    open(Security.NONE, "", this::play);

    assertFalse(namedTheUser());
  }

  @ParameterizedTest
  @CsvSource({"535 5.7.8 wrong password, SignInRefused", "534 5.7.9 use an application password, SignInRefused",
      "454 4.7.0 temporary failure, Busy", "421 shutting down, Busy"})
  void refusalsAreToldApart(String answer, String kind) {
    toAuth = answer;

    var refused = assertThrows(MailException.class, () -> open(Security.NONE, "joe", this::play));

    assertEquals(kind, refused.getClass().getSimpleName());
    assertEquals(answer.substring(4), refused.serverText());
  }

  @Test
  void aServerThatKnowsNoWayOfOursIsASignInRefused() {
    extensions = "AUTH GSSAPI";

    assertThrows(MailException.SignInRefused.class, () -> open(Security.NONE, "joe", this::play));
    assertFalse(namedTheUser());
  }

  @Test
  void withoutStartTlsNothingIsSaid() {
    var refused = assertThrows(Unreachable.class, () -> open(Security.STARTTLS, "joe", this::play));

    assertEquals(Unreachable.Reason.NO_TLS, refused.reason());
    assertFalse(namedTheUser());
  }

  @Test
  void wordsBetweenStartTlsAndTlsEndTheConnection() {
    extensions = "STARTTLS";
    toStartTls = "220 go\r\n250 injected";

    var refused = assertThrows(Unreachable.class, () -> open(Security.STARTTLS, "joe", this::play));

    assertEquals(Unreachable.Reason.NO_TLS, refused.reason());
    assertFalse(namedTheUser());
  }

  @ParameterizedTest
  @CsvSource({"* OK IMAP ready, NOT_A_MAIL_SERVER", "+OK POP3 ready, NOT_A_MAIL_SERVER"})
  void anotherProtocolIsSaidSo(String greeting, Unreachable.Reason reason) {
    var refused = assertThrows(Unreachable.class, () -> open(Security.NONE, "joe", client -> client.reply(greeting).silence()));

    assertEquals(reason, refused.reason());
  }

  @ParameterizedTest
  @CsvSource({"421 too busy, Busy", "554 go away, Refused"})
  void anUnfriendlyGreetingIsHeard(String greeting, String kind) {
    var refused = assertThrows(MailException.class, () -> open(Security.NONE, "joe", client -> client.reply(greeting).silence()));

    assertEquals(kind, refused.getClass().getSimpleName());
  }

  @Test
  void anEndlessAnswerEndsTheConnection() {
    var refused = assertThrows(MailException.Malformed.class, () -> open(Security.NONE, "joe", client -> {
      client.reply("220 ready").line();
      client.sendEndlessly("250-more\r\n".repeat(100).getBytes(), 100_000_000);
    }));

    assertTrue(refused.getMessage().contains("answer longer"), refused::getMessage);
  }

  @Test
  void aSilentServerTimesOut() {
    var late = assertThrows(Unreachable.class, () -> open(Security.NONE, "joe", Dialogue::silence));

    assertEquals(Unreachable.Reason.TIMED_OUT, late.reason());
  }
}
