/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** When a server is to say it received a message (RFC 3501 section 2.3.3). Always in UTC: the zone is then nobody's guess. */
final class InternalDate {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$
  // Some servers end when told of a time before 1970, be it only in their own zone, or of one that 32 bits do not hold.
  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z"); //$NON-NLS-1$
  private static final Instant LATEST = Instant.parse("2038-01-18T00:00:00Z"); //$NON-NLS-1$

  private InternalDate() {}

  /** As a command names it, with quotes. A time no server can be trusted with becomes the nearest that is safe. */
  static String quoted(Instant received) {
    Instant safe = received.isBefore(EARLIEST) ? EARLIEST : received.isAfter(LATEST) ? LATEST : received;
    ZonedDateTime utc = safe.atZone(ZoneOffset.UTC);
    try (var text = new Formatter(Locale.ROOT)) {
      return text.format("\"%02d-%s-%04d %02d:%02d:%02d +0000\"", utc.getDayOfMonth(), MONTHS.get(utc.getMonthValue() - 1), utc.getYear(), //$NON-NLS-1$
          utc.getHour(), utc.getMinute(), utc.getSecond()).toString();
    }
  }
}
