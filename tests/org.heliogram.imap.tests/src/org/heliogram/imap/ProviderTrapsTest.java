/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
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

/** What providers do in their own ways: Gmail's labels, Zimbra's read-only mailboxes, Exchange's character sets. */
@Timeout(30)
class ProviderTrapsTest {
  private static final SyncCursor CURSOR = new SyncCursor("7/100");
  private static final FlagChange READ = new FlagChange(Flags.of(Flag.SEEN), Flags.NONE);
  private static final String GMAIL = "UIDPLUS MOVE X-GM-EXT-1 SPECIAL-USE LIST-EXTENDED";

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static List<RemoteId> ids(long... uids) {
    var ids = new ArrayList<RemoteId>();
    for (long uid : uids) {
      ids.add(RemoteId.of(uid));
    }
    return ids;
  }

  private static List<String> commands(ScriptedImap server, String regex) {
    return server.server().received().stream().map(line -> line.substring(line.indexOf(' ') + 1)).filter(line -> line.matches(regex)).toList();
  }

  private static RemoteOperation.Store store(Flags add, Flags remove) {
    return new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(3), new FlagChange(add, remove));
  }

  private static Flags keywords(String... names) {
    return Flags.parse(List.of(names));
  }

  @Test
  void trap27KeywordsAreOneInWhateverCaseAndOddOnesAreReadAndTakenAway() throws Exception {
    try (var server = new ScriptedImap("").selects(2, 100).on("UID FETCH 1:\\* .*",
        "* 1 FETCH (UID 3 FLAGS (\\Seen $Label1 $LABEL1 foo] &AOk- \\unknown))", "* 2 FETCH (FLAGS () UID 4)", "%t OK").on("UID STORE .*", "%t OK");
        Backend backend = server.signIn()) {
      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());
      Flags told = news.states().get(1).flags().orElseThrow();

      assertEquals(keywords("\\Seen", "$label1", "foo]", "&AOk-"), told);
      assertEquals(3, told.keywords().size());
      backend.perform(store(Flags.NONE, keywords("foo]")), monitor());
      backend.perform(store(keywords("$LABEL1"), Flags.NONE), monitor());
      assertEquals(List.of("UID STORE 3 -FLAGS.SILENT (foo])", "UID STORE 3 +FLAGS.SILENT ($LABEL1)"), commands(server, "UID STORE .*"));
    }
  }

  @Test
  void trap27AKeywordThatCannotBeWrittenIsRefusedAndNotForgotten() throws Exception {
    try (var server = new ScriptedImap("").selects(2, 100).on("UID STORE .*", "%t OK"); Backend backend = server.signIn()) {
      for (String odd : List.of("two words", "gr\u00fcn", "a(b", "\"", "x\r\nh9 DELETE INBOX")) {
        assertThrows(MailException.Refused.class, () -> backend.perform(store(keywords(odd), Flags.NONE), monitor()), odd);
      }
      assertEquals(List.of(), commands(server, "UID STORE .*|.*DELETE.*"));
    }
  }

  /** Opens it read-only some times. */
  private static ScriptedImap.Answer readOnly(int times) {
    var left = new AtomicInteger(times);
    return (dialogue, command) -> dialogue.reply("* 3 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 100] ok",
        left.getAndDecrement() > 0 ? "%t OK [READ-ONLY] for now" : "%t OK [READ-WRITE] done");
  }

  @Test
  void trap40AMailboxThatIsReadOnlyForOnceIsOpenedAgain() throws Exception {
    try (var server = new ScriptedImap("").on("SELECT .*", readOnly(1)).on("UID STORE .*", "%t OK"); Backend backend = server.signIn()) {
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(3), READ), monitor());

      assertEquals(List.of("SELECT \"INBOX\"", "SELECT \"INBOX\"", "UID STORE 3 +FLAGS.SILENT (\\Seen)"), commands(server, "(SELECT|UID STORE) .*"));
    }
  }

  @Test
  void trap40AMailboxThatStaysReadOnlyIsSaidToBeAndIsNotWrittenTo() throws Exception {
    try (var server = new ScriptedImap("UIDPLUS MOVE").on("SELECT .*", readOnly(100)).on("UID COPY .*", "%t OK"); Backend backend = server.signIn()) {
      for (RemoteOperation change : List.of(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(3), READ),
          new RemoteOperation.Expunge(ScriptedImap.INBOX, CURSOR, ids(3)),
          new RemoteOperation.Move(ScriptedImap.INBOX, CURSOR, ids(3), ScriptedImap.folder("Trash", FolderRole.TRASH)))) {
        assertEquals("READ-ONLY", assertThrows(MailException.Refused.class, () -> backend.perform(change, monitor())).serverText());
      }
      backend.perform(new RemoteOperation.Copy(ScriptedImap.INBOX, CURSOR, ids(3), ScriptedImap.folder("Archive", FolderRole.ARCHIVE)), monitor());

      assertEquals(List.of("UID COPY 3 \"Archive\""), commands(server, "UID .*"));
    }
  }

  @Test
  void trap40WhatAServerRefusesBecauseItForgotThatItIsOpenForWritingIsTriedOnceMore() throws Exception {
    var refusals = new AtomicInteger(1);
    try (var server = new ScriptedImap("").selects(3, 100).on("UID STORE .*",
        (dialogue, command) -> dialogue.reply(refusals.getAndDecrement() > 0 ? "%t NO mailbox selected READ-ONLY" : "%t OK")); // Zimbra
        Backend backend = server.signIn()) {
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(3), READ), monitor());
      refusals.set(2);
      assertThrows(MailException.Refused.class,
          () -> backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, CURSOR, ids(3), READ), monitor()));

      assertEquals(4, commands(server, "UID STORE .*").size());
    }
  }

  private static ScriptedImap gmail() {
    return new ScriptedImap(GMAIL).selects(3, 100).on("LIST .*", "* LIST (\\HasNoChildren) \"/\" \"INBOX\"",
        "* LIST (\\HasNoChildren \\All) \"/\" \"[Gmail]/All Mail\"", "* LIST (\\HasNoChildren \\Trash) \"/\" \"[Gmail]/Bin\"", "%t OK")
        .on("SELECT \".*Bin\"", "* 1 EXISTS", "* OK [UIDVALIDITY 9] ok", "* OK [UIDNEXT 60] ok", "%t OK [READ-WRITE] done")
        .on("UID (STORE|EXPUNGE) .*", "%t OK");
  }

  @Test
  void trap52WhatIsDeletedForGoodAtGmailGoesByTheTrash() throws Exception {
    try (var server = gmail().on("UID MOVE .*", "* OK [COPYUID 9 3:4 51:52] moved", "* 3 EXPUNGE", "* 3 EXPUNGE", "%t OK");
        Backend backend = server.signIn()) {
      Map<RemoteId, RemoteId> receipt = backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, CURSOR, ids(3, 4)), monitor());

      assertEquals(Map.of(), receipt);
      assertEquals(List.of("SELECT \"INBOX\"", "UID MOVE 3:4 \"[Gmail]/Bin\"", "SELECT \"[Gmail]/Bin\"", "UID STORE 51:52 +FLAGS.SILENT (\\Deleted)",
          "UID EXPUNGE 51:52"), commands(server, "(SELECT|UID) .*"));
    }
  }

  @Test
  void trap52WithoutAReceiptOrWithAnothersTheTrashIsLeftAlone() throws Exception {
    for (String said : List.of("* OK moved", "* OK [COPYUID 8 3 51] moved", "* OK [COPYUID 9 3 51:52] moved")) {
      try (var server = gmail().on("UID MOVE .*", said, "%t OK"); Backend backend = server.signIn()) {
        backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, CURSOR, ids(3)), monitor());

        assertEquals(List.of(), commands(server, "UID (STORE|EXPUNGE) .*"), said);
      }
    }
  }

  @Test
  void trap52InTheTrashAndAfterAMoveOnlyTheFolderIsCleared() throws Exception {
    try (var server = gmail().on("SELECT .*", "* 3 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 100] ok", "%t OK [READ-WRITE] done");
        Backend backend = server.signIn()) {
      for (FolderRole role : List.of(FolderRole.TRASH, FolderRole.JUNK)) {
        backend.perform(new RemoteOperation.Expunge(ScriptedImap.folder("Bin", role), CURSOR, ids(3)), monitor());
      }
      // The Trash would take it from the folder it was moved to as well.
      backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, CURSOR, ids(3), true), monitor());

      assertEquals(Set.of("UID STORE 3 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 3"), Set.copyOf(commands(server, "UID .*")));
      assertEquals(6, commands(server, "UID .*").size());
    }
  }

  @Test
  void trap52WithoutATrashNothingIsDoneAndItIsSaid() throws Exception {
    try (var server = gmail().on("LIST .*", "* LIST () \"/\" INBOX", "%t OK"); Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class, () -> backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, CURSOR, ids(3)), monitor()));
      assertEquals(List.of(), commands(server, "UID .*"));
    }
  }

  private static void found(ScriptedImap.Answer answer, String id) throws Exception {
    byte[] header = ("Message-ID: " + id + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    RemoteFolder sent = ScriptedImap.folder("Sent", FolderRole.SENT);
    try (var server = new ScriptedImap("LITERAL+").selects(3, 100).on("UID SEARCH .*", answer).on("UID FETCH 1:\\* .*", (dialogue, command) -> dialogue
        .reply("* 3 FETCH (UID 42 BODY[HEADER.FIELDS (MESSAGE-ID)] {" + header.length + '}').send(header).reply(")", "%t OK"));
        Backend backend = server.signIn()) {
      assertEquals(ids(42), backend.find(sent, id, monitor()));
      assertEquals(List.of(), commands(server, ".*CHARSET.*"));
    }
  }

  @Test
  void trap74NoSearchNamesACharacterSetAndARefusedOneIsDoneByHand() throws Exception {
    found((dialogue, command) -> dialogue.reply("%t NO [BADCHARSET (US-ASCII)] no"), "<1@example.org>");
    found((dialogue, command) -> dialogue.reply("%t BAD no such thing"), "<2@example.org>");
    found((dialogue, command) -> {
      dialogue.line();
      dialogue.reply("%t NO [BADCHARSET] 8 bits");
    }, "<gr\u00fcn@example.org>");
  }
}
