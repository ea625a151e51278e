/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Arrays;
import org.heliogram.core.model.MessageKeys;

/**
 * Where selection and scroll position land when the messages of a list change: on the same messages, or, where the selected ones are
 * gone, on the one that came after them.
 *
 * @param selected indices in the new list, ascending
 * @param focus    index in the new list of the row with the focus; -1 if there is none
 * @param top      index in the new list of the first visible row
 */
record Landing(int[] selected, int focus, int top) {
  /**
   * @param selected indices in the old list, ascending
   * @param focus    index in the old list, or -1
   * @param top      index in the old list
   */
  static Landing of(MessageKeys before, int[] selected, int focus, int top, MessageKeys now) {
    int[] kept = kept(before, selected, now);
    int[] landed = kept;
    if (kept.length == 0 && selected.length > 0 && !now.isEmpty()) {
      landed = new int[] {successor(before, selected[0], now)};
    }
    int newFocus = focus < 0 || focus >= before.size() ? -1 : now.indexOf(before.get(focus));
    if (newFocus < 0 && landed.length > 0) {
      newFocus = landed[0];
    }
    return new Landing(landed, newFocus, top(before, top, now));
  }

  private static int[] kept(MessageKeys before, int[] selected, MessageKeys now) {
    if (selected.length == 0) {
      return selected;
    }
    if (selected.length == 1) {
      int index = now.indexOf(before.get(selected[0]));
      return index < 0 ? new int[0] : new int[] {index};
    }
    long[] wanted = new long[selected.length];
    for (int i = 0; i < selected.length; i++) {
      wanted[i] = before.value(selected[i]);
    }
    Arrays.sort(wanted);
    int[] kept = new int[selected.length];
    int count = 0;
    for (int i = 0; i < now.size() && count < kept.length; i++) {
      if (Arrays.binarySearch(wanted, now.value(i)) >= 0) {
        kept[count++] = i;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** The first message after the old index that is still there, or else the one that has its place. */
  private static int successor(MessageKeys before, int from, MessageKeys now) {
    for (int i = from + 1; i < before.size(); i++) {
      int index = now.indexOf(before.get(i));
      if (index >= 0) {
        return index;
      }
    }
    return Math.min(from, now.size() - 1);
  }

  /** A list that stood at its top stays there, so that new mail is seen. */
  private static int top(MessageKeys before, int top, MessageKeys now) {
    if (top <= 0 || before.isEmpty()) {
      return 0;
    }
    for (int i = top; i < before.size() && i < top + 50; i++) {
      int index = now.indexOf(before.get(i));
      if (index >= 0) {
        return Math.max(0, index - (i - top));
      }
    }
    return Math.max(0, Math.min(top, now.size() - 1));
  }
}
