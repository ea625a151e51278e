/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Right;
import org.junit.jupiter.api.Test;

/** Commands on folders against servers that do what Dovecot does not. */
class FolderCommandsTest {
  private static final RemoteFolder PROJECTS = ScriptedImap.folder("Projects", FolderRole.NONE);

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static List<String> commands(ScriptedImap server) {
    return server.server().received().stream().map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(line -> !line.startsWith("AUTHENTICATE") && !line.equals("CAPABILITY") && !line.equals("LOGOUT")).toList();
  }

  private static FolderCommand.Create create(String... path) {
    return new FolderCommand.Create(Optional.empty(), FolderPath.of(path), FolderRole.NONE);
  }

  private static ScriptedImap flat(String capabilities) {
    return new ScriptedImap(capabilities).on("LIST \"\" \"\"", "* LIST (\\Noselect) \"/\" \"\"", "%t OK").on("LSUB .*", "%t OK")
        .on("(UN)?SUBSCRIBE .*", "%t OK");
  }

  @Test
  void aFolderIsMadeSubscribedAndLookedAt() throws Exception {
    try (var server = flat("").on("CREATE .*", "%t OK").on("LIST \"\" \"Gr&APwA3w-e\"", "* LIST () \"/\" Gr&APwA3w-e", "%t OK");
        Backend backend = server.signIn()) {
      RemoteFolder made = backend.perform(create("Gr\u00fc\u00dfe"), monitor()).orElseThrow();

      assertEquals("Gr&APwA3w-e", made.name());
      assertEquals("Gr\u00fc\u00dfe", made.path().text());
      assertTrue(commands(server).containsAll(List.of("CREATE \"Gr&APwA3w-e\"", "SUBSCRIBE \"Gr&APwA3w-e\"")), commands(server).toString());
    }
  }

  @Test
  void aRefusedFolderThatIsThereIsTheOne() throws Exception {
    try (var server = flat("").on("CREATE .*", "%t NO [ALREADYEXISTS] it exists").on("LIST \"\" \"Projects\"", "* LIST () \"/\" Projects", "%t OK");
        Backend backend = server.signIn()) {
      assertEquals("Projects", backend.perform(create("Projects"), monitor()).orElseThrow().name());
    }
  }

  @Test
  void aRefusedFolderThatIsNotThereIsRefused() throws Exception {
    try (var server = flat("").on("CREATE .*", "%t NO [OVERQUOTA] too many").on("LIST \"\" \"Projects\"", "%t OK"); Backend backend = server.signIn()) {
      assertEquals("too many",
          assertThrows(MailException.Refused.class, () -> backend.perform(create("Projects"), monitor())).serverText());
    }
  }

  @Test
  void aRoleIsAskedForAndDoneWithoutWhereTheServerWillNot() throws Exception {
    try (var server = flat("CREATE-SPECIAL-USE").on("CREATE .*", "%t OK").on("CREATE .*USE.*", "%t NO [USEATTR] no")
        .on("LIST \"\" \"Bin\"", "* LIST () \"/\" Bin", "%t OK"); Backend backend = server.signIn()) {
      var command = new FolderCommand.Create(Optional.empty(), FolderPath.of("Bin"), FolderRole.TRASH);

      assertEquals(FolderRole.TRASH, backend.perform(command, monitor()).orElseThrow().role()); // by its name

      assertEquals(List.of("CREATE \"Bin\" (USE (\\trash))", "CREATE \"Bin\""),
          commands(server).stream().filter(c -> c.startsWith("CREATE")).toList());
    }
  }

  @Test
  void trap31TheDelimiterIsTheParentsAndMayBeNone() throws Exception {
    try (var server = flat("").on("CREATE .*", "%t OK").on("LIST \"\" \"Projects\"", "* LIST () \".\" Projects", "%t OK")
        .on("LIST \"\" \"Projects.a/b\"", "* LIST () \".\" Projects.a/b", "%t OK")
        .on("LIST \"\" \"Flat\"", "* LIST () NIL Flat", "%t OK"); Backend backend = server.signIn()) {
      var made = backend.perform(new FolderCommand.Create(Optional.of(PROJECTS), FolderPath.of("Projects", "a/b"), FolderRole.NONE), monitor());

      assertEquals("Projects.a/b", made.orElseThrow().name());
      assertThrows(MailException.Refused.class, () -> backend.perform(
          new FolderCommand.Create(Optional.of(PROJECTS), FolderPath.of("Projects", "a.b"), FolderRole.NONE), monitor()));
      assertThrows(MailException.Refused.class, () -> backend.perform(new FolderCommand.Create(
          Optional.of(ScriptedImap.folder("Flat", FolderRole.NONE)), FolderPath.of("Flat", "in"), FolderRole.NONE), monitor()));
    }
  }

  @Test
  void trap32ANameThatIsNotValidIsSentBackAsItCame() throws Exception {
    RemoteFolder odd = ScriptedImap.folder("&AAA", FolderRole.NONE);
    try (var server = flat("").on("DELETE .*", "%t OK").on("CREATE .*", "%t OK").on("LIST \"\" \"&AAA\"", "* LIST () \"/\" &AAA", "%t OK")
        .on("LIST \"\" \"&AAA/R&-D\"", "* LIST () \"/\" \"&AAA/R&-D\"", "%t OK"); Backend backend = server.signIn()) {
      assertEquals("&AAA/R&-D", backend
          .perform(new FolderCommand.Create(Optional.of(odd), FolderPath.of("&AAA", "R&D"), FolderRole.NONE), monitor()).orElseThrow().name());
      server.on("LIST \"\" \"&AAA\"", "%t OK");
      assertEquals(Optional.empty(), backend.perform(new FolderCommand.Delete(odd), monitor()));
      assertTrue(commands(server).contains("DELETE \"&AAA\""));
    }
  }

  @Test
  void trap32EveryTextSurvivesModifiedUtf7() {
    for (String text : List.of("plain", "&", "a&b", "\u00e9", "x\u00e9\u00e8y & z", "\u65e5\u672c\u8a9e/\u53f0", "\ud83d\ude00!", "~peter/mail")) {
      assertEquals(text, ModifiedUtf7.decode(ModifiedUtf7.encode(text)));
    }
    assertEquals("~peter/mail/&U,BTFw-/&ZeVnLIqe-", ModifiedUtf7.encode("~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e")); // RFC 3501 section 5.1.3
  }

  @Test
  void trap36SubscriptionsGoAlongWithARename() throws Exception {
    try (var server = flat("").on("RENAME .*", "%t OK").on("LSUB \"\" \"Projects\\*\"", "* LSUB () \"/\" Projects", "* LSUB () \"/\" Projects/a",
        "* LSUB () \"/\" Projects2", "* LSUB () \"/\" INBOX", "%t OK").on("LIST \"\" \"Work\"", "* LIST () \"/\" Work", "%t OK");
        Backend backend = server.signIn()) {
      RemoteFolder now = backend.perform(new FolderCommand.Rename(PROJECTS, Optional.empty(), FolderPath.of("Work")), monitor()).orElseThrow();

      assertEquals("Work", now.name());
      assertEquals(List.of("SUBSCRIBE \"Work\"", "UNSUBSCRIBE \"Projects\"", "SUBSCRIBE \"Work/a\"", "UNSUBSCRIBE \"Projects/a\""),
          commands(server).stream().filter(c -> c.contains("SUBSCRIBE")).toList());
    }
  }

  @Test
  void trap36SubscriptionsComeFromLsubWhereThereIsNoListExtended() throws Exception {
    try (var server = new ScriptedImap("").on("LIST .*", "* LIST () \"/\" INBOX", "* LIST () \"/\" a", "* LIST () \"/\" b", "%t OK")
        .on("LSUB .*", "* LSUB () \"/\" inbox", "* LSUB () \"/\" a", "* LSUB (\\Noselect) \"/\" b", "* LSUB () \"/\" gone", "%t OK");
        Backend backend = server.signIn()) {
      Map<String, Boolean> subscribed = backend.folders(monitor()).stream().collect(Collectors.toMap(RemoteFolder::name, RemoteFolder::subscribed));

      assertEquals(Map.of("INBOX", true, "a", true, "b", false), subscribed);
    }
  }

  @Test
  void trap37NewFoldersGoBelowThePersonalNamespace() throws Exception {
    try (var server = flat("NAMESPACE").on("NAMESPACE", "* NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"shared.\" \".\"))", "%t OK")
        .on("LIST \"\" \"\"", "* LIST (\\Noselect) \".\" \"\"", "%t OK").on("CREATE .*", "%t OK")
        .on("LIST \"\" \"INBOX.Projects\"", "* LIST () \".\" INBOX.Projects", "%t OK")
        .on("LIST \"\" \"INBOX\"", "* LIST () \".\" INBOX", "%t OK"); Backend backend = server.signIn()) {
      assertEquals("INBOX.Projects", backend.perform(create("Projects"), monitor()).orElseThrow().name());
      assertEquals("INBOX.Projects", backend.perform(create("INBOX", "Projects"), monitor()).orElseThrow().name());
      assertEquals("INBOX.Projects", backend.perform(new FolderCommand.Create(Optional.of(ScriptedImap.INBOX), FolderPath.of("INBOX", "Projects"),
          FolderRole.NONE), monitor()).orElseThrow().name());
    }
  }

  @Test
  void trap38NamesThatWereNotAskedForAreNotTaken() throws Exception {
    try (var server = flat("").on("DELETE .*", "%t NO no such mailbox").on("LIST \"\" \"Projects\"", "* LIST () \"/\" INBOX", "* LIST () \"/\" Projects2",
        "%t OK"); Backend backend = server.signIn()) {
      assertEquals(Optional.empty(), backend.perform(new FolderCommand.Delete(PROJECTS), monitor()));
    }
  }

  @Test
  void trap33AFolderWithFoldersInItIsLeftWhereTheyAre() throws Exception {
    try (var server = flat("").on("DELETE .*", "%t OK").on("LIST \"\" \"Projects\"", "* LIST (\\Noselect \\HasChildren) \"/\" Projects", "%t OK");
        Backend backend = server.signIn()) {
      RemoteFolder left = backend.perform(new FolderCommand.Delete(PROJECTS), monitor()).orElseThrow();

      assertFalse(left.selectable());
    }
  }

  @Test
  void theInboxIsNeverDeletedOrRenamedAndAnOpenFolderIsLeftFirst() throws Exception {
    try (var server = flat("").selects(0, 1).on("DELETE .*", "%t OK").on("LIST \"\" \"Projects\"", "%t OK").on("UID .*", "%t OK");
        Backend backend = server.signIn()) {
      RemoteFolder inbox = ScriptedImap.folder("inbox", FolderRole.INBOX);
      assertThrows(MailException.Refused.class, () -> backend.perform(new FolderCommand.Delete(inbox), monitor()));
      assertThrows(MailException.Refused.class,
          () -> backend.perform(new FolderCommand.Rename(inbox, Optional.empty(), FolderPath.of("x")), monitor()));
      assertEquals(List.of(), commands(server).stream().filter(c -> c.startsWith("DELETE") || c.startsWith("RENAME")).toList());

      backend.find(PROJECTS, "<a@example.org>", monitor());
      backend.perform(new FolderCommand.Delete(PROJECTS), monitor());

      List<String> all = commands(server);
      int left = all.lastIndexOf("SELECT \"INBOX\"");
      assertTrue(left > 0 && left < all.indexOf("DELETE \"Projects\""), all.toString());
      assertFalse(all.contains("CLOSE"));
    }
  }

  @Test
  void aLostAnswerToARenameIsFoundOut() throws Exception {
    try (var server = flat("").on("RENAME .*", "%t NO [NONEXISTENT] no such mailbox").on("LIST \"\" \"Projects\"", "%t OK")
        .on("LIST \"\" \"Work\"", "* LIST () \"/\" Work", "%t OK"); Backend backend = server.signIn()) {
      assertEquals("Work",
          backend.perform(new FolderCommand.Rename(PROJECTS, Optional.empty(), FolderPath.of("Work")), monitor()).orElseThrow().name());
    }
  }

  @Test
  void aRenameToANameThatIsTakenIsRefused() throws Exception {
    try (var server = flat("").on("RENAME .*", "%t NO [ALREADYEXISTS] taken").on("LIST \"\" \"Projects\"", "* LIST () \"/\" Projects", "%t OK")
        .on("LIST \"\" \"Work\"", "* LIST () \"/\" Work", "%t OK"); Backend backend = server.signIn()) {
      assertThrows(MailException.Refused.class,
          () -> backend.perform(new FolderCommand.Rename(PROJECTS, Optional.empty(), FolderPath.of("Work")), monitor()));
    }
  }

  @Test
  void trap35TheLastingIdComesWithTheList() throws Exception {
    try (var server = new ScriptedImap("LIST-EXTENDED LIST-STATUS OBJECTID").on("LIST .*", "* LIST (\\Subscribed) \"/\" INBOX",
        "* STATUS INBOX (MAILBOXID (F2212ea87-6097))", "%t OK"); Backend backend = server.signIn()) {
      RemoteFolder inbox = backend.folders(monitor()).get(0);

      assertEquals(Optional.of("F2212ea87-6097"), inbox.mailboxId());
      assertTrue(inbox.subscribed());
      assertEquals(List.of("LIST \"\" \"*\" RETURN (SUBSCRIBED STATUS (MAILBOXID))"), commands(server));
    }
  }

  @Test
  void rightsOfAllFoldersTakeOneRoundTrip() throws Exception {
    try (var server = new ScriptedImap("ACL").on("MYRIGHTS \"INBOX\"", "* MYRIGHTS INBOX lrswipkxtecda", "%t OK")
        .on("MYRIGHTS \"Trash\"", "* MYRIGHTS Trash lrscd", "%t OK").on("MYRIGHTS \"Projects\"", "%t NO who knows"); Backend backend = server.signIn()) {
      Map<String, Set<Right>> rights = backend.rights(List.of(ScriptedImap.INBOX, PROJECTS, ScriptedImap.folder("Trash", FolderRole.TRASH)), monitor());

      assertEquals(Right.ALL, rights.get("INBOX"));
      assertEquals(EnumSet.of(Right.READ, Right.KEEP_SEEN, Right.CREATE_FOLDERS, Right.DELETE_FOLDER, Right.DELETE_MESSAGES, Right.EXPUNGE),
          rights.get("Trash"));
      assertFalse(rights.containsKey("Projects"));
    }
    assertEquals(Set.of(Right.READ, Right.DELETE_MESSAGES), FolderRights.parse("lrtd"));
  }

  private static FlagChange keyword(String name) {
    return new FlagChange(Flags.parse(List.of(name)), Flags.NONE);
  }

  @Test
  void trap25AKeywordTheServerDoesNotKeepIsRefusedInsteadOfStoredAgainAndAgain() throws Exception {
    var cursor = new SyncCursor("7/100");
    List<RemoteId> ids = List.of(RemoteId.of(3));
    try (var server = new ScriptedImap("").on("SELECT .*", "* 3 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 100] ok",
        "* OK [PERMANENTFLAGS (\\Seen \\Deleted $Junk)] limited", "%t OK [READ-WRITE] done").on("UID STORE .*", "%t OK");
        Backend backend = server.signIn()) {
      var refused = assertThrows(MailException.Refused.class,
          () -> backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, cursor, ids, keyword("$Mine")), monitor()));
      assertTrue(refused.serverText().contains("PERMANENTFLAGS"), refused.serverText());
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, cursor, ids, keyword("$junk")), monitor());
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, cursor, ids,
          new FlagChange(Flags.parse(List.of("\\Seen", "$Mine")), Flags.NONE)), monitor());

      assertEquals(List.of("UID STORE 3 +FLAGS.SILENT ($Junk)", "UID STORE 3 +FLAGS.SILENT (\\Seen)"),
          commands(server).stream().filter(c -> c.startsWith("UID STORE")).toList());
    }
  }
}
