/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.mime.HeaderField;
import org.heliogram.mime.Reading;

/**
 * What stands above a message.
 *
 * @param subject never empty
 * @param lines   names and values, in order
 */
record HeaderLines(String subject, List<Line> lines) {
  private static final int RECIPIENTS_SHOWN = 8;

  /** One field, such as "From" and who. */
  record Line(String name, String value) {}

  HeaderLines {
    lines = List.copyOf(lines);
  }

  /** What the list knows, until the message itself is here. */
  static HeaderLines of(MessageSummary row, ZoneId zone, Locale locale) {
    var lines = new ArrayList<Line>();
    add(lines, Messages.Header_from, shown(row.from()));
    add(lines, Messages.Header_to, shown(row.to()));
    add(lines, Messages.Header_date, date(row.date(), zone, locale));
    return new HeaderLines(subject(row.subject()), lines);
  }

  /** The fields a reader wants first. @param kept where the message lies; empty where that goes without saying */
  static HeaderLines brief(MessageSummary row, Reading reading, String kept, ZoneId zone, Locale locale) {
    Envelope envelope = reading.envelope();
    var lines = new ArrayList<Line>();
    add(lines, Messages.Header_from, people(envelope.from()));
    if (!envelope.replyTo().isEmpty() && !envelope.replyTo().equals(envelope.from())) {
      add(lines, Messages.Header_replyTo, people(envelope.replyTo()));
    }
    add(lines, Messages.Header_to, people(envelope.to()));
    add(lines, Messages.Header_cc, people(envelope.cc()));
    add(lines, Messages.Header_date, date(envelope.date().orElse(row.date()), zone, locale));
    add(lines, Messages.Header_kept, kept);
    return new HeaderLines(subject(envelope.subject()), lines);
  }

  /** Every field, decoded, in the order of the message. */
  static HeaderLines all(Reading reading) {
    return new HeaderLines(subject(reading.envelope().subject()),
        reading.headers().stream().map(HeaderLines::line).toList());
  }

  private static Line line(HeaderField field) {
    return new Line(field.name(), field.value());
  }

  private static void add(List<Line> lines, String name, String value) {
    if (!value.isBlank()) {
      lines.add(new Line(name, value));
    }
  }

  private static String subject(String subject) {
    return subject.isBlank() ? Messages.Header_noSubject : subject;
  }

  private static String people(List<Address> addresses) {
    String shown = addresses.stream().limit(RECIPIENTS_SHOWN).map(HeaderLines::shown).collect(Collectors.joining(", ")); //$NON-NLS-1$
    int more = addresses.size() - RECIPIENTS_SHOWN;
    return more <= 0 ? shown : NLS.bind(Messages.Header_more, shown, more);
  }

  /** The address always stands beside the name, so that a name cannot pass for an address. */
  static String shown(Address address) {
    if (address.name().isBlank() || address.name().equals(address.mailbox())) {
      return address.mailbox();
    }
    return address.mailbox().isBlank() ? address.name() : address.name() + " <" + address.mailbox() + '>'; //$NON-NLS-1$
  }

  private static String date(Instant date, ZoneId zone, Locale locale) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT).withLocale(locale).format(date.atZone(zone));
  }

  Optional<String> value(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).map(Line::value).findFirst();
  }

  /** As text to copy. */
  String text() {
    return subject + "\n" + lines.stream().map(line -> line.name() + "\t" + line.value()).collect(Collectors.joining("\n")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }
}
