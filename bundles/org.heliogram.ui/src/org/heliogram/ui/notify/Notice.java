/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.List;
import java.util.Objects;

/**
 * Something to tell without being asked.
 *
 * @param lines what happened, a line each; a line may be chosen
 * @param links what else can be done
 */
public record Notice(String title, List<Line> lines, List<Line> links) {
  /** A line of text. @param chosen what happens when the user chooses it, on the UI thread; null if it cannot be chosen */
  public record Line(String text, Runnable chosen) {
    public Line {
      Objects.requireNonNull(text);
    }

    public static Line plain(String text) {
      return new Line(text, null);
    }
  }

  public Notice {
    Objects.requireNonNull(title);
    lines = List.copyOf(lines);
    links = List.copyOf(links);
  }
}
