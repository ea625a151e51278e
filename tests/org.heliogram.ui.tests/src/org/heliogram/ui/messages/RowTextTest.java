/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTextTest {
  private static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z"); // a Monday
  private final RowText text = new RowText(Clock.fixed(NOW, ZoneId.of("Europe/Berlin")), Locale.GERMANY);

  @ParameterizedTest
  @CsvSource({
      "2026-11-23T08:05:00Z, 09:05",
      "2026-11-22T23:30:00Z, 00:30", // already Monday in Berlin
      "2026-11-22T08:05:00Z, So 09:05",
      "2026-11-17T08:05:00Z, Di 09:05",
      "2026-11-16T08:05:00Z, 16. Nov.",
      "2026-01-02T08:05:00Z, 2. Jan.",
      "2025-12-31T08:05:00Z, 31.12.25",
      "2027-01-02T08:05:00Z, 02.01.27"})
  void datesAreAsShortAsTheyCanBe(String instant, String shown) {
    assertEquals(shown, text.date(Instant.parse(instant)));
  }

  @Test
  void inSentMailTheOtherPersonIsTheRecipient() {
    MessageSummary row = row(Flags.NONE, "Hello");

    assertEquals("Ada", text.cell(row, Column.FROM, false));
    assertEquals("bob@example.org", text.cell(row, Column.FROM, true));
  }

  @Test
  void aScreenReaderHearsWhatTheIconsShow() {
    String spoken = text.spoken(row(Flags.of(Flag.FLAGGED), "Hello"), false);

    for (String word : new String[] {Messages.Row_unread, Messages.Row_starred, Messages.Row_attachment, "Ada", "Hello"}) {
      assertTrue(spoken.contains(word), () -> word + " in " + spoken);
    }
  }

  @Test
  void aMessageWithoutSubjectSaysSo() {
    assertEquals(Messages.Row_noSubject, text.cell(row(Flags.NONE, " "), Column.SUBJECT, false));
  }

  private static MessageSummary row(Flags flags, String subject) {
    return new MessageSummary(new MessageKey(1), new AccountId("a"), new FolderKey(1), flags, new Address("Ada", "ada@example.org"),
        new Address("", "bob@example.org"), subject, NOW, NOW, 2_345, true, "", BodyState.NONE, false);
  }
}
