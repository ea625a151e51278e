/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.junit.jupiter.api.Test;

class CircleTest {
  private static final MessageKeys ROWS = MessageKeys.wrap(new long[] {10, 11, 12, 13, 14});

  @Test
  void forwardBeginsAfterTheFocusAndGoesRoundTheEnd() {
    var circle = new Circle(ROWS, Optional.of(new MessageKey(12)), true);

    assertEquals(List.of(13L, 14L, 10L, 11L, 12L), order(circle));
  }

  @Test
  void backwardBeginsBeforeTheFocus() {
    var circle = new Circle(ROWS, Optional.of(new MessageKey(12)), false);

    assertEquals(List.of(11L, 10L, 14L, 13L, 12L), order(circle));
  }

  @Test
  void withoutFocusForwardBeginsAtTheTopAndBackwardAtTheEnd() {
    assertEquals(10L, order(new Circle(ROWS, Optional.empty(), true)).get(0));
    assertEquals(14L, order(new Circle(ROWS, Optional.empty(), false)).get(0));
  }

  @Test
  void firstFindsTheNextWantedRowAndNothingInAnEmptyList() {
    var wanted = Set.of(new MessageKey(10), new MessageKey(12));

    assertEquals(Optional.of(new MessageKey(10)), new Circle(ROWS, Optional.of(new MessageKey(12)), true).first(wanted::contains));
    assertEquals(Optional.empty(), new Circle(MessageKeys.none(), Optional.empty(), true).first(key -> true));
  }

  private static List<Long> order(Circle circle) {
    return circle.pages(2).stream().flatMap(List::stream).map(MessageKey::value).toList();
  }
}
