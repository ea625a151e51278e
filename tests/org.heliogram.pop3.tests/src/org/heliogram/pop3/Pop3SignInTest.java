/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.jakarta.RecentDialogues;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Dialogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to sign in, with servers that offer some of them. */
@Timeout(30)
class Pop3SignInTest {
  private static final Timeouts QUICK = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(3));
  private static final String TIMESTAMP = "<1896.697170952@dbc.mtview.ca.us>"; // of RFC 1939
  private final RecentDialogues logs = new RecentDialogues();
  private ScriptedServer server;
  private String greeting = "+OK ready";
  private List<String> capabilities = List.of();
  private List<String> later;
  private String toAuth = "+OK in";
  private String toApop = "+OK in";
  private String toUtf8 = "+OK";

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  private void play(Dialogue client) throws IOException {
    client.reply(greeting);
    boolean in = false;
    while (true) {
      String line = client.line();
      String[] words = line.split(" ");
      switch (words[0]) {
        case "CAPA" -> client.reply("+OK").reply((in && later != null ? later : capabilities).toArray(String[]::new)).reply(".");
        case "USER" -> client.reply("+OK");
        case "APOP" -> client.reply(toApop);
        case "UTF8" -> client.reply(toUtf8);
        case "AUTH" -> {
          if (words.length == 2) {
            client.reply("+ ").line();
          }
          client.reply(toAuth);
        }
        default -> client.reply("+OK in");
      }
      in |= List.of("PASS", "AUTH", "APOP").contains(words[0]);
    }
  }

  private Backend open(String user, String password, String pinned) throws MailException {
    server = ScriptedServer.start(this::play);
    var options = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.ofNullable(pinned), false, true, 5));
    var account = Pop3BackendTest.account(server.endpoint(Security.NONE, user)).withOptions(options);
    return new Pop3BackendFactory(QUICK, logs).open(account, new Credentials(password), new NullProgressMonitor());
  }

  private List<String> said(String pinned) {
    try {
      open("joe", "secret", pinned).close();
    } catch (MailException e) {
      assertTrue(e instanceof MailException.SignInRefused, e::toString);
    }
    return server.received().stream().filter(line -> !line.matches("CAPA|QUIT|\\(ended.*")).toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "+OK ready | SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 | | AUTH SCRAM-SHA-1",
      "+OK ready | SASL CRAM-MD5 SCRAM-SHA-256 SCRAM-SHA-1 | | AUTH SCRAM-SHA-256",
      "+OK ready | SASL login plain | | AUTH PLAIN",
      "+OK ready | USER;SASL CRAM-MD5 | | USER joe",
      "+OK ready | SASL CRAM-MD5 | | AUTH CRAM-MD5",
      "+OK ready | SASL GSSAPI | | USER joe",
      "+OK ready | SASL EXTERNAL PLAIN | EXTERNAL | AUTH EXTERNAL =",
      "+OK ready | SASL PLAIN LOGIN | LOGIN | AUTH LOGIN",
      "+OK ready | USER;SASL PLAIN LOGIN | LOGIN | USER joe",
      "+OK ready | SASL PLAIN | CRAM-MD5 | ",
      "+OK ready | USER | PLAIN | ",
      "+OK ready | TOP | | USER joe",
      "+OK <1.2@host> | SASL SCRAM-SHA-256 PLAIN | | AUTH SCRAM-SHA-256",
      "+OK <1.2@host> | SASL PLAIN | | APOP joe",
      "+OK <1.2@host> | SASL PLAIN | PLAIN | AUTH PLAIN",
      "+OK <1.2@host> hi | SASL SCRAM-SHA-1;USER | APOP | APOP joe",
      "+OK <no timestamp> | USER | | USER joe",
      "+OK <1.2@h\u00f6st> | USER | | USER joe",
      "+OK ready | SASL PLAIN;USER | APOP | "})
  void theStrongestWayIsTakenOrTheOneThatIsWanted(String hello, String offered, String pinned, String first) {
    greeting = hello;
    capabilities = List.of(offered.split(";"));
    toAuth = "-ERR [AUTH] no";

    List<String> said = said(pinned);

    assertEquals(first == null ? "" : first, said.isEmpty() ? "" : said.get(0).replaceAll("(?<=SHA-1|SHA-256|PLAIN|APOP joe) .*", ""));
  }

  @Test
  void plainGoesInOneCommandAndALongOneInTwo() throws Exception {
    capabilities = List.of("SASL PLAIN");
    assertEquals(List.of("AUTH PLAIN " + base64("\0joe\0secret")), said(null));
    end();

    String password = "\u00e4".repeat(200);
    open("joe", password, null).close();

    assertTrue(server.received().containsAll(List.of("AUTH PLAIN", base64("\0joe\0" + password))), server.received()::toString);
  }

  @Test
  void apopSaysTheDigestOfTheTimestampAndThePassword() throws Exception {
    greeting = "+OK POP3 server ready " + TIMESTAMP;

    open("mrose", "tanstaaf", null).close();

    assertTrue(server.received().contains("APOP mrose c4c9334bac560ecc979e58001b3e22fb"), server.received()::toString); // RFC 1939 section 7
    assertFalse(String.join("\n", server.received()).contains("tanstaaf"));
  }

  @ParameterizedTest
  @CsvSource({"-ERR unknown command, true", "-ERR not implemented, true", "-ERR permission denied, false", "-ERR [AUTH] unknown command, false",
      "-ERR invalid password, false"})
  void onlyAServerThatDoesNotKnowApopIsToldThePassword(String answer, boolean told) {
    greeting = "+OK " + TIMESTAMP;
    toApop = answer;

    assertEquals(told, said(null).contains("PASS secret"));
  }

  @ParameterizedTest
  @CsvSource({"-ERR [AUTH] wrong, SignInRefused", "-ERR wrong, SignInRefused", "-ERR [IN-USE] there is another, Busy", "-ERR [SYS/TEMP] later, Busy",
      "-ERR [SYS/PERM] never, Refused", "-ERR [LOGIN-DELAY] slowly, Busy", "-ERR mailbox is locked, Busy"})
  void trap76RefusalsOfEveryWayAreToldApart(String answer, String kind) {
    capabilities = List.of("SASL PLAIN", "LOGIN-DELAY 60 USER");
    toAuth = answer;

    var refused = assertThrows(MailException.class, () -> open("joe", "secret", null));

    assertEquals(kind, refused.getClass().getSimpleName());
    assertEquals(answer.replaceAll("-ERR (\\[.*\\] )?", ""), refused.serverText());
    assertEquals(1, server.received().stream().filter(line -> line.matches("(AUTH|PASS|APOP) .*")).count(), "one try");
    if (answer.contains("LOGIN-DELAY")) {
      assertEquals(Optional.of(Duration.ofSeconds(60)), ((MailException.Busy) refused).retryAfter());
    }
  }

  @Test
  void aServerThatDoesNotProveItselfIsNotBelieved() {
    capabilities = List.of("SASL SCRAM-SHA-256");

    assertThrows(MailException.Malformed.class, () -> open("joe", "secret", null)); // it says yes without having proved anything
  }

  @Test
  void challengesThatMakeNoSenseEndIt() {
    capabilities = List.of("SASL CRAM-MD5");
    toAuth = "+ not base64!";

    assertThrows(MailException.Malformed.class, () -> open("joe", "secret", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+OK", "-ERR no"})
  void utf8IsAskedForWhereItIsOfferedAndMayBeRefused(String answer) throws Exception {
    capabilities = List.of("UTF8 USER", "USER");
    toUtf8 = answer;

    open("j\u00f6rg", "secret", null).close();

    List<String> said = server.received();
    assertEquals(List.of("CAPA", "UTF8", "USER j\u00c3\u00b6rg"), said.subList(0, 3));
  }

  @Test
  void whatTheServerSaysAfterTheSignInCounts() throws Exception {
    capabilities = List.of("EXPIRE 30 USER", "LOGIN-DELAY 900 USER", "USER");
    later = List.of("EXPIRE 0", "LOGIN-DELAY 300");
    try (Backend backend = open("joe", "secret", null)) {
      assertEquals(Optional.of(Duration.ZERO), backend.expiry());
      assertEquals(Optional.of(Duration.ofMinutes(5)), backend.signInDelay());
    }
    end();
    later = List.of("EXPIRE NEVER", "LOGIN-DELAY soon");
    try (Backend backend = open("joe", "secret", null)) {
      assertEquals(Optional.empty(), backend.expiry());
      assertEquals(Optional.empty(), backend.signInDelay());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SASL PLAIN", "SASL CRAM-MD5", "SASL SCRAM-SHA-256", "USER"})
  void theLogHasNothingOfIt(String offered) throws Exception {
    capabilities = List.of(offered);
    server = ScriptedServer.start(this::play);
    var account = Pop3BackendTest.account(server.endpoint(Security.NONE, "joe"));
    try {
      new Pop3BackendFactory(QUICK, logs).open(account, new Credentials("secret"), new NullProgressMonitor()).close();
    } catch (MailException e) {
      assertTrue(offered.contains("SCRAM"), e::toString);
    }

    String log = logs.dialogues(account.id()).stream().flatMap(dialogue -> dialogue.lines().stream()).map(line -> line.text())
        .collect(Collectors.joining("\n"));
    assertTrue(log.contains("***"), log);
    for (String line : server.received()) {
      String last = line.substring(line.lastIndexOf(' ') + 1);
      assertFalse(!last.matches("CAPA|QUIT|CRAM-MD5|\\(ended:|.*\\)") && log.contains(last), last);
    }
  }
}
