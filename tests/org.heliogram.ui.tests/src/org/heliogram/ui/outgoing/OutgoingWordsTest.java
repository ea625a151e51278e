/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialException;
import org.heliogram.ui.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
  private final Account account = Mailbox.account("Work");

  @ParameterizedTest
  @CsvSource({"-5, just now", "59, just now", "60, 1 minute ago", "3599, 59 minutes ago", "3600, 1 hour ago", "86399, 23 hours ago",
      "86400, yesterday", "260000, 3 days ago"})
  void ageIsToldRoughly(long seconds, String words) {
    assertEquals(words, OutgoingWords.since(NOW.minusSeconds(seconds), NOW));
  }

  @Test
  void longSubjectsAreShortened() {
    String said = OutgoingWords.object(1, Optional.of("word ".repeat(100)));

    assertTrue(said.length() <= 62, said);
    assertTrue(said.endsWith("\u2026\u201d"), said);
  }

  @Test
  void aSubjectIsNotTakenForAPattern() {
    String object = OutgoingWords.object(1, Optional.of("it''s {0} or {1}"));

    String said = OutgoingWords.mark(FlagChange.set(Flag.SEEN), object, "Inbox");

    assertEquals("Mark \u201cit''s {0} or {1}\u201d as read in Inbox", said);
  }

  @Test
  void aStandingTroubleIsTheReason() {
    assertEquals("Waiting: 127.0.0.1 cannot be reached",
        state(Activity.Phase.IDLE, new MailException.Unreachable(MailException.Unreachable.Reason.TIMED_OUT, "x", null)));
    assertEquals("Waiting: 127.0.0.1 is too busy", state(Activity.Phase.IDLE, new MailException.Busy(Optional.of(Duration.ofMinutes(1)), "x", null)));
    assertEquals("Waiting: 127.0.0.1 did not accept the sign-in", state(Activity.Phase.IDLE, new MailException.SignInRefused("x", null)));
    assertEquals("Waiting: the secure storage cannot be read", state(Activity.Phase.IDLE, new CredentialException("x", null)));
  }

  @Test
  void anAttemptUnderWayGoesBeforeAnEarlierTrouble() {
    assertEquals("Being sent", state(Activity.Phase.SENDING_CHANGES, new MailException.SignInRefused("x", null)));
  }

  @Test
  void afterANewStartTheLastAttemptIsTold() {
    assertEquals("Waiting: the last attempt failed", OutgoingWords.state(row(Optional.of("server busy")), idle(Optional.empty())));
    assertEquals("Waiting to be sent", OutgoingWords.state(row(Optional.empty()), idle(Optional.empty())));
  }

  private String state(Activity.Phase phase, Exception trouble) {
    return OutgoingWords.state(row(Optional.empty()),
        new Activity(account.id(), phase, "", 0, 0, Optional.of(trouble), Optional.empty(), Optional.empty()));
  }

  private Activity idle(Optional<Exception> trouble) {
    return new Activity(account.id(), Activity.Phase.IDLE, "", 0, 0, trouble, Optional.empty(), Optional.empty());
  }

  private OutgoingRow row(Optional<String> waiting) {
    var read = new Operation.ChangeFlags(account.id(), List.of(new MessageKey(1)), FlagChange.set(Flag.SEEN));
    return new OutgoingRow.Waiting(account, "x", List.of(new Queued(1, read, new FolderKey(1), NOW, 1, false, waiting)), true);
  }
}
