/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.ServerCopy;

/** Says where a message that was taken from a maildrop lies. */
record KeptText(ZoneId zone, Locale locale) {
  /** @param whole whether all of it is here */
  String of(ServerCopy copy, boolean whole) {
    if (!whole) {
      return copy.there() ? Messages.Kept_begun : Messages.Kept_begunGone;
    }
    if (!copy.there()) {
      return Messages.Kept_hereOnly;
    }
    return switch (copy.leaving()) {
      case EVERYTHING -> Messages.Kept_both;
      case UNTIL_TAKEN -> Messages.Kept_untilFetch;
      case SOME_DAYS -> until(copy.until());
      case UNTIL_DELETED -> Messages.Kept_untilDeleted;
    };
  }

  private String until(Optional<Instant> end) {
    return end.map(when -> NLS.bind(Messages.Kept_untilDate,
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(when.atZone(zone)))).orElse(Messages.Kept_both);
  }
}
