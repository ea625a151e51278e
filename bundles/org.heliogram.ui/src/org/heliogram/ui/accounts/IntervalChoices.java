/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.osgi.util.NLS;

/** How often mail can be fetched by itself; an interval set elsewhere joins the choices. */
final class IntervalChoices {
  private final List<Duration> values = new ArrayList<>(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10),
      Duration.ofMinutes(30), Duration.ofHours(1), Duration.ZERO));

  String[] offer(Duration current) {
    if (!values.contains(current)) {
      values.add(0, current);
    }
    return values.stream().map(IntervalChoices::words).toArray(String[]::new);
  }

  int index(Duration value) {
    return values.indexOf(value);
  }

  Duration value(int index) {
    return values.get(index);
  }

  private static String words(Duration interval) {
    if (interval.isZero()) {
      return Messages.Interval_never;
    }
    if (interval.equals(Duration.ofMinutes(1))) {
      return Messages.Interval_minute;
    }
    if (interval.equals(Duration.ofHours(1))) {
      return Messages.Interval_hour;
    }
    return interval.toSeconds() % 60 == 0 ? NLS.bind(Messages.Interval_minutes, Long.toString(interval.toMinutes()))
        : NLS.bind(Messages.Interval_seconds, Long.toString(interval.toSeconds()));
  }
}
