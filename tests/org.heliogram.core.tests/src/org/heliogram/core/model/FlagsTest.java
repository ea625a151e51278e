/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlagsTest {
  @Test
  void imapNamesAreReadWithoutCase() {
    Flags flags = Flags.parse(List.of("\\sEEN", "$forwarded", "Work", "WORK"));

    assertTrue(flags.has(Flag.SEEN));
    assertTrue(flags.has(Flag.FORWARDED));
    assertFalse(flags.has(Flag.FLAGGED));
    assertEquals(List.of("\\Seen", "$Forwarded", "Work"), flags.imapNames());
  }

  @Test
  void recentAndUnknownSystemFlagsAreDropped() {
    assertEquals(Flags.NONE, Flags.parse(List.of("\\Recent", "\\*", "\\Unheard", "")));
  }

  @Test
  void keywordsCompareWithoutCase() {
    assertEquals(Flags.parse(List.of("work")), Flags.parse(List.of("WORK")));
    assertEquals(Flags.parse(List.of("work")).hashCode(), Flags.parse(List.of("WORK")).hashCode());
  }

  @Test
  void aChangeSetsAndClearsAndLeavesTheRest() {
    Flags before = Flags.parse(List.of("\\Seen", "\\Answered", "a", "b"));
    var change = new FlagChange(Flags.parse(List.of("\\Flagged", "c")), Flags.parse(List.of("\\Seen", "A")));

    assertEquals(Flags.parse(List.of("\\Answered", "\\Flagged", "b", "c")), before.with(change));
  }

  @Test
  void aChangeThatChangesNothingGivesTheSame() {
    Flags seen = Flags.of(Flag.SEEN);

    assertSame(seen, seen.with(FlagChange.set(Flag.SEEN)));
  }

  @Test
  void theInverseTakesAChangeBack() {
    Flags before = Flags.parse(List.of("\\Seen", "work"));
    var change = new FlagChange(Flags.of(Flag.FLAGGED), before);

    assertEquals(before, before.with(change).with(change.inverse()));
  }

  @ParameterizedTest
  @EnumSource(Flag.class)
  void everyFlagIsReadAsItIsWritten(Flag flag) {
    assertEquals(Flags.of(flag), Flags.parse(Flags.of(flag).imapNames()));
    assertEquals(1 << flag.ordinal(), Flags.of(flag).bits());
  }
}
