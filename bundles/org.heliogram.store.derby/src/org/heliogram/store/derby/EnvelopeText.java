/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;

/** The parts of an envelope that no list shows, as one text: fields ended by NUL, lists preceded by their size. */
final class EnvelopeText {
  private static final char END = 0;
  private final String text;
  private int at;

  private EnvelopeText(String text) {
    this.text = text;
  }

  static String write(Envelope envelope) {
    StringBuilder out = new StringBuilder(256);
    field(out, envelope.date().map(date -> Long.toString(Values.millis(date))).orElse("")); //$NON-NLS-1$
    field(out, envelope.inReplyTo());
    people(out, envelope.from());
    people(out, envelope.to());
    people(out, envelope.cc());
    people(out, envelope.replyTo());
    field(out, Integer.toString(envelope.references().size()));
    envelope.references().forEach(reference -> field(out, reference));
    return out.toString();
  }

  static Envelope read(String text, String subject, String messageIdHeader) {
    EnvelopeText in = new EnvelopeText(text);
    String date = in.field();
    String inReplyTo = in.field();
    List<Address> from = in.people();
    List<Address> to = in.people();
    List<Address> cc = in.people();
    List<Address> replyTo = in.people();
    var references = new ArrayList<String>();
    for (int left = Integer.parseInt(in.field()); left > 0; left--) {
      references.add(in.field());
    }
    Optional<Instant> sent = date.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(date)));
    return new Envelope(subject, from, to, cc, replyTo, sent, messageIdHeader, inReplyTo, references);
  }

  private static void people(StringBuilder out, List<Address> people) {
    field(out, Integer.toString(people.size()));
    for (Address address : people) {
      field(out, address.name());
      field(out, address.mailbox());
    }
  }

  private List<Address> people() {
    var people = new ArrayList<Address>();
    for (int left = Integer.parseInt(field()); left > 0; left--) {
      people.add(new Address(field(), field()));
    }
    return people;
  }

  private static void field(StringBuilder out, String value) {
    out.append(value.indexOf(END) < 0 ? value : value.replace(END, ' ')).append(END);
  }

  private String field() {
    int end = text.indexOf(END, at);
    String value = text.substring(at, end);
    at = end + 1;
    return value;
  }
}
