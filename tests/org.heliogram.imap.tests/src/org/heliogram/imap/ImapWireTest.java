/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, and what becomes of servers' oddities. */
@Timeout(30)
class ImapWireTest {
  private static final SyncCursor CURSOR = new SyncCursor("7/100");
  private static final RemoteFolder TRASH = ScriptedImap.folder("Trash", FolderRole.TRASH);

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static List<RemoteId> ids(long... uids) {
    return Arrays.stream(uids).mapToObj(RemoteId::of).toList();
  }

  private static List<String> commands(ScriptedImap server, String beginning) {
    return server.server().received().stream().map(line -> line.substring(line.indexOf(' ') + 1)).filter(line -> line.startsWith(beginning)).toList();
  }

  private static List<String> listing(News news) {
    return news.states().stream().map(state -> state.id().value()).toList();
  }

  @Test
  void foldersOfAllKindsAreListed() throws Exception {
    try (var server = new ScriptedImap("SPECIAL-USE LIST-EXTENDED").on("LIST .*",
        "* LIST (\\HasNoChildren) NIL inbox",
        "* LIST (\\Noselect) \"/\" \"\"",
        "* LIST (\\HasNoChildren) \".\" \"Gel&APY-scht.alt\"",
        "* LIST (\\Noselect \\HasChildren) \".\" Lists",
        "* LIST (\\NonExistent \\Subscribed) \".\" Lists.gone",
        "* LIST () \".\" \"with/slash 100%\"",
        "* LIST () \".\" \"&AAA\"",
        "* LIST () \".\" {7}\r\na\r\nb \"c",
        "* LIST () \"/\" \"../../etc\"",
        "* LIST (\\Sent) \".\" \"Sent Messages\"",
        "* LIST () \".\" Gesendet",
        "* LIST () \".\" Papierkorb",
        "%t OK done"); Backend backend = server.signIn()) {

      Map<String, RemoteFolder> folders = backend.folders(monitor()).stream().collect(Collectors.toMap(RemoteFolder::name, f -> f));

      assertEquals(FolderRole.INBOX, folders.get("inbox").role());
      assertEquals("INBOX", folders.get("inbox").path().text());
      assertEquals(List.of("Gel\u00f6scht", "alt"), folders.get("Gel&APY-scht.alt").path().segments());
      assertFalse(folders.get("Gel&APY-scht").selectable()); // a parent the server does not list
      assertFalse(folders.get("Lists").selectable());
      assertFalse(folders.get("Lists.gone").selectable());
      assertEquals(List.of("with/slash 100%"), folders.get("with/slash 100%").path().segments());
      assertEquals(List.of("&AAA"), folders.get("&AAA").path().segments());
      assertEquals(List.of("a\ufffd\ufffdb \"c"), folders.get("a\r\nb \"c").path().segments());
      assertEquals(List.of("..", "..", "etc"), folders.get("../../etc").path().segments());
      assertEquals(FolderRole.SENT, folders.get("Sent Messages").role());
      assertEquals(FolderRole.NONE, folders.get("Gesendet").role());
      assertEquals(FolderRole.TRASH, folders.get("Papierkorb").role());
      assertFalse(folders.containsKey(""));
      assertEquals(List.of("LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)"), commands(server, "LIST"));
    }
  }

  @Test
  void aServerThatCannotDoWhatItSaysIsAskedPlainly() throws Exception {
    try (var server = new ScriptedImap("SPECIAL-USE LIST-EXTENDED").on("LIST .*", "* LIST () \"/\" INBOX", "%t OK").on("LIST .*RETURN.*", "%t BAD what?");
        Backend backend = server.signIn()) {
      assertEquals(1, backend.folders(monitor()).size());
    }
  }

  @Test
  void namesGoBackAsTheyCame() throws Exception {
    RemoteFolder odd = ScriptedImap.folder("a\"b\\c&APY-", FolderRole.NONE);
    RemoteFolder raw = ScriptedImap.folder("gr\u00c3\u00bcn", FolderRole.NONE);
    try (var server = new ScriptedImap("").selects(0, 1).on("SELECT \\{5\\}", (dialogue, command) -> {
      dialogue.reply("+ go");
      assertEquals("gr\u00c3\u00bcn", dialogue.line());
      dialogue.reply("* OK [UIDVALIDITY 7] x", "%t OK");
    }); Backend backend = server.signIn()) {
      backend.news(odd, Known.NOTHING, monitor());
      backend.news(raw, Known.NOTHING, monitor());
      assertEquals("SELECT \"a\\\"b\\\\c&APY-\"", commands(server, "SELECT").get(0));
      server.server().verify();
    }
  }

  @Test
  void newsAreListedNewestFirstWithFlags() throws Exception {
    try (var server = new ScriptedImap("UIDPLUS").selects(3, 12).on("UID FETCH 1:\\* .*", "* 1 FETCH (FLAGS (\\Seen \\Recent) UID 3)",
        "* 3 FETCH (UID 11 FLAGS ($Forwarded \\Deleted work) MODSEQ (5))", "* 2 FETCH (UID 7 FLAGS ())", "%t OK"); Backend backend = server.signIn()) {

      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());

      assertEquals(List.of("11", "7", "3"), listing(news));
      assertEquals(Optional.of(Flags.parse(List.of("\\Seen"))), news.states().get(2).flags());
      assertEquals(Optional.of(Flags.parse(List.of("$Forwarded", "\\Deleted", "work"))), news.states().get(0).flags());
      assertTrue(news.complete());
      assertEquals("7/12", news.cursor().value());
      assertEquals(java.util.Set.of(Feature.FLAGS, Feature.FOLDERS, Feature.PARTS, Feature.RECEIPTS), backend.features());
    }
  }

  @Test
  void anEmptyFolderIsNotAskedForItsMessages() throws Exception {
    try (var server = new ScriptedImap("").selects(0, 12); Backend backend = server.signIn()) {
      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());
      assertTrue(news.complete() && news.states().isEmpty());
      assertEquals(List.of(), commands(server, "UID"));
    }
  }

  @Test
  void aShortListingIsAskedForAgainAndOtherwiseNotTrusted() throws Exception {
    String[] first = {"* 1 FETCH (UID 3 FLAGS ())", "%t OK"};
    try (var server = new ScriptedImap("").selects(2, 12).on("UID FETCH.*", (dialogue, command) -> dialogue.reply(first))
        .on("UID SEARCH ALL", "* SEARCH 3", "%t OK"); Backend backend = server.signIn()) {

      News doubtful = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());
      server.on("UID SEARCH ALL", "* SEARCH 9 3", "%t OK");
      News complete = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());

      assertFalse(doubtful.complete());
      assertEquals(List.of("3"), listing(doubtful));
      assertTrue(complete.complete());
      assertEquals(List.of("9", "3"), listing(complete));
      assertEquals(Optional.empty(), complete.states().get(0).flags());
      assertEquals(2, commands(server, "NOOP").size());
    }
  }

  @Test
  void aFolderThatShrinksMuchIsLookedAtTwice() throws Exception {
    Map<RemoteId, Flags> known = new HashMap<>();
    LongStream.rangeClosed(1, 200).forEach(uid -> known.put(RemoteId.of(uid), Flags.NONE));
    try (var server = new ScriptedImap("").selects(0, 201).on("UID SEARCH ALL", "* SEARCH 1 2 3", "%t OK"); Backend backend = server.signIn()) {

      News news = backend.news(ScriptedImap.INBOX, Known.of(Optional.of(new SyncCursor("7/201")), known), monitor());

      assertEquals(List.of("3", "2", "1"), listing(news));
    }
  }

  @Test
  void anotherUidValidityVoidsTheIdsWhicheverIsGreater() throws Exception {
    for (String before : List.of("6/5", "8/5", "nonsense")) {
      try (var server = new ScriptedImap("").selects(0, 5); Backend backend = server.signIn()) {
        News news = backend.news(ScriptedImap.INBOX, Known.of(Optional.of(new SyncCursor(before)), Map.of()), monitor());
        assertTrue(news.renumbered() && news.complete(), before);
      }
    }
  }

  @Test
  void uidNextThatGoesBackwardsIsNotBelievedAtOnce() throws Exception {
    try (var server = new ScriptedImap("").selects(1, 50).on("UID FETCH.*", "* 1 FETCH (UID 3 FLAGS ())", "%t OK"); Backend backend = server.signIn()) {
      News first = backend.news(ScriptedImap.INBOX, Known.of(Optional.of(new SyncCursor("7/60")), Map.of()), monitor());
      News second = backend.news(ScriptedImap.INBOX, Known.of(Optional.of(first.cursor()), Map.of()), monitor());
      server.selects(1, 60);
      News recovered = backend.news(ScriptedImap.INBOX, Known.of(Optional.of(first.cursor()), Map.of()), monitor());

      assertFalse(first.complete() || first.renumbered());
      assertTrue(second.renumbered());
      assertTrue(recovered.complete() && !recovered.renumbered());
      assertEquals("7/60", recovered.cursor().value());
    }
  }

  @Test
  void withoutUidPlusWhatIsMarkedDeletedIsGone() throws Exception {
    try (var server = new ScriptedImap("").selects(2, 12).on("UID FETCH.*", "* 1 FETCH (UID 3 FLAGS (\\Deleted))", "* 2 FETCH (UID 4 FLAGS ())", "%t OK");
        Backend backend = server.signIn()) {
      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());
      assertEquals(List.of("4"), listing(news));
      assertTrue(news.complete());
    }
  }

  @Test
  void trap03AMailboxWhoseIdsEndWithTheSessionIsRefusedAndTheOthersAreNot() throws Exception {
    try (var server = new ScriptedImap("").selects(0, 1).on("SELECT \"INBOX\"", "* 1 EXISTS", "* OK [UIDVALIDITY 7] x", "* NO [UIDNOTSTICKY] ids do not last", "%t OK");
        Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor()));
      assertEquals(List.of(), backend.news(ScriptedImap.folder("Other", FolderRole.NONE), Known.NOTHING, monitor()).states());
    }
  }

  @Test
  void aMailboxWithoutLastingIdsIsAFault() throws Exception {
    try (var server = new ScriptedImap("").on("SELECT.*", "* 1 EXISTS", "%t OK"); Backend backend = server.signIn()) {
      assertThrows(MailException.Malformed.class, () -> backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor()));
    }
  }

  private static String envelope(int number, long uid, String structure) {
    return "* " + number + " FETCH (UID " + uid + " FLAGS () INTERNALDATE \" 1-Jan-2024 00:00:00 +0100\" RFC822.SIZE 10 BODYSTRUCTURE "
        + structure + " BODY[HEADER.FIELDS (DATE)] {8}\r\nA: " + uid % 10 + "\r\n\r\n)";
  }

  private static final String TEXT = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)";

  @Test
  void oneBadMessageCostsNoOther() throws Exception {
    for (String broken : List.of("(((\"text", "(\"text\" \"plain\" (", ")", "NIL NIL", "(\"a\\\")", "(1 2 3 (\"x\"))", "{5}\r\n(((((")) {
      Basket basket = new Basket();
      try (var server = new ScriptedImap("").selects(3, 12)
          .on("UID FETCH 4:6 .*", envelope(1, 4, TEXT), envelope(2, 5, broken), envelope(3, 6, TEXT), "%t OK")
          .on("UID FETCH 5 \\(UID\\)", "* 2 FETCH (UID 5)", "%t OK")
          .on("UID FETCH 5 \\(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE.*", envelope(2, 5, broken), "%t OK")
          .on("UID FETCH 5 \\(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK.*",
              "* 2 FETCH (UID 5 FLAGS (\\Seen) INTERNALDATE \"01-Jan-2024 00:00:00 +0000\" RFC822.SIZE 11 BODY[HEADER.FIELDS (DATE)] \"B: x\")", "%t OK");
          Backend backend = server.signIn()) {
        backend.fetch(ScriptedImap.INBOX, CURSOR, ids(6, 5, 4), Depth.ENVELOPE, basket, monitor());
      }
      assertEquals(ids(6, 5, 4), basket.envelopes.stream().map(m -> m.id()).toList(), broken);
    }
  }

  @Test
  void aMessageTheServerFailsAtIsStillReported() throws Exception {
    Basket basket = new Basket();
    try (var server = new ScriptedImap("").selects(3, 12).on("UID FETCH [456:,]+ \\(UID FLAGS.*", "%t NO [SERVERBUGX] cannot")
        .on("UID FETCH 4:6 \\(UID\\)", "* 1 FETCH (UID 4)", "* 2 FETCH (UID 6)", "%t OK")
        .on("UID FETCH 4 \\(UID FLAGS.*", envelope(1, 4, TEXT), "%t OK"); Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, CURSOR, ids(6, 5, 4), Depth.ENVELOPE, basket, monitor());
    }
    assertEquals(ids(5), basket.gone);
    assertEquals(ids(6, 4), basket.envelopes.stream().map(m -> m.id()).toList());
    assertEquals(0, basket.envelopes.get(0).header().length);
    assertEquals(8, basket.envelopes.get(1).header().length);
  }

  @Test
  void attachmentsAreSeenInTheStructure() throws Exception {
    String attached = "(" + TEXT + "(\"application\" \"pdf\" (\"name\" \"a.pdf\") NIL NIL \"base64\" 100 NIL (\"attachment\" (\"filename\" \"a.pdf\")) NIL NIL) \"mixed\")";
    String alternative = "(" + TEXT + "(\"text\" \"html\" NIL NIL NIL \"7bit\" 1 1) \"alternative\")";
    String picture = "((" + TEXT + "(\"text\" \"html\" NIL NIL NIL \"7bit\" 1 1) \"alternative\")(\"image\" \"png\" NIL \"<x>\" NIL \"base64\" 9) \"related\")";
    Basket basket = new Basket();
    try (var server = new ScriptedImap("").selects(4, 12).on("UID FETCH .*", envelope(1, 1, TEXT), envelope(2, 2, attached),
        envelope(3, 3, alternative), envelope(4, 4, picture), "%t OK"); Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, CURSOR, ids(1, 2, 3, 4), Depth.ENVELOPE, basket, monitor());
    }
    assertEquals(List.of(false, true, false, false), basket.envelopes.stream().map(m -> m.attachments()).toList());
    assertEquals(java.time.Instant.parse("2023-12-31T23:00:00Z"), basket.envelopes.get(0).received());
  }

  private static ScriptedImap bodies(int size) {
    return new ScriptedImap("").selects(1, 12).on("UID FETCH 5 \\(UID RFC822.SIZE.*",
        "* 1 FETCH (UID 5 RFC822.SIZE " + size + " INTERNALDATE \"01-Jan-2024 00:00:00 +0000\")", "%t OK").on("UID FETCH 5 \\(UID\\)", "* 1 FETCH (UID 5)", "%t OK");
  }

  private static Basket fetchBody(ScriptedImap server) throws Exception {
    Basket basket = new Basket();
    try (Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, CURSOR, ids(5), Depth.WHOLE, basket, monitor());
      assertTrue(backend.alive());
    }
    return basket;
  }

  @Test
  void trap19AServerThatLiesAboutSizesIsAskedTwiceAndBelieved() throws Exception {
    try (var server = bodies(100).on("UID FETCH 5 \\(BODY.PEEK.*", "* 1 FETCH (UID 5 BODY[] {5}\r\nhello)", "%t OK")) {
      assertArrayEquals("hello".getBytes(), fetchBody(server).bodies.get(RemoteId.of(5)));
      assertEquals(2, commands(server, "UID FETCH 5 (BODY").size());
    }
  }

  @Test
  void trap20ATruncatedBodyIsFetchedAgain() throws Exception {
    int[] turn = {0};
    try (var server = bodies(5).on("UID FETCH 5 \\(BODY.PEEK.*",
        (dialogue, command) -> dialogue.reply("* 1 FETCH (UID 5 BODY[] " + (turn[0]++ == 0 ? "{2}\r\nhe)" : "{5}\r\nhello)"), "%t OK"))) {
      Basket basket = fetchBody(server);
      assertTrue(basket.bodies.isEmpty() || Arrays.equals("hello".getBytes(), basket.bodies.get(RemoteId.of(5))));
    }
  }

  @Test
  void trap18WhatExchangeSaysInsteadOfAMessageIsNotTheMessage() throws Exception {
    String fake = "Subject: Retrieval using the IMAP4 protocol failed for the following message: 5\r\n\r\nThe server couldn't";
    try (var server = bodies(10_000).on("UID FETCH 5 \\(BODY.PEEK.*", "* 1 FETCH (UID 5 BODY[] {" + fake.length() + "}\r\n" + fake + ")", "%t OK")) {
      assertTrue(fetchBody(server).bodies.isEmpty());
    }
  }

  @Test
  void trap17OkWithoutABodyIsNotAnEmptyMessage() throws Exception {
    for (String answer : List.of("* 1 FETCH (UID 5 BODY[] NIL)", "* 1 FETCH (UID 5 FLAGS (\\Seen))", "* OK nothing")) {
      try (var server = bodies(10).on("UID FETCH 5 \\(BODY.PEEK.*", answer, "%t OK")) {
        Basket basket = fetchBody(server);
        assertTrue(basket.bodies.isEmpty() && basket.gone.isEmpty(), answer);
      }
    }
  }

  @Test
  void bodiesMayBeAnsweredTogetherAndInStrings() throws Exception {
    Basket basket = new Basket();
    try (var server = new ScriptedImap("").selects(2, 12)
        .on("UID FETCH 5:6 .*", "* 1 FETCH (UID 5 RFC822.SIZE 1 INTERNALDATE \"01-Jan-2024 00:00:00 +0000\")", "* 2 FETCH (RFC822.SIZE 2 INTERNALDATE \"x\" UID 6)", "%t OK")
        .on("UID FETCH 6 \\(BODY.PEEK.*", (dialogue, command) -> {
          String first = dialogue.tag();
          dialogue.command();
          dialogue.reply("* 2 FETCH (UID 6 BODY[] \"66\")", "* 3 EXISTS", "* 1 FETCH (FLAGS (\\Seen) UID 5 BODY[] {1}", "5)", first + " OK", "%t OK");
        }); Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, CURSOR, ids(6, 5), Depth.WHOLE, basket, monitor());
    }
    assertEquals(ids(6, 5), List.copyOf(basket.bodies.keySet()));
    assertArrayEquals("66".getBytes(), basket.bodies.get(RemoteId.of(6)));
  }

  @Test
  void changesNameFlagsAndCompactAscendingSets() throws Exception {
    long[] uids = LongStream.rangeClosed(1, 3_000).map(i -> 4_000_000_000L - i * 2).toArray();
    try (var server = new ScriptedImap("").selects(9, 12).on("UID STORE .*", "%t OK"); Backend backend = server.signIn()) {
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(9, 3, 1, 2, 8), FlagChange.set(Flag.SEEN)), monitor());
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(9), new FlagChange(Flags.parse(List.of("a", "b c")), Flags.of(Flag.FLAGGED))), monitor());
      assertEquals(List.of("UID STORE 1:3,8:9 +FLAGS.SILENT (\\Seen)", "UID STORE 9 +FLAGS.SILENT (a)", "UID STORE 9 -FLAGS.SILENT (\\Flagged)"),
          commands(server, "UID STORE"));
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(uids), FlagChange.set(Flag.SEEN)), monitor());
      List<String> split = commands(server, "UID STORE").stream().skip(3).toList();
      assertTrue(split.size() > 3 && split.stream().allMatch(line -> line.length() < 8_000));
      assertEquals(1, commands(server, "SELECT").size());
    }
  }

  @Test
  void aMoveReadsTheReceiptInWhateverOrder() throws Exception {
    try (var server = new ScriptedImap("UIDPLUS MOVE").selects(9, 12).on("UID MOVE 3:5 \"Trash\"", "* OK [COPYUID 9 5,4,3 12:10] moved", "* 3 EXPUNGE", "%t OK");
        Backend backend = server.signIn()) {
      Map<RemoteId, RemoteId> receipt = backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3, 4, 5), TRASH), monitor());
      assertEquals(Map.of(RemoteId.of(5), RemoteId.of(12), RemoteId.of(4), RemoteId.of(11), RemoteId.of(3), RemoteId.of(10)), receipt);
    }
  }

  @Test
  void receiptsThatDoNotMatchAreNone() throws Exception {
    for (String receipt : List.of("9 3:5 1:2", "9 3:5", "", "9 1:4294967295 1:4294967295", "9 * *", "9 3:5 0:2", "9 30:32 1:3")) {
      try (var server = new ScriptedImap("UIDPLUS MOVE").selects(9, 12).on("UID MOVE.*", "%t OK [COPYUID " + receipt + "] moved"); Backend backend = server.signIn()) {
        assertEquals(Map.of(), backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3, 4, 5), TRASH), monitor()), receipt);
      }
    }
  }

  @Test
  void trap41WithoutMoveOnlyWhatWasCopiedIsRemovedAndNothingElse() throws Exception {
    try (var server = new ScriptedImap("UIDPLUS").selects(9, 12).on("UID FETCH 3:5 \\(UID\\)", "* 1 FETCH (UID 3)", "* 2 FETCH (UID 4)", "%t OK")
        .on("UID COPY 3:4 .*", "%t OK [COPYUID 9 4 77] only one").on("UID STORE .*", "%t OK").on("UID EXPUNGE.*", "%t OK"); Backend backend = server.signIn()) {
      backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3, 4, 5), TRASH), monitor());
      assertEquals(List.of("UID FETCH 3:5 (UID)", "UID COPY 3:4 \"Trash\"", "UID STORE 4 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 4"), commands(server, "UID"));
    }
  }

  @Test
  void withoutUidPlusAMoveIsProvenByTheOtherFolderAndNothingIsExpunged() throws Exception {
    int[] next = {10};
    try (var server = new ScriptedImap("").selects(9, 12).on("UID FETCH 3:5 \\(UID FLAGS\\)", "* 1 FETCH (UID 3)", "* 2 FETCH (UID 4)", "* 3 FETCH (UID 5 FLAGS (\\Deleted))", "%t OK")
        .on("STATUS .*", (dialogue, command) -> dialogue.reply("* STATUS \"Trash\" (UIDNEXT " + next[0] + ")", "%t OK"))
        .on("UID COPY .*", (dialogue, command) -> {
          next[0] += 2;
          dialogue.reply("%t OK");
        }).on("UID STORE .*", "%t OK"); Backend backend = server.signIn()) {
      backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3, 4, 5), TRASH), monitor());
      assertEquals(List.of("UID STORE 3:4 +FLAGS.SILENT (\\Deleted)"), commands(server, "UID STORE"));
      assertEquals(List.of(), commands(server, "UID EXPUNGE"));
      assertEquals(List.of(), commands(server, "EXPUNGE"));
    }
  }

  @Test
  void aCopyWithoutProofLeavesTheOriginals() throws Exception {
    try (var server = new ScriptedImap("").selects(9, 12).on("UID FETCH 3 \\(UID FLAGS\\)", "* 1 FETCH (UID 3)", "%t OK")
        .on("STATUS .*", "* STATUS \"Trash\" (UIDNEXT 10)", "%t OK").on("UID COPY .*", "%t OK"); Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3), TRASH), monitor()));
      assertEquals(List.of(), commands(server, "UID STORE"));
    }
  }

  @Test
  void aRefusalIsInTheServersWordsAndTheConnectionLives() throws Exception {
    for (String answer : List.of("%t NO [TRYCREATE] no such folder", "%t NO [OVERQUOTA] no such folder", "%t BAD no such folder")) {
      try (var server = new ScriptedImap("MOVE UIDPLUS").selects(9, 12).on("UID MOVE.*", answer); Backend backend = server.signIn()) {
        var refused = assertThrows(MailException.Refused.class,
            () -> backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3), TRASH), monitor()));
        assertEquals("no such folder", refused.serverText());
        assertTrue(backend.alive());
      }
    }
  }

  @Test
  void theConnectionThatBreaksAfterTheCommandIsUnreachable() throws Exception {
    try (var server = new ScriptedImap("MOVE UIDPLUS").selects(9, 12).on("UID MOVE.*", (dialogue, command) -> dialogue.close()); Backend backend = server.signIn()) {
      assertThrows(MailException.Unreachable.class, () -> backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3), TRASH), monitor()));
      assertFalse(backend.alive());
    }
  }

  @Test
  void byeInTheMiddleEndsIt() throws Exception {
    try (var server = new ScriptedImap("").selects(9, 12).on("UID FETCH.*", "* BYE shutting down"); Backend backend = server.signIn()) {
      assertThrows(MailException.Unreachable.class, () -> backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor()));
      assertFalse(backend.alive());
    }
  }

  @Test
  void anotherUidValidityStopsAnOperationBeforeItBegins() throws Exception {
    try (var server = new ScriptedImap("").selects(9, 12); Backend backend = server.signIn()) {
      assertThrows(MailException.Stale.class,
          () -> backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, new SyncCursor("8/100"), ids(3)), monitor()));
      assertEquals(List.of(), commands(server, "UID"));
    }
  }

  @Test
  void trap45HitsOfASearchAreComparedAndWithoutHitsTheNewestAreLookedThrough() throws Exception {
    String wanted = "* 1 FETCH (UID 8 BODY[HEADER.FIELDS (MESSAGE-ID)] {25}\r\nMessage-ID:\r\n <a@b.c>\r\n\r\n)";
    String other = "* 2 FETCH (UID 9 BODY[HEADER.FIELDS (MESSAGE-ID)] {25}\r\nMessage-ID: <xa@b.c>\r\n\r\n)";
    try (var server = new ScriptedImap("").selects(9, 1_000).on("UID SEARCH HEADER Message-ID \"<a@b.c>\"", "* SEARCH 9 8", "%t OK")
        .on("UID FETCH 8:9 .*", wanted, other, "%t OK").on("UID FETCH 500:\\* .*", wanted, other, "%t OK"); Backend backend = server.signIn()) {
      assertEquals(ids(8), backend.find(ScriptedImap.INBOX, "<a@b.c>", monitor()));
      server.on("UID SEARCH.*", "%t NO [UNAVAILABLEX] cannot");
      assertEquals(ids(8), backend.find(ScriptedImap.INBOX, "<a@b.c>", monitor()));
    }
  }

  @Test
  void whatOthersChangeInBetweenDoesNoHarm() throws Exception {
    Basket basket = new Basket();
    try (var server = new ScriptedImap("").selects(3, 12).on("UID FETCH .*", "* 2 EXPUNGE", "* 7 FETCH (FLAGS (\\Seen))", "* 0 FETCH (UID 0)",
        "* 99999 FETCH (UID 4294967295 FLAGS ())", "* VANISHED 1:4294967295", envelope(1, 4, TEXT), "* 1 RECENT", "%t OK"); Backend backend = server.signIn()) {
      backend.fetch(ScriptedImap.INBOX, CURSOR, ids(4), Depth.ENVELOPE, basket, monitor());
    }
    assertEquals(1, basket.envelopes.size());
    assertEquals(List.of(), basket.gone);
  }
}
