/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Right;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and headers in UTF-8 (RFC 6855, RFC 6532), with servers that keep to it and others that only say so. */
@Timeout(30)
class Utf8NamesTest {
  private static final String UMLAUT = octets("Entw\u00fcrfe");
  private static final String KEPT = "Entw&APw-rfe";
  private static final RemoteFolder DRAFTS = ScriptedImap.folder(KEPT, FolderRole.NONE);

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static ScriptedImap accepts(String capabilities) {
    return new ScriptedImap("ENABLE UTF8=ACCEPT " + capabilities).on("ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT", "%t OK done")
        .on("LSUB .*", "%t OK").on("(UN)?SUBSCRIBE .*", "%t OK").on("LIST \"\" \"\"", "* LIST (\\Noselect) \"/\" \"\"", "%t OK");
  }

  private static List<String> commands(ScriptedImap server, String regex) {
    return server.server().received().stream().map(line -> line.substring(line.indexOf(' ') + 1)).filter(line -> line.matches("(?s)" + regex)).toList();
  }

  private static Set<String> names(Backend backend) throws Exception {
    return backend.folders(monitor()).stream().map(RemoteFolder::name).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void trap32NamesAreListedInUtf8AndKeptInModifiedUtf7() throws Exception {
    try (var server = accepts("LIST-EXTENDED LIST-STATUS CONDSTORE").on("LIST \"\" \"\\*\".*", "* LIST () \"/\" INBOX",
        "* LIST () \"/\" \"" + UMLAUT + "\"", "* LIST () \"/\" \"R&D\"", "* LIST () \"/\" {4}\r\n" + octets("\u00e4\u00f6"),
        "* LIST () \"/\" \"" + octets("\u65e5\u672c\u8a9e/\ud83d\ude00") + "\"",
        "* STATUS \"" + UMLAUT + "\" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7 HIGHESTMODSEQ 5)", "%t OK"); Backend backend = server.signIn()) {
      Map<String, String> paths = backend.folders(monitor()).stream().collect(Collectors.toMap(RemoteFolder::name, folder -> folder.path().text()));

      assertEquals("Entw\u00fcrfe", paths.get(KEPT));
      assertEquals("R&D", paths.get("R&-D"));
      assertEquals("\u00e4\u00f6", paths.get("&AOQA9g-"));
      assertEquals("\u65e5\u672c\u8a9e/\ud83d\ude00", paths.get("&ZeVnLIqe-/&2D3eAA-"));
      assertTrue(backend.unchanged(DRAFTS, known()));
    }
  }

  @Test
  void trap32EveryCommandSaysNamesInUtf8AndEveryAnswerIsUnderstood() throws Exception {
    try (var server = accepts("ACL UIDPLUS").selects(1, 2).on("LIST \"\" \"" + UMLAUT + "\"", "* LIST () \"/\" \"" + UMLAUT + "\"", "%t OK")
        .on("LIST \"\" \"R&D\"", "* LIST () \"/\" \"R&D\"", "%t OK").on("MYRIGHTS .*", "* MYRIGHTS \"" + UMLAUT + "\" lr", "%t OK").on("(CREATE|RENAME|DELETE) .*", "%t OK")
        .on("UID COPY .*", "* OK [COPYUID 7 1 9] copied", "%t OK"); Backend backend = server.signIn()) {
      RemoteFolder made = backend.perform(new FolderCommand.Create(Optional.empty(), FolderPath.of("Entwu\u0308rfe"), FolderRole.NONE), monitor())
          .orElseThrow();
      assertEquals(KEPT, made.name()); // composed, as RFC 5198 wants it
      assertEquals(Set.of(Right.READ), backend.rights(List.of(DRAFTS), monitor()).get(KEPT));
      backend.perform(new RemoteOperation.Copy(DRAFTS, new SyncCursor("7/2"), List.of(RemoteId.of(1)), DRAFTS), monitor());
      backend.perform(new FolderCommand.Subscribe(DRAFTS, true), monitor());
      backend.perform(new FolderCommand.Rename(DRAFTS, Optional.empty(), FolderPath.of("R&D")), monitor());
      backend.perform(new FolderCommand.Rename(ScriptedImap.folder("R&-D", FolderRole.NONE), Optional.empty(), FolderPath.of("Entw\u00fcrfe")), monitor());

      for (String command : List.of("CREATE", "MYRIGHTS", "SELECT", "UID COPY 1", "SUBSCRIBE")) {
        assertEquals(List.of(command + " \"" + UMLAUT + "\""), commands(server, command + " .*").stream().filter(c -> c.contains("Entw")).distinct().toList());
      }
      assertEquals(List.of("RENAME \"" + UMLAUT + "\" \"R&D\"", "RENAME \"R&D\" \"" + UMLAUT + "\""), commands(server, "RENAME .*"));
      assertEquals(List.of(), commands(server, ".*(&APw|&-).*"));
    }
  }

  @Test
  void trap32NewsOfAFolderWithAnUmlautIsNewsOfTheFolderThatIsKnown() throws Exception {
    var times = new WatchTimes(Duration.ofMillis(20), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMillis(500));
    try (var server = accepts("IDLE NOTIFY").on("EXAMINE .*", "* 2 EXISTS", "%t OK [READ-ONLY] done").on("NOTIFY SET .*", "%t OK done")
        .on("IDLE", (dialogue, command) -> dialogue.reply("+ idling", "* STATUS \"" + UMLAUT + "\" (MESSAGES 2)").line());
        FolderWatch watch = new ImapFolderWatchFactory(ScriptedImap.SHORT, times, Clock.systemUTC()).open(
            Basket.account(server.server().endpoint(Security.NONE, "user"), AccountOptions.DEFAULT), new Credentials("S3cret"), List.of(DRAFTS),
            monitor()).orElseThrow()) {
      assertEquals(Set.of(KEPT), watch.await().folders());
      assertEquals(1, commands(server, "EXAMINE \"" + UMLAUT + "\".*").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%t BAD what?", "%t NO not now", "%t OK but not a word of ENABLED", "* ENABLED\r\n%t OK", "* ENABLED CONDSTORE\r\n%t OK"})
  void trap32AServerThatOnlySaysItTakesUtf8GetsNone(String answer) throws Exception {
    try (var server = accepts("").on("ENABLE UTF8=ACCEPT", answer).on("LIST \"\" \"\\*\"", "* LIST () \"/\" " + KEPT, "* LIST () \"/\" R&-D", "%t OK")
        .selects(0, 1); Backend backend = server.signIn()) {
      assertEquals(Set.of("INBOX", KEPT, "R&-D"), names(backend));
      backend.find(DRAFTS, "<a@example.org>", monitor());

      assertEquals(List.of("SELECT \"" + KEPT + "\""), commands(server, "SELECT .*"));
    }
  }

  @Test
  void trap32ANameThatIsNotUtf8ComesAndGoesAsItIs() throws Exception {
    String latin = "Entw\u00fcrfe"; // one octet, as in ISO-8859-1
    RemoteFolder unreadable = ScriptedImap.folder(latin, FolderRole.NONE);
    RemoteFolder notModified = ScriptedImap.folder("&AAA", FolderRole.NONE); // kept from a session without UTF-8
    try (var server = accepts("LITERAL+").on("LIST \"\" \"\\*\"", "* LIST () \"/\" \"" + latin + "\"", "* LIST () \"/\" \"" + UMLAUT + "\"", "%t OK")
        .on("SELECT \\{.*", (dialogue, command) -> {
          assertEquals(latin, dialogue.line());
          dialogue.reply("%t NO [NONEXISTENT] gone");
        }).on("SELECT \".*", "%t NO [NONEXISTENT] gone"); Backend backend = server.signIn()) {
      assertEquals(Set.of("INBOX", latin, KEPT), names(backend));
      assertThrows(MailException.Refused.class, () -> backend.find(unreadable, "<a@example.org>", monitor()));
      assertThrows(MailException.Refused.class, () -> backend.find(notModified, "<a@example.org>", monitor()));

      assertEquals(List.of("SELECT {8+}", "SELECT \"&AAA\""), commands(server, "SELECT .*"));
    }
  }

  @Test
  void trap68Utf8IsAgreedOnBeforeAnyMailbox() throws Exception {
    try (var server = accepts("ID QRESYNC").selects(0, 1).on("ID .*", "* ID NIL", "%t OK").on("ENABLE QRESYNC", "* ENABLED QRESYNC", "%t OK");
        Backend backend = server.signIn()) {
      backend.find(DRAFTS, "<a@example.org>", monitor());

      assertEquals(List.of("ENABLE UTF8=ACCEPT", "ENABLE QRESYNC", "SELECT \"" + UMLAUT + "\""), commands(server, "(ENABLE|SELECT) .*"));
    }
  }

  @Test
  void aServerThatSpeaksNothingElseIsAskedForIt() throws Exception {
    try (var server = new ScriptedImap("ENABLE UTF8=ONLY").on("ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT", "%t OK done").on("LSUB .*", "%t OK")
        .on("LIST .*", "* LIST () \"/\" \"" + UMLAUT + "\"", "%t OK"); Backend backend = server.signIn()) {
      assertEquals(Set.of("INBOX", KEPT), names(backend));
    }
  }

  @Test
  void headersInUtf8ComeAsTheyAre() throws Exception {
    byte[] header = "From: J\u00f6rg <j\u00f6rg@b\u00fccher.example>\r\nSubject: Gr\u00fc\u00dfe \ud83d\ude00\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    var basket = new Basket();
    try (var server = accepts("").selects(1, 2).on("UID FETCH 1 .*", (dialogue, command) -> dialogue
        .reply("* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"23-Nov-2026 10:00:00 +0000\" RFC822.SIZE 500 BODYSTRUCTURE (\"text\" \"plain\" (\"name\" \""
            + octets("\u00fc.txt") + "\") NIL NIL \"8bit\" 2 1) BODY[HEADER.FIELDS (FROM)] {" + header.length + '}')
        .send(header).reply(")", "%t OK")); Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, new SyncCursor("7/2"), List.of(RemoteId.of(1)), Depth.ENVELOPE, basket, monitor());

      assertArrayEquals(header, basket.envelopes.get(0).header());
    }
  }

  /** What may be put on a server. */
  private record Content(byte[] octets) implements Body {
    @Override
    public BodyState state() {
      return BodyState.WHOLE;
    }

    @Override
    public long sizeInBytes() {
      return octets.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }
  }

  private static Upload upload(String octets) {
    return new Upload(new Content(octets.getBytes(StandardCharsets.ISO_8859_1)), Flags.of(Flag.SEEN), Instant.parse("2026-11-23T10:00:00Z"));
  }

  /** What an APPEND of some messages says, "@" for each of them. */
  private static String appended(String capabilities, boolean agrees, List<String> messages) throws Exception {
    var said = new StringBuilder();
    var kept = new ArrayList<String>();
    try (var server = accepts(capabilities + " LITERAL+").on("ENABLE .*", agrees ? "* ENABLED UTF8=ACCEPT" : "* OK not this", "%t OK")
        .on("APPEND .*", (dialogue, command) -> {
          String line = command;
          for (Matcher literal = Pattern.compile("(.*)\\{(\\d+)\\+\\}").matcher(line); literal.matches(); literal.reset(line)) {
            kept.add(dialogue.octets(Integer.parseInt(literal.group(2))));
            said.append(literal.group(1)).append('@');
            line = dialogue.line();
          }
          said.append(line);
          dialogue.reply("%t OK");
        }); Backend backend = server.signIn()) {
      backend.append(DRAFTS, Optional.empty(), messages.stream().map(Utf8NamesTest::upload).toList(), (index, id) -> {}, monitor());
    }
    assertEquals(messages, kept);
    return said.toString().replace(" (\\Seen) \"23-Nov-2026 10:00:00 +0000\"", "");
  }

  @Test
  void aMessageWithItsHeaderInUtf8IsSaidToBeOne() throws Exception {
    String plain = "Subject: plain\r\n\r\n" + octets("\u00fc in the text\r\n");
    String international = "Subject: a\r\nFrom: " + octets("J\u00f6rg\r\n") + "\r\ntext\r\n";
    String latin = "Subject: Gr\u00fc\u00dfe\r\n\r\n"; // ISO-8859-1, which nobody announces
    String folder = "APPEND \"" + UMLAUT + '"';

    assertEquals(folder + " @", appended("", true, List.of(plain)));
    assertEquals(folder + " UTF8 (~@)", appended("", true, List.of(international)));
    assertEquals(folder + " @", appended("", true, List.of(latin)));
    assertEquals(folder + " UTF8 (~@) @ UTF8 (~@)", appended("MULTIAPPEND", true, List.of(international, plain, international)));
    assertEquals(folder + " UTF8 (~@)", appended("", true, List.of(international + "x".repeat(600_000))));
    assertEquals(folder + " UTF8 (~@)", appended("", true, List.of("Subject: " + octets("\u20ac"))));
    assertEquals("APPEND \"" + KEPT + "\" @", appended("", false, List.of(international)));
  }

  /** Nothing, as of the STATUS above. */
  private static Known known() {
    return Known.of(Optional.of(new Cursor(7, 1, 5, Cursor.Mark.NONE).asSyncCursor()), Map.of());
  }
}
