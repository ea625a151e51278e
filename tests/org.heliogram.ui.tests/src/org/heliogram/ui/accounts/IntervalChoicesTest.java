/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class IntervalChoicesTest {
  @Test
  void anIntervalThatWasSetElsewhereJoinsTheChoices() {
    var choices = new IntervalChoices();
    Duration odd = Duration.ofSeconds(90);

    String[] words = choices.offer(odd);

    assertEquals(odd, choices.value(choices.index(odd)));
    assertEquals("Every 90 seconds", words[choices.index(odd)]);
  }

  @Test
  void everyChoiceHasItsOwnWordsAndNeverIsOne() {
    var choices = new IntervalChoices();

    String[] words = choices.offer(Duration.ofMinutes(5));

    assertEquals(words.length, new HashSet<>(Arrays.asList(words)).size());
    assertTrue(choices.index(Duration.ZERO) >= 0);
  }
}
