/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.service.Activity;

/** When an account was fetched, and when it is fetched next by its schedule, in words. */
public final class FetchTimes {
  private final Clock clock;
  private final Locale locale;

  public FetchTimes() {
    this(Clock.systemDefaultZone(), Locale.getDefault(Locale.Category.FORMAT));
  }

  FetchTimes(Clock clock, Locale locale) {
    this.clock = clock;
    this.locale = locale;
  }

  /** When it is fetched next. */
  public String next(Activity activity) {
    return activity.nextFetch().map(when -> when.isAfter(clock.instant()) ? NLS.bind(Messages.Fetch_next, time(when)) : Messages.Fetch_soon)
        .orElse(Messages.Fetch_asked);
  }

  /** When it was fetched last; empty if it was not since the start. */
  public String last(Activity activity) {
    return activity.lastFetch().map(when -> NLS.bind(Messages.Fetch_last, time(when))).orElse(""); //$NON-NLS-1$
  }

  private String time(Instant instant) {
    ZonedDateTime when = instant.atZone(clock.getZone());
    DateTimeFormatter format = when.toLocalDate().equals(LocalDate.now(clock)) ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT);
    return format.withLocale(locale).format(when);
  }
}
