/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UidSetTest {
  @Test
  void trap22SetsAscendAndAreCompact() {
    assertEquals(List.of("1:3,7,9:10"), UidSet.of(10, 3, 2, 1, 9, 7, 7));
  }

  @Test
  void trap23SetsAreSplitBeforeACommandIsTooLong() {
    long[] odd = LongStream.range(0, 20_000).map(n -> 4_000_000_000L + n * 2).toArray();

    List<String> sets = UidSet.of(odd);

    assertTrue(sets.size() > 20 && sets.stream().allMatch(set -> set.length() <= UidSet.LENGTH_LIMIT));
    assertArrayEquals(odd, sets.stream().flatMapToLong(set -> LongStream.of(UidSet.expand(set))).toArray());
  }
}
