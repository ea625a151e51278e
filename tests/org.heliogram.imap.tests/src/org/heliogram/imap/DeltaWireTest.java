/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.junit.jupiter.api.Test;

/** Deltas with servers that say what Dovecot does not. */
class DeltaWireTest {
  private static final String QRESYNC = "UIDPLUS MOVE ENABLE ESEARCH CONDSTORE QRESYNC";
  private static final String CONDSTORE = "UIDPLUS CONDSTORE";
  private static final String FULL = "UID FETCH 1:\\* \\(UID FLAGS\\)";
  private static final String LIVE = "UID FETCH 1:\\* \\(UID FLAGS\\) \\(CHANGEDSINCE .*";

  private static ScriptedImap server(String capabilities) {
    return new ScriptedImap(capabilities).on("ENABLE .*", "* ENABLED QRESYNC", "%t OK done");
  }

  private static String[] selected(int exists, long uidNext, long modSeq, String... more) {
    var lines = new ArrayList<>(List.of("* " + exists + " EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT " + uidNext + "] ok",
        modSeq > 0 ? "* OK [HIGHESTMODSEQ " + modSeq + "] ok" : "* OK [NOMODSEQ] none"));
    lines.addAll(List.of(more));
    lines.add("%t OK [READ-WRITE] done");
    return lines.toArray(String[]::new);
  }

  private static Replica replica(String cursor, long... uids) {
    return new Replica(ScriptedImap.INBOX, cursor, uids);
  }

  private static String fetched(long uid, String flags, long modSeq) {
    return "* " + uid + " FETCH (UID " + uid + " FLAGS (" + flags + ") MODSEQ (" + modSeq + "))";
  }

  private static long sent(ScriptedImap server, String regex) {
    return server.server().received().stream().filter(line -> line.replaceFirst("^\\S+ ", "").matches(regex)).count();
  }

  @Test
  void newsComeWithTheSelection() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3, 4, 5);
    try (var server = server(QRESYNC).on("SELECT .*", selected(5, 8, 15, "* VANISHED (EARLIER) 2,5", fetched(1, "\\Seen", 12),
        fetched(6, "", 13), fetched(7, "", 14))); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertFalse(news.complete());
      assertTrue(news.settled());
      assertArrayEquals(new long[] {1, 3, 4, 6, 7}, here.uids());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(1)));
      assertEquals("7/8/15", here.cursor());
      assertEquals(0, here.loads());
      assertEquals(1, sent(server, "SELECT \"INBOX\" \\(QRESYNC \\(7 10\\)\\)"));
      assertEquals(0, sent(server, "UID .*"));
    }
  }

  @Test
  void trap02UidValidityIsLookedAtBeforeIdsAreUsed() throws Exception {
    Replica here = replica("6/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(1, 2, 3)).on(FULL, fetched(1, "", 3), "%t OK"); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.renumbered() && news.complete());
      assertEquals(Optional.of(new SyncCursor("7/2~")), news.begun());
      assertEquals("7/2/3", here.cursor());
    }
  }

  @Test
  void trap04UidNextThatGoesBackwardsIsNoDelta() throws Exception {
    Replica here = replica("7/60/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(1, 50, 11, "* VANISHED (EARLIER) 2")).on(FULL, fetched(1, "", 3), "%t OK");
        Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertFalse(news.complete() || news.renumbered() || news.settled());
      assertArrayEquals(new long[] {1, 2}, here.uids());
      assertEquals("7/60?", here.cursor());
    }
  }

  @Test
  void trap05WhatIsKnownIsReadBeforeTheServerIsAsked() throws Exception {
    var order = new ArrayList<String>();
    Known known = new Known() {
      @Override
      public Optional<SyncCursor> cursor() {
        return Optional.of(new SyncCursor("7/6"));
      }

      @Override
      public int size() {
        return 1;
      }

      @Override
      public java.util.Map<RemoteId, Flags> messages() {
        synchronized (order) {
          order.add("known");
        }
        return java.util.Map.of(RemoteId.of(1), Flags.NONE);
      }
    };
    try (var server = server("UIDPLUS").on("SELECT .*", selected(1, 2, 0)).on(FULL, (dialogue, command) -> {
      synchronized (order) {
        order.add("asked");
      }
      dialogue.reply(fetched(1, "", 1), "%t OK");
    }); Backend backend = server.signIn()) {
      backend.news(ScriptedImap.INBOX, known, new NullProgressMonitor());

      assertEquals(List.of("known", "asked"), order);
    }
  }

  @Test
  void trap06ACountThatDoesNotAgreeIsVerifiedBeforeAnythingIsDeleted() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3, 4, 5);
    try (var server = server(QRESYNC).on("SELECT .*", selected(5, 6, 15, "* VANISHED (EARLIER) 2")).on(LIVE, "%t OK")
        .on(FULL, fetched(1, "", 1), fetched(2, "", 1), fetched(3, "", 1), fetched(4, "", 1), fetched(5, "", 1), "%t OK");
        Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertEquals(5, here.uids().length);
      assertEquals(1, sent(server, FULL));
    }
  }

  @Test
  void trap06AnUnexplainedShrinkIsVerifiedFirst() throws Exception {
    Replica here = replica("7/201/10", LongStream.rangeClosed(1, 200).toArray());
    try (var server = server(QRESYNC).on("SELECT .*", selected(100, 201, 15, "* VANISHED (EARLIER) 1:100")).on(LIVE, "%t OK")
        .on("UID SEARCH ALL", "* SEARCH 1 2", "%t OK")
        .on(FULL, (dialogue, command) -> {
          for (long uid = 101; uid <= 200; uid++) {
            dialogue.reply(fetched(uid, "", 1));
          }
          dialogue.reply("%t OK");
        }); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertEquals(102, here.uids().length, "what any answer has is there");
    }
  }

  @Test
  void trap08VanishedMayComeAfterAnyCommand() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3, 4, 5);
    try (var server = server(QRESYNC).on("SELECT .*", selected(5, 6, 10)).on("UID STORE .*", "* VANISHED 2", "* VANISHED 3:4", "%t OK")
        .on(LIVE, "%t OK"); Backend backend = server.signIn()) {
      here.update(backend);
      backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, new SyncCursor(here.cursor()), List.of(RemoteId.of(1)),
          FlagChange.set(Flag.SEEN)), new NullProgressMonitor());
      News news = here.update(backend);

      assertFalse(news.complete());
      assertArrayEquals(new long[] {1, 5}, here.uids());
      assertEquals(0, sent(server, FULL));
      assertEquals(1, sent(server, "SELECT .*"));
    }
  }

  @Test
  void trap09VanishedRangesAreNotExpanded() throws Exception {
    Replica here = replica("7/4294967295/10", 1, 2, 3, 4_294_967_290L);
    try (var server = server(QRESYNC).on("SELECT .*", selected(3, 4_294_967_295L, 15, "* VANISHED (EARLIER) 2:2,5:4294967289,4294967291:4294967295",
        "* VANISHED (EARLIER) 99999999999:4294967296", "* VANISHED (EARLIER) *,nonsense")); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertFalse(news.complete());
      assertArrayEquals(new long[] {1, 3, 4_294_967_290L}, here.uids());
    }
  }

  @Test
  void trap09AServerThatSaysAllIsGoneIsVerified() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3);
    try (var server = server(QRESYNC).on("SELECT .*", selected(3, 6, 15, "* VANISHED (EARLIER) 1:4294967295")).on(LIVE, "* VANISHED (EARLIER) 1:*", "%t OK")
        .on(FULL, fetched(1, "", 1), fetched(2, "", 1), fetched(3, "", 1), "%t OK"); Backend backend = server.signIn()) {
      here.update(backend);

      assertArrayEquals(new long[] {1, 2, 3}, here.uids());
    }
  }

  @Test
  void trap11AnEmptyEnabledIsAcceptedAndARefusedParameterLeftOut() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = new ScriptedImap(QRESYNC).on("ENABLE .*", "* ENABLED", "%t OK done").on("SELECT .*", selected(2, 6, 12))
        .on("SELECT .* \\(.*", "%t BAD parameters?").on(LIVE, fetched(1, "\\Seen", 12), "%t OK")
        .on(FULL, fetched(1, "", 1), fetched(2, "", 1), "%t OK"); Backend backend = server.signIn()) {
      here.update(backend);
      backend.news(ScriptedImap.folder("Other", org.heliogram.core.model.FolderRole.NONE), Known.NOTHING, new NullProgressMonitor());

      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(1)));
      assertEquals(1, sent(server, "SELECT .* \\(.*"));
      assertEquals(1, sent(server, LIVE));
      assertEquals(0, sent(server, LIVE + "VANISHED.*"));
    }
  }

  @Test
  void trap11AnAnswerGluedTogetherIsNoReasonToMissAChange() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(2, 6, 12, "* 1 FETCH (UID 1MODSEQ (12) FLAGS (\\Seen))"))
        .on(FULL, "* 1 FETCH (UID 1 FLAGS (\\Seen))", "* 2 FETCH (UID 2 FLAGS ())", "%t OK"); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(1)));
    }
  }

  @Test
  void trap12CondstoreAloneComparesUidsWhereTheCountDoesNotAgree() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3);
    try (var server = server(CONDSTORE).on("SELECT .*", selected(3, 8, 14)).on(LIVE, fetched(7, "", 14), "%t OK")
        .on("UID SEARCH ALL", "* SEARCH 7 3 1 (MODSEQ 14)", "%t OK"); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertFalse(news.complete());
      assertArrayEquals(new long[] {1, 3, 7}, here.uids());
      assertEquals(1, sent(server, "SELECT \"INBOX\" \\(CONDSTORE\\)"));
    }
  }

  @Test
  void trap12WhereTheCountAgreesNoUidsAreAskedFor() throws Exception {
    Replica here = replica("7/6/10", 1, 2, 3);
    try (var server = server(CONDSTORE).on("SELECT .*", selected(4, 8, 14)).on(LIVE, fetched(7, "", 14), "%t OK"); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertEquals(1, news.states().size());
      assertEquals(0, here.loads());
      assertEquals(0, sent(server, "UID SEARCH.*"));
    }
  }

  @Test
  void trap13AMailboxWithoutModSequencesIsListed() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(2, 6, 0)).on(FULL, fetched(1, "", 1), fetched(2, "\\Seen", 1), "%t OK");
        Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertEquals("7/6", here.cursor());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(2)));
    }
  }

  @Test
  void aModSequenceThatGoesBackwardsMeansAFullComparison() throws Exception {
    Replica here = replica("7/6/100", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(2, 6, 50)).on(FULL, fetched(1, "\\Seen", 1), fetched(2, "", 1), "%t OK");
        Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertEquals("7/6/50", here.cursor());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(1)));
    }
  }

  @Test
  void trap15AnAnswerBeyondTheCountDoesNoHarm() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(3, 9, 12, "* 99 FETCH (UID 8 FLAGS () MODSEQ (12))", "* 0 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (12))"));
        Backend backend = server.signIn()) {
      here.update(backend);

      assertArrayEquals(new long[] {1, 2, 8}, here.uids());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(2)));
    }
  }

  @Test
  void trap16AChangeOfFlagsWithoutAUidIsAskedForAgain() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    var times = new int[1];
    try (var server = server(QRESYNC).on("SELECT .*", selected(2, 6, 10)).on(LIVE, (dialogue, command) -> {
      if (times[0]++ == 0) {
        dialogue.reply("* 2 FETCH (FLAGS (\\Seen) MODSEQ (11))", "%t OK");
      } else {
        dialogue.reply(fetched(2, "\\Seen", 11), "%t OK");
      }
    }); Backend backend = server.signIn()) {
      here.update(backend);
      News news = here.update(backend);

      assertFalse(news.complete());
      assertEquals(Flags.of(Flag.SEEN), here.messages().get(RemoteId.of(2)));
      assertEquals(2, sent(server, LIVE));
    }
  }

  @Test
  void trap21UidsMayComeInAnyOrder() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(4, 12, 12, "* VANISHED (EARLIER) 9:7,5,3", fetched(11, "", 12), fetched(10, "", 12),
        fetched(1, "\\Seen", 11))); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertEquals(List.of("11", "10", "1"), news.states().stream().map(state -> state.id().value()).toList());
      assertArrayEquals(new long[] {1, 2, 10, 11}, here.uids());
    }
  }

  @Test
  void theCursorIsNeverAheadOfTheQuestion() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", selected(2, 6, 10)).on(LIVE, fetched(2, "\\Seen", 30), "%t OK"); Backend backend = server.signIn()) {
      here.update(backend);
      here.update(backend);
      assertEquals("7/6/10", here.cursor(), "what has 11 to 29 may still be on its way");

      here.update(backend);
      assertEquals("7/6/30", here.cursor());
    }
  }

  @Test
  void whatTheMailboxLeftBehindSaysIsNotOfTheNext() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server(QRESYNC).on("SELECT .*", "* 70 EXISTS", "* VANISHED 1:2", fetched(2, "\\Seen", 5), "* OK [CLOSED] that was the other",
        "* 2 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 6] ok", "* OK [HIGHESTMODSEQ 10] ok", "%t OK"); Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(!news.complete() && news.states().isEmpty() && news.vanished().isEmpty());
    }
  }

  @Test
  void withoutUidPlusThereIsNoDelta() throws Exception {
    Replica here = replica("7/6/10", 1, 2);
    try (var server = server("CONDSTORE").on("SELECT .*", selected(2, 6, 12)).on(FULL, fetched(1, "\\Deleted", 12), fetched(2, "", 1), "%t OK");
        Backend backend = server.signIn()) {
      News news = here.update(backend);

      assertTrue(news.complete());
      assertArrayEquals(new long[] {2}, here.uids());
    }
  }
}
