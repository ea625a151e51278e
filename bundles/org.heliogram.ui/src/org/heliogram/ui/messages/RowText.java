/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.StringJoiner;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.Sizes;

/** What the cells of a row say. */
final class RowText {
  private static final int WEEK = 7;
  private final Clock clock;
  private final Locale locale;
  private final DateTimeFormatter time;
  private final DateTimeFormatter day;
  private final DateTimeFormatter full;
  private final DateTimeFormatter complete;

  RowText(Clock clock, Locale locale) {
    this.clock = clock;
    this.locale = locale;
    time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale);
    day = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale); //$NON-NLS-1$
    full = DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT).withLocale(locale);
    complete = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT).withLocale(locale);
  }

  /** @param outgoing whether the folder holds mail the user wrote: then the other person is the recipient */
  String cell(MessageSummary row, Column column, boolean outgoing) {
    return switch (column) {
      case READ, FLAGGED, ATTACHMENTS -> ""; //$NON-NLS-1$
      case FROM -> person(row, outgoing);
      case SUBJECT -> row.subject().isBlank() ? Messages.Row_noSubject : row.subject();
      case DATE -> date(row.date());
      case SIZE -> Sizes.text(row.sizeInBytes());
    };
  }

  private static String person(MessageSummary row, boolean outgoing) {
    Address person = outgoing ? row.to() : row.from();
    String shown = person.display();
    return shown.isBlank() ? Messages.Row_nobody : shown;
  }

  /** Today the time, within a week the day and the time, this year the day, else the date. */
  String date(Instant instant) {
    ZonedDateTime then = instant.atZone(clock.getZone());
    LocalDate date = then.toLocalDate();
    LocalDate today = LocalDate.now(clock);
    if (date.equals(today)) {
      return time.format(then);
    }
    if (date.isBefore(today) && date.isAfter(today.minusDays(WEEK))) {
      String weekday = date.getDayOfWeek().getDisplayName(TextStyle.SHORT_STANDALONE, locale);
      return NLS.bind(Messages.Row_weekday, weekday, time.format(then));
    }
    return date.getYear() == today.getYear() ? day.format(then) : full.format(then);
  }

  String completeDate(Instant instant) {
    return complete.format(instant.atZone(clock.getZone()));
  }

  /** The whole row in words, icons included: for screen readers. */
  String spoken(MessageSummary row, boolean outgoing) {
    var words = new StringJoiner(", "); //$NON-NLS-1$
    words.add(row.unread() ? Messages.Row_unread : Messages.Row_read);
    if (row.flags().has(Flag.FLAGGED)) {
      words.add(Messages.Row_starred);
    }
    if (row.flags().has(Flag.DELETED)) {
      words.add(Messages.Row_deleted);
    }
    if (row.attachments()) {
      words.add(Messages.Row_attachment);
    }
    words.add(NLS.bind(outgoing ? Messages.Row_to : Messages.Row_from, person(row, outgoing)));
    words.add(cell(row, Column.SUBJECT, outgoing));
    words.add(date(row.date()));
    words.add(Sizes.text(row.sizeInBytes()));
    if (row.queued()) {
      words.add(Messages.Row_queued);
    }
    return words.toString();
  }
}
