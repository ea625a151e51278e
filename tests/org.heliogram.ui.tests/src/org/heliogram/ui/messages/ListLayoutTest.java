/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.heliogram.core.store.Query.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListLayoutTest {
  @Test
  void isTheSameAfterWritingAndReading() {
    var order = new ArrayList<>(List.of(Column.values()));
    Collections.reverse(order);
    var layout = new ListLayout(Column.FROM, false, order, Map.of(Column.FROM, 210, Column.SIZE, 90));

    assertEquals(layout, ListLayout.parse(layout.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DATE", "DATE-;", "DATE-;READ,READ", "COLOUR+;READ,FLAGGED,ATTACHMENTS,FROM,SUBJECT,DATE,SIZE",
      "DATE-;READ=x,FLAGGED,ATTACHMENTS,FROM,SUBJECT,DATE,SIZE"})
  void whatCannotBeReadIsTheUsualLayout(String text) {
    assertEquals(ListLayout.USUAL, ListLayout.parse(text));
  }

  @Test
  void widthsFromOutsideStayWithinReason() {
    var layout = ListLayout.parse("DATE-;READ=-5,FLAGGED,ATTACHMENTS,FROM=99999,SUBJECT,DATE,SIZE");

    assertTrue(layout.widths().get(Column.READ) > 0);
    assertTrue(layout.widths().get(Column.FROM) < 10_000);
  }

  @Test
  void aClickOnTheSortedColumnTurnsTheOrderRound() {
    assertFalse(ListLayout.USUAL.clicked(Column.DATE).descending());
  }

  @Test
  void aClickOnAnotherColumnTakesItsUsualOrder() {
    ListLayout byName = ListLayout.USUAL.clicked(Column.FROM);

    assertEquals(Column.FROM, byName.sortedBy());
    assertFalse(byName.descending());
    assertTrue(byName.clicked(Column.SIZE).descending());
  }
}
