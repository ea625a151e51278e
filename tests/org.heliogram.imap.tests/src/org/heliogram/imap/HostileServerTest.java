/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Servers that want to exhaust, confuse or hang the client. */
@Timeout(60)
class HostileServerTest {
  private static final SyncCursor CURSOR = new SyncCursor("7/100");
  private static final long ALLOCATION_LIMIT = 100_000_000;

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  /** Runs it on this thread and holds what it allocated against the limit. */
  private static <T extends Throwable> T refused(Class<T> kind, Executable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    T thrown = assertThrows(kind, work);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ALLOCATION_LIMIT, () -> allocated + " bytes allocated");
    return thrown;
  }

  private static void fetch(Backend backend, Depth depth, Basket basket) throws Exception {
    backend.fetch(ScriptedImap.INBOX, CURSOR, List.of(RemoteId.of(5)), depth, basket, monitor());
  }

  @Test
  void anEndlessLineEndsTheConnection() throws Exception {
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> {
      dialogue.send("* LIST () \"/\" \"");
      dialogue.sendEndlessly("a".repeat(8_192).getBytes(), 2_000_000_000);
    }); Backend backend = server.signIn()) {
      refused(MailException.Malformed.class, () -> backend.folders(monitor()));
      assertFalse(backend.alive());
    }
  }

  @Test
  void anEndlessGreetingEndsTheConnection() throws Exception {
    try (var server = org.heliogram.testing.server.ScriptedServer.start(dialogue -> {
      dialogue.send("* OK ");
      dialogue.sendEndlessly("a".repeat(8_192).getBytes(), 2_000_000_000);
    })) {
      refused(MailException.Malformed.class, () -> new ImapBackendFactory(ScriptedImap.SHORT).open(
          Basket.account(server.endpoint(org.heliogram.core.model.Security.NONE, "u"), org.heliogram.core.model.AccountOptions.DEFAULT),
          new org.heliogram.core.backend.Credentials("p"), monitor()));
    }
  }

  @Test
  void endlessAnswersNobodyAskedForEndTheConnection() throws Exception {
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> dialogue.sendEndlessly("* OK hello\r\n".repeat(500).getBytes(), 2_000_000_000));
        Backend backend = server.signIn()) {
      refused(MailException.Malformed.class, () -> backend.folders(monitor()));
    }
  }

  @Test
  void endlessFoldersEndTheConnection() throws Exception {
    int[] number = {0};
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> {
      while (number[0] < 1_000_000) {
        dialogue.send("* LIST () \"/\" f" + number[0]++ + "\r\n");
      }
    }); Backend backend = server.signIn()) {
      assertThrows(MailException.Malformed.class, () -> backend.folders(monitor()));
      assertTrue(number[0] < 300_000);
    }
  }

  @Test
  void aLiteralOfFourGigabytesEndsTheConnection() throws Exception {
    for (String size : List.of("4294967296", "1500000000", "99999999999999999999999", "16000001")) {
      try (var server = new ScriptedImap("").on("LIST.*", "* LIST () \"/\" {" + size + "}"); Backend backend = server.signIn()) {
        refused(MailException.Malformed.class, () -> backend.folders(monitor()));
      }
    }
  }

  @Test
  void aBodyMuchLongerThanAnnouncedEndsTheConnection() throws Exception {
    try (var server = new ScriptedImap("").selects(1, 6).on("UID FETCH 5 \\(UID RFC822.SIZE INTERNALDATE\\)",
        "* 1 FETCH (UID 5 RFC822.SIZE 1000 INTERNALDATE \"01-Jan-2024 00:00:00 +0000\")", "%t OK").on("UID FETCH 5 \\(BODY.PEEK\\[\\]\\)",
            "* 1 FETCH (UID 5 BODY[] {4294967296}"); Backend backend = server.signIn()) {
      refused(MailException.Malformed.class, () -> fetch(backend, Depth.WHOLE, new Basket()));
    }
  }

  @Test
  void twoThousandMillionMessagesEndTheConnection() throws Exception {
    for (String exists : List.of("2147483647", "999999999999999999", "10000001")) {
      try (var server = new ScriptedImap("").on("SELECT.*", "* " + exists + " EXISTS", "* OK [UIDVALIDITY 7] x", "%t OK");
          Backend backend = server.signIn()) {
        refused(MailException.Malformed.class, () -> backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor()));
      }
    }
  }

  @Test
  void tenThousandParenthesesEndTheConnectionAndAHundredThousandToo() throws Exception {
    for (int depth : List.of(10_000, 100_000)) {
      try (var server = nested(depth); Backend backend = server.signIn()) {
        refused(MailException.Malformed.class, () -> fetch(backend, Depth.ENVELOPE, new Basket()));
        assertFalse(backend.alive());
      }
    }
  }

  @Test
  void parenthesesWhereNobodyReadsThemDoNoHarm() throws Exception {
    String many = "(".repeat(100_000);
    try (var server = new ScriptedImap("").on("LIST.*", "* LIST () \"/\" INBOX", "* THREAD " + many, "* X " + many + ")", "%t OK done");
        Backend backend = server.signIn()) {
      assertEquals(List.of("INBOX"), backend.folders(monitor()).stream().map(folder -> folder.name()).toList());
    }
  }

  @Test
  void nulAndInvalidUtf8StayWhatTheyAre() throws Exception {
    Basket basket = new Basket();
    String field = "Subject: a\0b\u00ff\u00fe\u00c3(\r\n\r\n";
    try (var server = new ScriptedImap("").selects(1, 6).on("LIST.*", "* LIST () \"/\" \"a\0b\"", "* LIST () \"/\" \"\u00ff\u00fe\u00c3(\"", "%t OK done")
        .on("UID FETCH 5 .*", "* 1 FETCH (UID 5 FLAGS (\0 \u00ff) INTERNALDATE \"\0\" RFC822.SIZE 10 BODYSTRUCTURE (\"\0\" \"\u00ff\") BODY[HEADER.FIELDS (DATE)] {"
            + field.length() + "}", field + ")", "%t OK"); Backend backend = server.signIn()) {
      var folders = backend.folders(monitor());
      fetch(backend, Depth.ENVELOPE, basket);

      assertTrue(folders.stream().filter(folder -> folder.name().contains("\0")).noneMatch(folder -> folder.selectable()));
      assertTrue(folders.stream().allMatch(folder -> folder.path().text().chars().noneMatch(c -> c < ' ')));
      assertEquals(field, new String(basket.envelopes.get(0).header(), java.nio.charset.StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void fiveThousandNestedPartsAreAMessageLikeAnother() throws Exception {
    Basket basket = new Basket();
    try (var server = nested(5_000); Backend backend = server.signIn()) {
      fetch(backend, Depth.ENVELOPE, basket);
    }
    assertEquals(1, basket.envelopes.size());
    assertEquals("A: b\r\n\r\n", new String(basket.envelopes.get(0).header()));
  }

  private static ScriptedImap nested(int depth) {
    String structure = "(".repeat(depth) + "\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1" + ") \"mixed\"".repeat(depth - 1) + ")";
    return new ScriptedImap("").selects(1, 6).on("UID FETCH 5 .*", "* 1 FETCH (UID 5 FLAGS () INTERNALDATE \"01-Jan-2024 00:00:00 +0000\""
        + " RFC822.SIZE 10 BODYSTRUCTURE " + structure + " BODY[HEADER.FIELDS (DATE)] {8}", "A: b\r\n\r\n)", "%t OK");
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> dialogue.silence()); Backend backend = server.signIn()) {
      Unreachable thrown = assertTimeoutPreemptively(Duration.ofSeconds(6), () -> assertThrows(Unreachable.class, () -> backend.folders(monitor())));
      assertEquals(Reason.TIMED_OUT, thrown.reason());
      assertFalse(backend.alive());
    }
  }

  @Test
  void aServerThatDripsIsGivenUp() throws Exception {
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> {
      dialogue.send("* LIST () \"/\" \"");
      for (int i = 0; i < 1_000; i++) {
        dialogue.send("a");
        drip();
      }
    }); Backend backend = server.signIn()) {
      long start = System.nanoTime();
      Unreachable thrown = assertThrows(Unreachable.class, () -> backend.folders(monitor()));
      assertEquals(Reason.TIMED_OUT, thrown.reason());
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(8).toNanos());
    }
  }

  /** The server's pause between two octets: what is tested is that time passes. */
  private static void drip() {
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
  }

  @Test
  void cancellingEndsAWaitWithinASecond() throws Exception {
    try (var server = new ScriptedImap("").on("LIST.*", (dialogue, command) -> dialogue.silence()); Backend backend = server.signIn()) {
      var monitor = monitor();
      long[] asked = {0};
      Thread canceller = new Thread(() -> {
        while (server.server().received().stream().noneMatch(line -> line.contains("LIST"))) {
          Thread.onSpinWait();
        }
        asked[0] = System.nanoTime();
        monitor.setCanceled(true);
      });
      canceller.start();
      assertThrows(OperationCanceledException.class, () -> backend.folders(monitor));
      assertTrue(System.nanoTime() - asked[0] < Duration.ofSeconds(1).toNanos());
      assertFalse(backend.alive());
    }
  }

  @Test
  void rubbishIsMalformedNotAnAccident() throws Exception {
    for (String rubbish : List.of("rubbish", "", "+ go on", "* LIST (", "* 5 FETCH", "* LIST () \"/\" {-1}", "* LIST () \"/\" \"a", "*", "\0\0\0", "* LIST )(")) {
      try (var server = new ScriptedImap("").on("LIST.*", rubbish, "%t OK done"); Backend backend = server.signIn()) {
        try {
          assertFalse(backend.folders(monitor()).isEmpty(), rubbish); // understood around it: INBOX is always there
        } catch (MailException.Malformed e) {
          assertFalse(backend.alive(), rubbish);
        }
      }
    }
  }

  @Test
  void untaggedDataBeforeSignInIsIgnored() throws Exception {
    try (var server = org.heliogram.testing.server.ScriptedServer.start(dialogue -> {
      dialogue.reply("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi", "* LIST () \"/\" injected", "* 5 EXISTS", "* SEARCH 1 2 3", "* 1 FETCH (UID 9)");
      dialogue.command();
      dialogue.reply("%t OK [CAPABILITY IMAP4rev1] in");
      dialogue.command();
      dialogue.reply("* LIST () \"/\" INBOX", "%t OK done");
      for (String more = dialogue.command(); !more.startsWith("LOGOUT"); more = dialogue.command()) {
        dialogue.reply("%t OK done"); // LSUB and the like
      }
    }); Backend backend = new ImapBackendFactory(ScriptedImap.SHORT).open(
        Basket.account(server.endpoint(org.heliogram.core.model.Security.NONE, "u"), org.heliogram.core.model.AccountOptions.DEFAULT),
        new org.heliogram.core.backend.Credentials("p"), monitor())) {
      assertEquals(List.of("INBOX"), backend.folders(monitor()).stream().map(folder -> folder.name()).toList());
    }
  }
}
