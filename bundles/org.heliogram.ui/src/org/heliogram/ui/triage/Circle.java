/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;

/** The rows after (or before) the focused one, then round to it; the focused row comes last. */
record Circle(MessageKeys keys, Optional<MessageKey> focus, boolean forward) {
  Optional<MessageKey> first(Predicate<MessageKey> wanted) {
    int start = start();
    for (int step = 1; step <= keys.size(); step++) {
      MessageKey key = keys.get(at(start, step));
      if (wanted.test(key)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** All rows in that order, in pieces. */
  List<List<MessageKey>> pages(int size) {
    var pages = new ArrayList<List<MessageKey>>();
    int start = start();
    for (int step = 1; step <= keys.size(); step += size) {
      long[] page = new long[Math.min(size, keys.size() - step + 1)];
      for (int i = 0; i < page.length; i++) {
        page[i] = keys.value(at(start, step + i));
      }
      pages.add(MessageKeys.wrap(page));
    }
    return pages;
  }

  private int start() {
    int at = focus.map(keys::indexOf).orElse(-1);
    return at >= 0 ? at : forward ? -1 : keys.size();
  }

  private int at(int start, int step) {
    return Math.floorMod(forward ? start + step : start - step, keys.size());
  }
}
