/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.FolderWatch.Wake;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Security;
import org.heliogram.testing.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImapFolderWatchTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final WatchTimes PATIENT = new WatchTimes(Duration.ofMillis(20), LONG, LONG, LONG, Duration.ofMillis(500));
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-23T10:00:00Z"));
  private ScriptedImap imap;
  private FolderWatch watch;

  @AfterEach
  void end() {
    if (watch != null) {
      watch.close();
    }
    if (imap != null) {
      imap.close();
    }
  }

  private void server(String capabilities) {
    imap = new ScriptedImap(capabilities).on("EXAMINE .*", "* 2 EXISTS", "* OK [UIDVALIDITY 7] ok", "%t OK [READ-ONLY] done");
    imap.on("NOTIFY SET .*", "* STATUS Work (MESSAGES 1)", "%t OK done");
  }

  private Optional<FolderWatch> open(WatchTimes times) throws MailException {
    return new ImapFolderWatchFactory(ScriptedImap.SHORT, times, clock).open(
        Basket.account(imap.server().endpoint(Security.NONE, "user"), AccountOptions.DEFAULT), new Credentials("S3cret"),
        List.of(ScriptedImap.INBOX), new NullProgressMonitor());
  }

  private void watch(WatchTimes times) throws MailException {
    watch = open(times).orElseThrow();
  }

  /** Says something in IDLE, then waits for DONE. */
  private static ScriptedImap.Answer saying(String... lines) {
    return (dialogue, command) -> {
      dialogue.reply("+ idling").reply(lines);
      dialogue.line();
      dialogue.reply("%t OK done");
    };
  }

  private Wake news() throws MailException {
    Wake wake = watch.await();
    while (wake.nothing()) {
      wake = watch.await();
    }
    return wake;
  }

  private long sent(String line) {
    return imap.server().received().stream().filter(l -> l.matches("(h\\d+ )?" + line)).count();
  }

  @Test
  void whatHappensInTheFolderIsNewsOfIt() throws Exception {
    for (String said : List.of("* 3 EXISTS", "* 1 EXPUNGE", "* VANISHED 405,407", "* 2 FETCH (FLAGS (\\Seen))")) {
      server("IDLE");
      imap.on("IDLE", saying(said));
      watch(PATIENT);

      assertEquals(new Wake(Set.of("INBOX"), false), news(), said);
      assertEquals(Set.of("INBOX"), watch.folders());
      assertFalse(watch.everything());
      end();
    }
  }

  @Test
  void itChangesNothing() throws Exception {
    server("IDLE");
    imap.on("IDLE", saying("* 3 EXISTS"));

    watch(PATIENT);

    assertEquals(1, sent("EXAMINE .*"));
    assertEquals(0, sent("SELECT .*"));
  }

  @Test
  void withNotifyEveryFolderIsCovered() throws Exception {
    server("IDLE NOTIFY");
    imap.on("IDLE", saying("* STATUS Archive/2026 (MESSAGES 3 UIDNEXT 5)", "* STATUS {4}\r\nW\u00f6rk (UNSEEN 0)"));

    watch(PATIENT);

    assertTrue(watch.everything());
    assertEquals(new Wake(Set.of("Archive/2026", "W\u00f6rk"), false), both());
  }

  private Wake both() throws MailException {
    Wake first = news();
    if (first.folders().size() == 2) {
      return first;
    }
    var all = new java.util.HashSet<>(first.folders());
    all.addAll(news().folders());
    return new Wake(all, false);
  }

  @Test
  void foldersThatComeAndGoAreNewsOfEverything() throws Exception {
    server("IDLE NOTIFY");
    imap.on("IDLE", saying("* LIST () \"/\" New2 (\"OLDNAME\" (New))"));

    watch(PATIENT);

    assertEquals(new Wake(Set.of(), true), news());
  }

  @Test
  void noToNotifyLeavesIdle() throws Exception {
    server("IDLE NOTIFY");
    imap.on("NOTIFY SET .*", "%t NO [NOTIFICATIONOVERFLOW] too many");
    imap.on("IDLE", saying("* 3 EXISTS"));

    watch(PATIENT);

    assertFalse(watch.everything());
    assertEquals(Set.of("INBOX"), news().folders());
  }

  @Test
  void eventsTheServerDoesNotKnowAreLeftOut() throws Exception {
    server("IDLE NOTIFY");
    imap.on("NOTIFY SET .*", (dialogue, command) -> dialogue.reply(command.contains("SubscriptionChange") || command.contains("FlagChange")
        ? "%t NO [BADEVENT (MessageNew MessageExpunge MailboxName)] no" : "%t OK done"));
    imap.on("IDLE", saying("* STATUS Work (MESSAGES 3)"));

    watch(PATIENT);

    assertTrue(watch.everything());
    assertEquals(1, sent("NOTIFY SET .selected .MessageNew MessageExpunge.. .personal .MessageNew MessageExpunge MailboxName.."));
  }

  @Test
  void afterAnOverflowEverythingIsNewsAndNotifyIsSetAgain() throws Exception {
    server("IDLE NOTIFY");
    imap.on("IDLE", (dialogue, command) -> saying(sent("IDLE") == 1 ? "* OK [NOTIFICATIONOVERFLOW] lost" : "* STATUS Work (MESSAGES 3)")
        .give(dialogue, command));

    watch(PATIENT);

    assertTrue(news().everything());
    assertTrue(news().everything()); // what happened before it was set again
    assertEquals(Set.of("Work"), news().folders());
    assertEquals(2, sent("NOTIFY SET .*"));
  }

  @Test
  void aServerThatAlwaysOverflowsIsLeftAlone() throws Exception {
    server("IDLE NOTIFY");
    imap.on("IDLE", saying("* OK [NOTIFICATIONOVERFLOW] lost"));
    watch(PATIENT);

    assertThrows(MailException.Busy.class, this::forever);
  }

  private void forever() throws MailException {
    while (true) {
      watch.await();
    }
  }

  @Test
  void aServerWithoutIdleCannot() throws Exception {
    server("");

    assertEquals(Optional.empty(), open(PATIENT));
    waitFor(() -> assertEquals(1, sent("bye LOGOUT")));
  }

  @Test
  void idleThatIsRefusedThoughOfferedCannot() throws Exception {
    server("IDLE");
    imap.on("IDLE", "%t NO not today");

    assertEquals(Optional.empty(), open(PATIENT));
  }

  @Test
  void idleThatTheServerEndsIsBegunAnew() throws Exception {
    server("IDLE");
    imap.on("IDLE", (dialogue, command) -> {
      if (sent("IDLE") == 1) {
        dialogue.reply("+ idling", "%t OK enough");
      } else {
        saying("* 3 EXISTS").give(dialogue, command);
      }
    });
    watch(PATIENT);

    assertEquals(Set.of("INBOX"), news().folders());
  }

  @Test
  void idleThatEndsAtOnceEachTimeIsGivenUp() throws Exception {
    server("IDLE");
    imap.on("IDLE", "+ idling", "%t OK enough");
    watch(PATIENT);

    assertThrows(MailException.Busy.class, this::forever);
  }

  @Test
  void trap59IdleIsBegunAnewBeforeTheServerEndsTheSession() throws Exception {
    server("IDLE");
    imap.on("IDLE", saying());
    watch(new WatchTimes(Duration.ofMillis(10), LONG, LONG, Duration.ofMillis(50), Duration.ofSeconds(5)));

    assertEquals(Wake.NOTHING, watch.await());
    assertEquals(Wake.NOTHING, watch.await());

    assertEquals(3, sent("IDLE"));
    assertEquals(1, imap.server().connections());
    assertTrue(WatchTimes.DEFAULT.renewal().compareTo(Duration.ofMinutes(28)) <= 0);
  }

  @Test
  void trap59ASilenceThatKillsConnectionsIsShortened() throws Exception {
    var pace = new Pace(WatchTimes.DEFAULT);

    pace.lostAfter(Duration.ofMinutes(9));
    assertEquals(Duration.ofSeconds(270), pace.keepAlive());
    pace.lostAfter(Duration.ofHours(8)); // asleep: that says nothing
    assertEquals(Duration.ofSeconds(270), pace.keepAlive());
    pace.lostAfter(Duration.ofSeconds(10));
    assertEquals(Duration.ofMinutes(2), pace.keepAlive());
  }

  @Test
  void trap60AConnectionThatDiedSilentlyIsFound() throws Exception {
    server("IDLE");
    imap.on("IDLE", (dialogue, command) -> dialogue.reply("+ idling").silence());
    watch(new WatchTimes(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(10), LONG, Duration.ofMillis(300)));

    var lost = assertThrows(MailException.Unreachable.class, this::forever);

    assertEquals(Reason.TIMED_OUT, lost.reason());
  }

  @Test
  void trap60StillHereIsAHeartbeatAndItsAbsenceIsNoticed() throws Exception {
    server("IDLE");
    imap.on("IDLE", (dialogue, command) -> {
      dialogue.reply("+ idling", "* OK Still here");
      pause(60);
      dialogue.reply("* OK Still here").silence();
    });
    watch(PATIENT);

    var lost = assertThrows(MailException.Unreachable.class, this::forever);

    assertEquals(Reason.TIMED_OUT, lost.reason());
  }

  private static void pause(int millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait(); // the script's own time
    }
  }

  @Test
  void trap60AfterSleepTheServerIsAskedAtOnce() throws Exception {
    server("IDLE");
    imap.on("IDLE", saying());
    watch(PATIENT);
    var renewed = CompletableFuture.supplyAsync(() -> {
      try {
        return watch.await();
      } catch (MailException e) {
        throw new AssertionError(e);
      }
    });

    clock.advance(Duration.ofHours(8));

    assertEquals(Wake.NOTHING, renewed.get(20, TimeUnit.SECONDS));
    assertEquals(2, sent("IDLE"));
  }

  @Test
  void aDoubtIsCleared() throws Exception {
    server("IDLE");
    imap.on("IDLE", saying());
    watch(PATIENT);

    watch.probe();

    assertEquals(Wake.NOTHING, watch.await());
    assertEquals(2, sent("IDLE"));
  }

  @Test
  void trap61ByeEndsTheWatchAndIsNoMoreThanThat() throws Exception {
    server("IDLE");
    imap.on("IDLE", (dialogue, command) -> dialogue.reply("+ idling", "* BYE see you").close());
    watch(PATIENT);

    var lost = assertThrows(MailException.Unreachable.class, this::forever);

    assertEquals(Reason.BROKEN, lost.reason());
  }

  @Test
  void trap65AMailboxThatIsNotConnectedIsTriedLater() throws Exception {
    server("IDLE");
    imap.on("EXAMINE .*", "%t BAD User is authenticated but not connected.");

    assertThrows(MailException.Busy.class, () -> open(PATIENT));
  }

  @Test
  void closingEndsTheWaitAtOnce() throws Exception {
    server("IDLE");
    imap.on("IDLE", (dialogue, command) -> dialogue.reply("+ idling").silence());
    watch(new WatchTimes(LONG, LONG, LONG, LONG, LONG));
    var waiting = new CompletableFuture<Void>();
    Thread thread = new Thread(() -> {
      try {
        watch.await();
        waiting.complete(null);
      } catch (MailException | OperationCanceledException e) {
        waiting.completeExceptionally(e);
      }
    });
    thread.start();
    waitFor(() -> assertEquals(Thread.State.RUNNABLE, thread.getState()));

    watch.close();

    var ended = assertThrows(ExecutionException.class, () -> waiting.get(5, TimeUnit.SECONDS));
    assertInstanceOf(OperationCanceledException.class, ended.getCause());
  }
}
