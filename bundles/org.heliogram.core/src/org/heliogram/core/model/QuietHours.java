/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.LocalTime;
import java.util.Objects;

/**
 * The hours of every day, by the clock of this machine, in which nothing is fetched by schedule. They may span midnight.
 *
 * @param from the first quiet minute
 * @param to   the first minute that is not quiet any more; not {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to) {
  public QuietHours {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet from " + from + " to " + to); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  public boolean contains(LocalTime time) {
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }
}
