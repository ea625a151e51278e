/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.heliogram.testing.server.ScriptedServer.Dialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How messages go to servers that can do more or less, and that will have them or not. */
@Timeout(30)
class AppendWireTest {
  private static final Optional<SyncCursor> CURSOR = Optional.of(new SyncCursor("7/100"));
  private static final RemoteFolder TRASH = ScriptedImap.folder("Trash", FolderRole.TRASH);
  private static final Instant RECEIVED = Instant.parse("2024-02-29T23:04:05Z");
  private static final Pattern LITERAL = Pattern.compile("(.*?)(~?)\\{(\\d+)(\\+?)\\}");

  /** Receipts by index; "?" without an id. */
  private final Map<Integer, String> receipts = new TreeMap<>();
  /** What the server was given, in order. */
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> words = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** A body that may be less, or other, than it says. */
  private record Content(long sizeInBytes, byte[] octets, boolean broken) implements Body {
    static Content of(String text) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return new Content(octets.length, octets, false);
    }

    @Override
    public BodyState state() {
      return BodyState.WHOLE;
    }

    @Override
    public InputStream open() {
      InputStream in = new ByteArrayInputStream(octets);
      return !broken ? in : new SequenceInputStream(in, new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("the disk is damaged");
        }
      });
    }
  }

  private static Upload upload(String text, String... flags) {
    return new Upload(Content.of(text), Flags.parse(List.of(flags)), RECEIVED);
  }

  private static List<Upload> uploads(int count) {
    return IntStream.range(0, count).mapToObj(i -> upload("Subject: " + i + "\r\n\r\n")).toList();
  }

  private void append(Backend backend, List<Upload> messages) throws MailException {
    append(backend, CURSOR, messages);
  }

  private void append(Backend backend, Optional<SyncCursor> cursor, List<Upload> messages) throws MailException {
    backend.append(TRASH, cursor, messages, (index, id) -> receipts.put(index, id.map(RemoteId::value).orElse("?")), new NullProgressMonitor());
  }

  /** Takes what one APPEND brings. @return how many messages; -1 if it was refused in the middle */
  private int take(Dialogue dialogue, String command) throws IOException {
    String line = command;
    int count = 0;
    for (Matcher literal = LITERAL.matcher(line); literal.matches(); literal = LITERAL.matcher(line)) {
      words.add(literal.group(1) + literal.group(2));
      if (literal.group(4).isEmpty()) {
        asked.incrementAndGet();
        dialogue.reply("+ go on");
      }
      taken.add(dialogue.octets(Integer.parseInt(literal.group(3))));
      count++;
      line = dialogue.line();
    }
    assertEquals("", line);
    return count;
  }

  /** A server that takes everything and gives UIDs from 101 on. */
  private ScriptedImap taking(String capabilities) {
    return new ScriptedImap(capabilities).on("APPEND .*", (dialogue, command) -> {
      int from = 101 + taken.size();
      int count = take(dialogue, command);
      dialogue.reply("%t OK [APPENDUID 7 " + (count == 1 ? from : from + ":" + (from + count - 1)) + "] done");
    });
  }

  @Test
  void trap58FlagsAndTheTimeOfReceiptGoAlong() throws Exception {
    try (var server = taking("LITERAL+ UIDPLUS"); Backend backend = server.signIn()) {
      append(backend, List.of(upload("a", "\\Seen", "\\Recent", "$Forwarded", "later", "b\"d"), upload("b")));

      assertEquals(List.of("APPEND \"Trash\" (\\Seen $Forwarded later) \"29-Feb-2024 23:04:05 +0000\" ",
          "APPEND \"Trash\" \"29-Feb-2024 23:04:05 +0000\" "), words);
      assertEquals(List.of("a", "b"), taken);
      assertEquals(Map.of(0, "101", 1, "102"), receipts);
    }
  }

  @Test
  void trap58TimesThatServersStumbleOverAreMadeSafe() {
    assertEquals("\"02-Jan-1970 00:00:00 +0000\"", InternalDate.quoted(Instant.parse("1904-01-01T00:00:00Z")));
    assertEquals("\"02-Jan-1970 00:00:00 +0000\"", InternalDate.quoted(Instant.MIN));
    assertEquals("\"18-Jan-2038 00:00:00 +0000\"", InternalDate.quoted(Instant.parse("9999-12-31T23:59:59Z")));
    assertEquals("\"18-Jan-2038 00:00:00 +0000\"", InternalDate.quoted(Instant.MAX));
    assertEquals("\"05-Sep-1999 01:02:03 +0000\"", InternalDate.quoted(Instant.parse("1999-09-05T03:02:03.7+02:00")));
    assertEquals(Instant.parse("1999-09-05T01:02:03Z"), FetchItems.date(InternalDate.quoted(Instant.parse("1999-09-05T01:02:03Z")).replace("\"", "")));
  }

  @Test
  void literalsAreAskedForWhereTheyMustBe() throws Exception {
    List<Upload> messages = List.of(upload("x".repeat(4_096)), upload("y".repeat(4_097)), upload("z"));

    try (var server = taking(""); Backend backend = server.signIn()) {
      append(backend, messages);
      assertEquals(3, asked.getAndSet(0));
    }
    try (var server = taking("LITERAL-"); Backend backend = server.signIn()) {
      append(backend, messages);
      assertEquals(1, asked.getAndSet(0));
    }
    try (var server = taking("LITERAL+"); Backend backend = server.signIn()) {
      append(backend, messages);
      assertEquals(0, asked.get());
    }
    assertEquals(9, taken.size());
  }

  @Test
  void commandsDoNotWaitForTheAnswersOfThoseBefore() throws Exception {
    // Answers only when fifty are there: a client that waits for each would wait for ever.
    var held = new ArrayList<String>();
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS").on("APPEND .*", (dialogue, command) -> {
      take(dialogue, command);
      held.add(dialogue.tag() + " OK [APPENDUID 7 " + (100 + taken.size()) + "] done");
      if (held.size() == 50) {
        dialogue.reply(held.toArray(String[]::new));
        held.clear();
      }
    }); Backend backend = server.signIn()) {
      append(backend, uploads(200));

      assertEquals(200, receipts.size());
      assertEquals("300", receipts.get(199));
    }
  }

  @Test
  void manyGoWithOneCommandWhereTheServerCan() throws Exception {
    try (var server = taking("LITERAL+ UIDPLUS MULTIAPPEND"); Backend backend = server.signIn()) {
      append(backend, uploads(250));

      assertEquals(3, words.stream().filter(w -> w.startsWith("APPEND")).count());
      assertEquals(IntStream.range(0, 250).boxed().toList(), List.copyOf(receipts.keySet()));
      assertEquals("350", receipts.get(249));
      assertEquals("Subject: 249\r\n\r\n", taken.get(249));
    }
  }

  @Test
  void manyLargeMessagesAreNoOneCommand() throws Exception {
    String large = "x".repeat(400_000);
    try (var server = taking("LITERAL+ UIDPLUS MULTIAPPEND"); Backend backend = server.signIn()) {
      append(backend, List.of(upload(large), upload(large), upload(large), upload("y".repeat(2_000_000)), upload("z")));

      assertEquals(4, words.stream().filter(w -> w.startsWith("APPEND")).count());
      assertEquals(List.of(400_000, 400_000, 400_000, 2_000_000, 1), taken.stream().map(String::length).toList());
    }
  }

  @Test
  void whenOneOfManyIsRefusedTheOthersAreNot() throws Exception {
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS MULTIAPPEND").on("APPEND .*", (dialogue, command) -> {
      int before = taken.size();
      take(dialogue, command);
      boolean bad = taken.subList(before, taken.size()).stream().anyMatch(text -> text.contains("Subject: 3"));
      dialogue.reply(bad ? "%t NO I do not like one of these" : "%t OK [APPENDUID 7 " + (100 + taken.size()) + "] done");
    }); Backend backend = server.signIn()) {
      var refused = assertThrows(MailException.Refused.class, () -> append(backend, uploads(6)));

      assertEquals("I do not like one of these", refused.serverText());
      assertEquals(List.of(0, 1, 2, 4, 5), List.copyOf(receipts.keySet()));
      assertTrue(backend.alive());
    }
  }

  @Test
  void aReceiptOfAnotherNumberingOrOfAnotherCountIsToldWithoutAnId() throws Exception {
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS").on("APPEND .*", (dialogue, command) -> {
      take(dialogue, command);
      dialogue.reply(switch (taken.size()) {
        case 1 -> "%t OK [APPENDUID 8 101] done";
        case 2 -> "%t OK [APPENDUID 7 101:102] done";
        case 3 -> "%t OK [APPENDUID 7] done";
        case 4 -> "%t OK done";
        default -> "%t OK [APPENDUID 7 99] done";
      });
    }); Backend backend = server.signIn()) {
      append(backend, uploads(5));
      assertEquals(Map.of(0, "?", 1, "?", 2, "?", 3, "?", 4, "99"), receipts);

      append(backend, Optional.empty(), uploads(1));
      assertEquals("?", receipts.get(0)); // Nobody knows of what numbering that is.
    }
  }

  @Test
  void whatTheServerWillNotHaveIsRefusedAndTheConnectionStays() throws Exception {
    for (String why : List.of("NO [TRYCREATE] no such mailbox", "NO [OVERQUOTA] full", "NO [TOOBIG] too big", "BAD no")) {
      for (String capabilities : List.of("", "LITERAL+", "LITERAL+ MULTIAPPEND")) {
        try (var server = new ScriptedImap(capabilities).on("APPEND .*", (dialogue, command) -> {
          if (!capabilities.isEmpty()) {
            take(dialogue, command);
          }
          dialogue.reply("%t " + why);
        }); Backend backend = server.signIn()) {
          assertThrows(MailException.Refused.class, () -> append(backend, uploads(3)), why + " " + capabilities);
          assertTrue(backend.alive());
        }
      }
    }
    assertEquals(Map.of(), receipts);
  }

  @Test
  void aServerAtItsLimitIsBusy() throws Exception {
    try (var server = new ScriptedImap("").on("APPEND .*", "%t NO [LIMIT] that is enough for today"); Backend backend = server.signIn()) {
      assertThrows(MailException.Busy.class, () -> append(backend, uploads(3)));
    }
  }

  @Test
  void aMessageBeyondAppendlimitIsNotSentAndThoseBeforeItAre() throws Exception {
    try (var server = taking("LITERAL+ UIDPLUS APPENDLIMIT=20"); Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> append(backend, List.of(upload("a"), upload("b".repeat(21)), upload("c"))));
      assertEquals(Map.of(0, "101"), receipts);
      assertEquals(List.of("a"), taken);
    }
    try (var server = taking("LITERAL+ UIDPLUS APPENDLIMIT").on("STATUS \"Trash\" \\(APPENDLIMIT\\)", "* STATUS Trash (APPENDLIMIT 1500000)", "%t OK");
        Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> append(backend, List.of(upload("b".repeat(1_500_001)))));
      append(backend, List.of(upload("b".repeat(1_500_000))));
    }
  }

  @Test
  void keywordsOfAMailboxThatKeepsNoneStayHere() throws Exception {
    try (var server = new ScriptedImap("LITERAL+").on("APPEND .*", (dialogue, command) -> {
      take(dialogue, command);
      dialogue.reply(command.contains("$") ? "%t NO no keywords here" : "%t OK");
    }); Backend backend = server.signIn()) {
      append(backend, List.of(upload("a", "\\Seen", "$Forwarded")));

      assertEquals(Map.of(0, "?"), receipts);
      assertTrue(words.get(1).contains("(\\Seen)"), words.toString());
    }
  }

  @Test
  void whatPermanentFlagsLeavesOutIsNotSent() throws Exception {
    RemoteFolder inbox = ScriptedImap.INBOX;
    try (var server = taking("LITERAL+").on("SELECT .*", "* 0 EXISTS", "* OK [UIDVALIDITY 7] x", "* OK [PERMANENTFLAGS (\\Seen)] x", "%t OK");
        Backend backend = server.signIn()) {
      backend.find(inbox, "<a@example.org>", new NullProgressMonitor());
      backend.append(inbox, CURSOR, List.of(upload("a", "\\Seen", "\\Flagged", "$Forwarded")), (index, id) -> receipts.put(index, ""), new NullProgressMonitor());

      assertEquals(List.of("APPEND \"INBOX\" (\\Seen) \"29-Feb-2024 23:04:05 +0000\" "), words);
    }
  }

  @Test
  void nulsGoInALiteralThatMayHoldThemOrNotAtAll() throws Exception {
    try (var server = taking("LITERAL+ BINARY"); Backend backend = server.signIn()) {
      append(backend, List.of(upload("a\0b")));
      assertTrue(words.get(0).endsWith("~"), words.toString());
    }
    try (var server = taking("LITERAL+"); Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> append(backend, List.of(upload("a"), upload("a\0b"))));
      assertEquals(List.of("a\0b", "a"), taken);
    }
  }

  @Test
  void contentThatCannotBeReadIsNeverSentInHalf() throws Exception {
    byte[] text = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
    for (Content content : List.of(new Content(300_000, text, true), new Content(300_001, text, false), new Content(299_999, text, false),
        new Content(100, "short".getBytes(StandardCharsets.UTF_8), false), new Content(5, "short".getBytes(StandardCharsets.UTF_8), true))) {
      taken.clear();
      receipts.clear();
      try (var server = taking("LITERAL+ UIDPLUS MULTIAPPEND"); Backend backend = server.signIn()) {
        assertThrows(MailException.Malformed.class, () -> append(backend, List.of(upload("a"), new Upload(content, Flags.NONE, RECEIVED), upload("c"))));

        assertEquals(Map.of(0, "101"), receipts);
        assertEquals(List.of("a"), taken);
        assertFalse(backend.alive());
      }
    }
  }

  @Test
  void contentThatIsLostWhileItIsSentEndsTheConnection() throws Exception {
    var opened = new AtomicInteger();
    byte[] text = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
    Body vanishing = new Body() {
      @Override
      public long sizeInBytes() {
        return text.length;
      }

      @Override
      public BodyState state() {
        return BodyState.WHOLE;
      }

      @Override
      public InputStream open() {
        return new Content(text.length, text, opened.getAndIncrement() > 0).open();
      }
    };
    try (var server = taking("LITERAL+ UIDPLUS"); Backend backend = server.signIn()) {
      assertThrows(MailException.Malformed.class, () -> append(backend, List.of(new Upload(vanishing, Flags.NONE, RECEIVED))));
      assertFalse(backend.alive());
      assertEquals(Map.of(), receipts);
    }
  }

  @Test
  void whatWasReceiptedBeforeABreakIsKnown() throws Exception {
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS").on("APPEND .*", (dialogue, command) -> {
      take(dialogue, command);
      if (taken.size() == 3) {
        dialogue.close();
      } else {
        dialogue.reply("%t OK [APPENDUID 7 " + taken.size() + "] done");
      }
    }); Backend backend = server.signIn()) {
      assertThrows(MailException.Unreachable.class, () -> append(backend, uploads(5)));

      assertTrue(Map.of(0, "1", 1, "2").entrySet().containsAll(receipts.entrySet()), receipts.toString());
      assertFalse(backend.alive());
    }
  }

  @Test
  void cancellingEndsItBetweenTwoMessages() throws Exception {
    var monitor = new NullProgressMonitor();
    try (var server = taking("UIDPLUS"); Backend backend = server.signIn()) {
      assertThrows(OperationCanceledException.class, () -> backend.append(TRASH, CURSOR, uploads(500), (index, id) -> {
        receipts.put(index, "");
        monitor.setCanceled(index == 10);
      }, monitor));
      assertTrue(taken.size() < 400, () -> taken.size() + " were sent");
    }
  }

  @Test
  void theMonitorIsWorkedByMessages() throws Exception {
    var worked = new AtomicInteger();
    try (var server = taking("LITERAL+ MULTIAPPEND"); Backend backend = server.signIn()) {
      backend.append(TRASH, CURSOR, uploads(120), (index, id) -> { }, new NullProgressMonitor() {
        @Override
        public void worked(int work) {
          worked.addAndGet(work);
        }
      });
      assertEquals(120, worked.get());
    }
  }

  @Test
  void namesThatNeedALiteralHaveOne() throws Exception {
    RemoteFolder raw = ScriptedImap.folder("gr\u00c3\u00bcn", FolderRole.NONE);
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS").on("APPEND \\{5\\+\\}", (dialogue, command) -> {
      assertEquals("gr\u00c3\u00bcn", dialogue.octets(5));
      take(dialogue, dialogue.line());
      dialogue.reply("%t OK");
    }); Backend backend = server.signIn()) {
      backend.append(raw, CURSOR, uploads(1), (index, id) -> receipts.put(index, ""), new NullProgressMonitor());
      assertEquals(1, receipts.size());
      server.server().verify();
    }
  }

  @Test
  void receiptsOfSeveralArePairedAsTheyAreWritten() throws Exception {
    try (var server = new ScriptedImap("LITERAL+ UIDPLUS MULTIAPPEND").on("APPEND .*", (dialogue, command) -> {
      take(dialogue, command);
      dialogue.reply("%t OK [APPENDUID 7 11:12,20] done");
    }); Backend backend = server.signIn()) {
      append(backend, uploads(3));
      assertEquals(List.of("11", "12", "20"), List.copyOf(receipts.values()));
    }
  }
}
