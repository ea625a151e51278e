/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.heliogram.core.model.MessageKeys;
import org.junit.jupiter.api.Test;

class LandingTest {
  private static MessageKeys keys(long... values) {
    return MessageKeys.wrap(values);
  }

  private static int[] selection(int... indices) {
    return indices;
  }

  @Test
  void newMailAboveLeavesTheSelectionOnItsMessages() {
    Landing landing = Landing.of(keys(5, 4, 3), selection(0, 2), 2, 0, keys(7, 6, 5, 4, 3));

    assertArrayEquals(selection(2, 4), landing.selected());
    assertEquals(4, landing.focus());
  }

  @Test
  void whenTheSelectedMessageGoesTheNextOneIsSelected() {
    Landing landing = Landing.of(keys(5, 4, 3, 2), selection(1), 1, 0, keys(5, 3, 2));

    assertArrayEquals(selection(1), landing.selected());
  }

  @Test
  void whenTheLastMessageGoesTheOneBeforeItIsSelected() {
    Landing landing = Landing.of(keys(5, 4, 3), selection(2), 2, 0, keys(5, 4));

    assertArrayEquals(selection(1), landing.selected());
  }

  @Test
  void whenSeveralGoTheFirstAfterThemIsSelected() {
    Landing landing = Landing.of(keys(9, 8, 7, 6, 5), selection(1, 2, 3), 1, 0, keys(9, 5));

    assertArrayEquals(selection(1), landing.selected());
  }

  @Test
  void nothingIsSelectedInAnEmptyList() {
    Landing landing = Landing.of(keys(5), selection(0), 0, 0, MessageKeys.none());

    assertArrayEquals(selection(), landing.selected());
    assertEquals(-1, landing.focus());
  }

  @Test
  void aListAtItsTopStaysThereToShowNewMail() {
    assertEquals(0, Landing.of(keys(5, 4, 3), selection(), -1, 0, keys(6, 5, 4, 3)).top());
  }

  @Test
  void aScrolledListStaysOnWhatWasOnScreen() {
    assertEquals(3, Landing.of(keys(5, 4, 3), selection(), -1, 2, keys(6, 5, 4, 3)).top());
  }
}
