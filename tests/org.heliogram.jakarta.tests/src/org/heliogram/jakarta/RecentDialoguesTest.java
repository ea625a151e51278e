/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.core.service.ProtocolLogs.Side;
import org.heliogram.jakarta.WireLogs.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a dialogue, and what is not. */
class RecentDialoguesTest {
  private static final String USER = "anna@example.org";
  private final RecentDialogues logs = new RecentDialogues();
  private final AccountId account = AccountId.create();

  private WireLogs.Log begin(Dialect dialect) {
    WireLogs.Log log = logs.begin(account, dialect, dialect.name(), USER);
    log.conceal("S3cret");
    return log;
  }

  private static void say(WireLogs.Log log, Side side, String octets) {
    byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
    if (side == Side.CLIENT) {
      log.client(bytes, 0, bytes.length);
    } else {
      log.server(bytes, 0, bytes.length);
    }
  }

  private String shown() {
    return logs.tail(account, 10_000).stream().map(line -> line.side().name().charAt(0) + ":" + line.text()).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "h1 LOGIN anna S3cret | h1 LOGIN ***",
      "h1 login \"anna\" \"S3cret\" | h1 login ***",
      "h1 AUTHENTICATE PLAIN AGFubmEAUzNjcmV0 | h1 AUTHENTICATE PLAIN ***",
      "h1 AUTHENTICATE CRAM-MD5 | h1 AUTHENTICATE CRAM-MD5",
      "h1 SELECT \"INBOX\" | h1 SELECT \"INBOX\"",
      "h1 SELECT \"Geheime Sache/2026\" | h1 SELECT \"xxxxxxx xxxxx/9999\"",
      "h1 UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM)]) | h1 UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM)])",
      "h1 UID STORE 7 +FLAGS.SILENT (\\Seen $Forwarded Liebe) | h1 UID STORE 7 +FLAGS.SILENT (\\Seen $Forwarded xxxxx)",
      "h1 UID SEARCH HEADER MESSAGE-ID \"<a.1@host>\" | h1 UID SEARCH HEADER MESSAGE-ID \"<x.9@xxxx>\"",
      "h1 ID (\"name\" \"Heliogram\") | h1 ID (\"name\" \"Heliogram\")"})
  void anImapClientsLineKeepsItsShape(String said, String kept) {
    say(begin(Dialect.IMAP), Side.CLIENT, said + "\r\n");

    assertEquals("C:" + kept, shown());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "* CAPABILITY IMAP4rev1 AUTH=PLAIN | * CAPABILITY IMAP4rev1 AUTH=PLAIN",
      "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Mail\" | * LIST (\\HasNoChildren \\Sent) \"/\" \"xxxx xxxx\"",
      "* LIST () \"/\" Arbeit | * LIST () \"/\" xxxxxx",
      "* STATUS Arbeit (MESSAGES 5 UIDNEXT 7) | * STATUS xxxxxx (MESSAGES 5 UIDNEXT 7)",
      "* 5 EXISTS | * 5 EXISTS",
      "* SEARCH 1 2 3 | * SEARCH 1 2 3",
      "* 5 FETCH (UID 7 FLAGS (\\Seen Liebe) ENVELOPE (\"Mon\" \"Hallo\" ((\"A B\" NIL \"a\" \"b.de\")))) | * 5 FETCH (UID 7 FLAGS (\\Seen xxxxx) ENVELOPE (\"xxx\" \"xxxxx\" ((\"x x\" NIL \"x\" \"x.xx\"))))",
      "* OK [UIDVALIDITY 7] ok | * OK [UIDVALIDITY 7] ok",
      "h1 NO [AUTHENTICATIONFAILED] Wrong password | h1 NO [AUTHENTICATIONFAILED] Wrong password",
      "h1 NO anna@example.org is over quota | h1 NO *** is over quota",
      "h1 BAD what is LOGIN anna S3cret? | h1 BAD what is LOGIN *** ***?",
      "h1 BAD what is AUTHENTICATE PLAIN AGFubmEAUzNjcmV0? | h1 BAD what is AUTHENTICATE PLAIN xxxxxxxxxxxxxxx9?",
      "* OK not a {500} | * OK not a {500}",
      "* ID (\"name\" \"Dovecot\" \"support\" \"help@x.de\") | * ID (\"name\" \"Dovecot\" \"support\" \"xxxx@x.xx\")"})
  void anImapServersLineKeepsItsShape(String said, String kept) {
    say(begin(Dialect.IMAP), Side.SERVER, said + "\r\n");

    assertEquals("S:" + kept, shown());
  }

  @Test
  void ofContentOnlyTheSizeIsKept() {
    var log = begin(Dialect.IMAP);

    say(log, Side.SERVER, "* 1 FETCH (UID 1 BODY[] {12}\r\nsecret\r\nsecr BODY[1] {3+}\r\nabc FLAGS (\\Seen))\r\n* 2 EXISTS\r\n");

    assertEquals("S:* 1 FETCH (UID 1 BODY[] {12 octets} BODY[1] {3 octets} FLAGS (\\Seen))\nS:* 2 EXISTS", shown());
  }

  @Test
  void literalsOfASignInAreNotEvenCounted() {
    var log = begin(Dialect.IMAP);

    say(log, Side.CLIENT, "h1 LOGIN {4}\r\n");
    say(log, Side.SERVER, "+ go on\r\n");
    say(log, Side.CLIENT, "anna {6}\r\nS3cret\r\nh2 APPEND \"x\" (\\Seen) {7}\r\nSubject\r\n");

    assertEquals("C:h1 LOGIN ***\nS:+ go on\nC:***\nC:***\nC:h2 APPEND \"x\" (\\Seen) {7 octets}", shown());
  }

  @Test
  void whatIsSaidDuringASignInIsHiddenOnBothSides() {
    var log = begin(Dialect.IMAP);

    say(log, Side.CLIENT, "h1 AUTHENTICATE SCRAM-SHA-256\r\n");
    say(log, Side.SERVER, "+ cj1hYmM=\r\n");
    say(log, Side.CLIENT, "Yz1iaXdz a b\r\n");
    say(log, Side.SERVER, "* OK still here\r\n+ dj1hYmM=\r\n");
    say(log, Side.CLIENT, "\r\n");
    say(log, Side.SERVER, "h1 OK in\r\n");
    say(log, Side.CLIENT, "h2 NOOP\r\n");

    assertEquals("C:h1 AUTHENTICATE SCRAM-SHA-256\nS:+ ***\nC:***\nS:* OK still here\nS:+ ***\nC:***\nS:h1 OK in\nC:h2 NOOP", shown());
  }

  @Test
  void portionsDoNotMatter() {
    String server = "* OK [CAPABILITY IMAP4rev1] hi\r\n* 1 FETCH (BODY[] {300}\r\n" + "x".repeat(298) + "\r\n UID 1)\r\n* LIST () \"/\" {6}\r\nprivat\r\n"
        + "* SEARCH " + "1 ".repeat(500) + "\r\n* 1 FETCH (X \"" + "y".repeat(600) + "\" BODY[] {5}\r\nab\r\nc)\r\nh1 OK done\r\n";
    say(begin(Dialect.IMAP), Side.SERVER, server);
    String whole = shown();
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var log = begin(Dialect.IMAP);
      for (int at = 0; at < server.length();) {
        int next = Math.min(server.length(), at + 1 + random.nextInt(40));
        say(log, Side.SERVER, server.substring(at, next));
        at = next;
      }
      assertEquals(whole, shown(), "seed " + seed);
      log.end("closed");
    }
    assertFalse(whole.contains("privat"), whole);
    assertTrue(whole.contains("* LIST () \"/\" {6 octets}") && whole.endsWith("h1 OK done"), whole);
  }

  @Test
  void ofPop3OnlyTheShapeIsKept() {
    var log = begin(Dialect.POP3);

    say(log, Side.SERVER, "+OK hi <1896.69@host.example>\r\n");
    say(log, Side.CLIENT, "CAPA\r\n");
    say(log, Side.SERVER, "+OK\r\nUSER\r\n.\r\n");
    say(log, Side.CLIENT, "USER anna\r\nPASS S3cret\r\n");
    say(log, Side.SERVER, "+OK\r\n+OK anna in\r\n");
    say(log, Side.CLIENT, "APOP anna c4c9334bac560ecc979e58001b3e22fb\r\nAUTH PLAIN\r\n");
    say(log, Side.SERVER, "-ERR no\r\n+ Zm9v\r\n");
    say(log, Side.CLIENT, "AGFubmEAUzNjcmV0\r\n");
    say(log, Side.SERVER, "-ERR no\r\n");
    say(log, Side.CLIENT, "RETR 1\r\nRETR 2\r\nUIDL\r\nNOOP\r\n");
    say(log, Side.SERVER, "+OK 20 octets\r\nSubject: x\r\n\r\nbody\r\n.\r\n-ERR gone\r\n+OK\r\n1 a\r\n.\r\n+OK\r\n");

    assertEquals("""
        S:+OK hi <9999.99@xxxx.xxxxxxx>
        C:CAPA
        S:+OK
        S:USER
        S:.
        C:USER ***
        C:PASS ***
        S:+OK
        S:+OK *** in
        C:APOP ***
        C:AUTH PLAIN
        S:-ERR no
        S:+ ***
        C:***
        S:-ERR no
        C:RETR 1
        C:RETR 2
        C:UIDL
        C:NOOP
        S:+OK 20 octets
        S:{20 octets}
        S:-ERR gone
        S:+OK
        S:{5 octets}
        S:+OK""", shown());
  }

  @Test
  void ofSmtpOnlyTheShapeIsKept() {
    var log = begin(Dialect.SMTP);

    say(log, Side.CLIENT, "AUTH LOGIN\r\n");
    say(log, Side.SERVER, "334 VXNlcm5hbWU6\r\n");
    say(log, Side.CLIENT, "YW5uYQ==\r\n");
    say(log, Side.SERVER, "235 ok anna\r\n");
    say(log, Side.CLIENT, "MAIL FROM:<anna@example.org>\r\n");
    say(log, Side.SERVER, "250 ok\r\n");
    say(log, Side.CLIENT, "DATA\r\n");
    say(log, Side.SERVER, "354 go\r\n");
    say(log, Side.CLIENT, "Subject: secret\r\n250 secret\r\n.\r\n");
    say(log, Side.SERVER, "250 queued as secret\r\n");

    assertEquals("C:AUTH LOGIN\nS:334 ***\nC:***\nS:235 ok ***\nC:MAIL FROM:<***>\nS:250 ok\nC:DATA\nS:354\nS:250", shown());
  }

  @Test
  void theOldestLinesAreGivenUpFirst() {
    var log = begin(Dialect.IMAP);

    for (int i = 0; i < 3_000; i++) {
      say(log, Side.SERVER, "* " + i + " EXISTS\r\n");
    }

    Dialogue dialogue = logs.dialogues(account).get(0);
    assertEquals(LineRing.LINES, dialogue.lines().size());
    assertEquals(2_500, dialogue.skipped());
    assertEquals("* 2999 EXISTS", dialogue.lines().get(LineRing.LINES - 1).text());
    assertEquals(3_000, logs.revision(account));
  }

  @Test
  void longLinesAreBoundedByOctets() {
    var log = begin(Dialect.IMAP);

    for (int i = 0; i < 1_000; i++) {
      say(log, Side.SERVER, "* SEARCH " + "12345 ".repeat(1_000) + "\r\n");
    }

    List<Line> lines = logs.dialogues(account).get(0).lines();
    assertTrue(lines.stream().mapToInt(line -> line.text().length()).sum() <= LineRing.OCTETS);
    assertTrue(lines.stream().allMatch(line -> line.text().length() <= LineCutter.KEPT + 3 && line.text().endsWith("...")));
  }

  @Test
  void aFewConnectionsThatEndedAreKeptAndTheNewestIsFirst() {
    var open = logs.begin(account, Dialect.IMAP, "IMAP watch", USER);
    say(open, Side.CLIENT, "h1 IDLE\r\n");
    for (int i = 0; i < 20; i++) {
      var log = logs.begin(account, Dialect.IMAP, "IMAP", USER);
      log.note("number " + i);
      log.end("closed");
    }

    List<Dialogue> dialogues = logs.dialogues(account);

    assertEquals(List.of("number 19", "number 18", "number 17", "number 16", "number 15", "h1 IDLE"),
        dialogues.stream().map(dialogue -> dialogue.lines().get(0).text()).toList());
    assertEquals("number 19", logs.tail(account, 5).get(0).text());
    assertTrue(dialogues.get(5).open() && !dialogues.get(0).open());
  }

  @Test
  void whatIsNoTextIsShownAsSuch() {
    say(begin(Dialect.IMAP), Side.SERVER, "* OK a\0b\u001b[31m\u00e2\u0080\u00aec \u00c3\u00bc \u00ff\r\n");

    assertEquals("S:* OK a\ufffdb\ufffd[31m\ufffdc \u00fc \ufffd", shown());
  }

  @Test
  void theBase64OfASecretIsHiddenToo() {
    String coded = Base64.getEncoder().encodeToString("S3cret".getBytes(StandardCharsets.UTF_8));

    say(begin(Dialect.IMAP), Side.SERVER, "h1 BAD unknown " + coded + "\r\n");

    assertEquals("S:h1 BAD unknown ***", shown());
  }
}
