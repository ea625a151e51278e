/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.junit.jupiter.api.Test;

class ArrivalSummaryTest {
  @Test
  void threeAreNamedAndTheRestIsCounted() {
    List<MessageSummary> newest = LongStream.rangeClosed(1, 5).mapToObj(key -> Arrivals.summary(key, "Ada", "Subject " + key)).toList();

    ArrivalSummary summary = ArrivalSummary.of(newest, 1_203);

    assertEquals(List.of(1L, 2L, 3L), summary.rows().stream().map(ArrivalSummary.Row::key).map(MessageKey::value).toList());
    assertEquals("Ada \u2013 Subject 1", summary.rows().get(0).text());
    assertEquals(1_200, summary.more());
    assertEquals("1203 New Messages", summary.title());
  }

  @Test
  void oneMessageIsNotCalledMany() {
    ArrivalSummary summary = ArrivalSummary.of(List.of(Arrivals.summary(1, "", "")), 1);

    assertEquals("New Message", summary.title());
    assertEquals("ada@example.org \u2013 (no subject)", summary.rows().get(0).text());
  }

  @Test
  void longSubjectsAreCutBetweenCharacters() {
    String text = ArrivalSummary.of(List.of(Arrivals.summary(1, "Ada", "\uD83C\uDF1E".repeat(200))), 1).rows().get(0).text();

    assertEquals(70, text.codePointCount(0, text.length()));
    assertTrue(text.endsWith("\uD83C\uDF1E\u2026"), text);
  }
}
