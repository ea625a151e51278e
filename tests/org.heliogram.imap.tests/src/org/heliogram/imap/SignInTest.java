/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the greeting to the session, and everything that may go wrong on the way. */
@Timeout(30)
class SignInTest {
  private static final String PASSWORD = "S3cret-pw";

  private static void open(Endpoint endpoint) throws MailException {
    open(endpoint, PASSWORD).close();
  }

  private static Backend open(Endpoint endpoint, String password) throws MailException {
    return new ImapBackendFactory(ScriptedImap.SHORT).open(Basket.account(endpoint, AccountOptions.DEFAULT), new Credentials(password),
        new NullProgressMonitor());
  }

  private static Reason unreachable(ScriptedServer server, Security security) {
    return assertThrows(Unreachable.class, () -> open(server.endpoint(security, "user"))).reason();
  }

  private static void assertNothingSecret(ScriptedServer server) {
    String said = String.join("\n", server.received());
    assertTrue(!said.contains(PASSWORD) && !said.contains("AUTH") && !said.contains("LOGIN"), said);
  }

  private static ScriptedServer greets(String... lines) {
    return ScriptedServer.start(dialogue -> dialogue.reply(lines).silence());
  }

  @Test
  void withoutStartTlsNothingIsSent() {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK hi");
      dialogue.expect("CAPABILITY");
      dialogue.reply("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "%t OK done").silence();
    })) {
      assertEquals(Reason.NO_TLS, unreachable(server, Security.STARTTLS));
      assertNothingSecret(server);
      server.verify();
    }
  }

  @Test
  void trap67PreauthBeforeStartTlsIsRefused() {
    try (var server = greets("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome back")) {
      assertEquals(Reason.NO_TLS, unreachable(server, Security.STARTTLS));
      assertNothingSecret(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%t OK go", "%t OK go\r\n* CAPABILITY IMAP4rev1 X-INJECTED", "%t OK go\r\nh2 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] in", "%t NO", "%t BAD what"})
  void trap67WhatIsSaidBeforeTlsIsRefused(String answer) {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi");
      dialogue.expect("STARTTLS");
      dialogue.reply(answer);
      dialogue.send("* OK this is no TLS\r\n").silence();
    })) {
      assertEquals(Reason.NO_TLS, unreachable(server, Security.STARTTLS));
      assertNothingSecret(server);
    }
  }

  @Test
  void aPlainServerOnATlsPortHasNoTls() {
    try (var server = greets("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi")) {
      assertEquals(Reason.NO_TLS, unreachable(server, Security.TLS));
      assertNothingSecret(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2", "220 smtp ready", "+OK pop ready", "HTTP/1.1 400 Bad Request", "* HELLO", "*OK", ""})
  void anotherProtocolIsNoMailServer(String greeting) {
    try (var server = greets(greeting)) {
      assertEquals(Reason.NOT_A_MAIL_SERVER, unreachable(server, Security.NONE));
      assertNothingSecret(server);
    }
  }

  @Test
  void aServerThatSaysNothingTimesOut() {
    try (var server = ScriptedServer.start(ScriptedServer.Dialogue::silence)) {
      assertEquals(Reason.TIMED_OUT, unreachable(server, Security.NONE));
      assertEquals(Reason.TIMED_OUT, unreachable(server, Security.TLS));
    }
  }

  @Test
  void aClosedPortIsRefused() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var thrown = assertThrows(Unreachable.class, () -> open(new Endpoint("localhost", port, Security.TLS, "user")));
    assertEquals(Reason.REFUSED, thrown.reason());
  }

  @Test
  void aNameNobodyKnowsIsNotFound() {
    var thrown = assertThrows(Unreachable.class, () -> open(new Endpoint("nobody.invalid", 993, Security.TLS, "user")));
    assertEquals(Reason.HOST_NOT_FOUND, thrown.reason());
  }

  @Test
  void aConnectionThatEndsIsBroken() {
    try (var server = ScriptedServer.start(dialogue -> { })) {
      assertEquals(Reason.BROKEN, unreachable(server, Security.NONE));
      assertEquals(Reason.BROKEN, unreachable(server, Security.TLS));
    }
  }

  @Test
  void byeInsteadOfAGreetingIsBusy() {
    try (var server = greets("* BYE [ALERT] too many connections")) {
      var thrown = assertThrows(MailException.Busy.class, () -> open(server.endpoint(Security.NONE, "user")));
      assertEquals("too many connections", thrown.serverText());
    }
  }

  private static ScriptedServer answersSignIn(String... lines) {
    return ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi");
      dialogue.command();
      dialogue.reply(lines).silence();
    });
  }

  @ParameterizedTest
  @CsvSource({"%t NO [AUTHENTICATIONFAILED] wrong,wrong", "%t NO wrong,wrong", "%t BAD what,what", "%t NO [EXPIRED] too old,too old"})
  void aRefusedPasswordIsSaidInTheServersWordsAndTriedOnce(String answer, String words) {
    try (var server = answersSignIn(answer)) {
      var thrown = assertThrows(MailException.SignInRefused.class, () -> open(server.endpoint(Security.NONE, "user")));
      assertEquals(words, thrown.serverText());
      assertEquals(1, server.received().stream().filter(line -> line.contains("AUTHENTICATE")).count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%t NO [UNAVAILABLE] later", "%t NO [INUSE] later", "%t NO [LIMIT] later", "%t NO [unavailable] later", "* BYE [UNAVAILABLE] later"})
  void aServerWithoutTimeIsBusyNotWrongPassword(String answer) {
    try (var server = answersSignIn(answer)) {
      assertEquals("later", assertThrows(MailException.Busy.class, () -> open(server.endpoint(Security.NONE, "user"))).serverText());
    }
  }

  private static void signsIn(Script script, String password) throws MailException {
    try (var server = ScriptedServer.start(script)) {
      open(server.endpoint(Security.NONE, "us\"er"), password).close();
      server.verify();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void plainGoesWithTheCommandWhereTheServerTakesItSo() throws MailException {
    signsIn(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi");
      dialogue.expect("AUTHENTICATE PLAIN " + base64("\0us\"er\0gr\u00fcn"));
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1 UIDPLUS] in").silence();
    }, "gr\u00fcn");
  }

  @Test
  void plainWaitsForTheServerWhereItMust() throws MailException {
    signsIn(dialogue -> {
      dialogue.reply("* OK hi");
      dialogue.expect("CAPABILITY");
      dialogue.reply("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "%t OK");
      dialogue.expect("AUTHENTICATE PLAIN");
      dialogue.reply("+");
      assertEquals(base64("\0us\"er\0pw"), dialogue.line());
      dialogue.reply("%t OK in");
      dialogue.expect("CAPABILITY"); // it may be able to do more now
      dialogue.reply("* CAPABILITY IMAP4rev1", "%t OK").silence();
    }, "pw");
  }

  @Test
  void loginQuotesAndUsesLiterals() throws MailException {
    signsIn(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1] hi");
      dialogue.expect("LOGIN \"us\\\"er\" {5}");
      dialogue.reply("+ go on");
      assertEquals("gr\u00c3\u00bcn", dialogue.line());
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1] in").silence();
    }, "gr\u00fcn");
  }

  @Test
  void cramMd5AnswersTheChallenge() throws MailException {
    signsIn(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=CRAM-MD5] hi");
      dialogue.expect("AUTHENTICATE CRAM-MD5");
      dialogue.reply("+ " + base64("<1896.697170952@postoffice.reston.mci.net>"));
      assertEquals("us\"er b913a602c7eda7a495b4e6e7334d3890", new String(Base64.getDecoder().decode(dialogue.line()), StandardCharsets.UTF_8));
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1] in").silence();
    }, "tanstaaftanstaaf"); // the example of RFC 2195, whose digest does not depend on the user
  }

  @Test
  void aServerThatWantsNoPasswordHereGetsNone() {
    try (var server = greets("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi")) {
      assertThrows(MailException.SignInRefused.class, () -> open(server.endpoint(Security.NONE, "user")));
      assertEquals(List.of(), server.received().stream().filter(line -> line.contains(PASSWORD)).toList());
    }
  }

  private static void open(ScriptedServer server, String mechanism) throws MailException {
    var options = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.of(mechanism), false, true, 5));
    new ImapBackendFactory(ScriptedImap.SHORT).open(Basket.account(server.endpoint(Security.NONE, "user"), options), new Credentials(PASSWORD),
        new NullProgressMonitor()).close();
  }

  /** Signs in with what it must, by the words of the server's greeting. */
  private static String saysFirst(String capabilities, String pinned) {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 " + capabilities + "] hi");
      dialogue.command();
      dialogue.reply("%t NO [AUTHENTICATIONFAILED] no").silence();
    })) {
      assertThrows(MailException.SignInRefused.class, () -> {
        if (pinned == null) {
          open(server.endpoint(Security.NONE, "user"));
        } else {
          open(server, pinned);
        }
      });
      String said = server.received().stream().filter(line -> !line.startsWith("(ended")).findFirst().orElse("nothing");
      return said.replaceAll("^h\\d+ ", "").replaceAll("(?<=SHA-1 |PLAIN |LOGIN ).*", "...");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "SASL-IR AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-1 | | AUTHENTICATE SCRAM-SHA-1 ...",
      "SASL-IR AUTH=CRAM-MD5 AUTH=PLAIN | | AUTHENTICATE PLAIN ...",
      "AUTH=CRAM-MD5 | | LOGIN ...",
      "LOGINDISABLED AUTH=CRAM-MD5 AUTH=LOGIN | | AUTHENTICATE LOGIN",
      "LOGINDISABLED AUTH=EXTERNAL SASL-IR | | AUTHENTICATE EXTERNAL =",
      "AUTH=EXTERNAL AUTH=PLAIN SASL-IR | EXTERNAL | AUTHENTICATE EXTERNAL =",
      "SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-256 | LOGIN | LOGIN ...",
      "LOGINDISABLED AUTH=LOGIN AUTH=PLAIN | LOGIN | AUTHENTICATE LOGIN"})
  void trap66TheStrongestIsTriedOrThePinnedOneAndNoOther(String capabilities, String pinned, String said) {
    assertEquals(said, saysFirst(capabilities, pinned));
  }

  @ParameterizedTest
  @CsvSource({"AUTH=PLAIN,SCRAM-SHA-256", "AUTH=PLAIN,EXTERNAL", "LOGINDISABLED AUTH=PLAIN,LOGIN"})
  void aPinnedMechanismThatIsNotOfferedIsNotReplaced(String capabilities, String pinned) {
    assertEquals("nothing", saysFirst(capabilities, pinned));
  }

  @Test
  void trap63AfterARefusalNothingElseIsTried() {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN AUTH=LOGIN] hi");
      dialogue.command();
      dialogue.reply("%t NO broken").silence();
    })) {
      assertThrows(MailException.SignInRefused.class, () -> open(server.endpoint(Security.NONE, "user")));

      assertEquals(1, server.received().stream().filter(line -> line.contains("AUTHENTICATE") || line.contains("LOGIN ")).count());
      assertEquals(1, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%t OK welcome", "+ dj1hYmNk"})
  void aServerThatCannotProveThatItKnowsThePasswordIsNoServer(String end) {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256] hi");
      String first = new String(Base64.getDecoder().decode(dialogue.command().replaceAll(".* ", "")), StandardCharsets.UTF_8);
      dialogue.reply("+ " + base64(first.replaceAll(".*,r=", "r=") + "xyz,s=QSXCR+Q6sek8bf92,i=4096"));
      dialogue.line();
      dialogue.reply(end).silence();
    })) {
      assertThrows(MailException.Malformed.class, () -> open(server.endpoint(Security.NONE, "user")));
    }
  }

  @Test
  void challengesWithoutEndAreNotAnsweredForEver() {
    try (var server = ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN] hi");
      dialogue.command();
      while (true) {
        dialogue.reply("+ cGxlYXNl");
        dialogue.line();
      }
    })) {
      assertThrows(MailException.Malformed.class, () -> open(server.endpoint(Security.NONE, "user")));
    }
  }

  @Test
  void trap64AlertsAreTheServersWordsToo() {
    try (var server = answersSignIn("* NO [ALERT] Log in with your browser first", "%t NO [AUTHENTICATIONFAILED] wrong")) {
      var refused = assertThrows(MailException.SignInRefused.class, () -> open(server.endpoint(Security.NONE, "user")));
      assertEquals("Log in with your browser first wrong", refused.serverText());
    }
  }

  @Test
  void trap64WhoMustAskTheAdministratorIsNotAskedForAPassword() {
    try (var server = answersSignIn("%t NO [CONTACTADMIN] blocked")) {
      assertEquals("blocked", assertThrows(MailException.Refused.class, () -> open(server.endpoint(Security.NONE, "user"))).serverText());
    }
  }

  @Test
  void trap65AuthenticatedButNotConnectedIsBusy() {
    try (var server = answersSignIn("%t NO User is authenticated but not connected.")) {
      assertThrows(MailException.Busy.class, () -> open(server.endpoint(Security.NONE, "user")));
    }
  }
}
