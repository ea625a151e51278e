/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;

/** Builds an {@link Envelope} from a header. */
final class Envelopes {
  private Envelopes() {}

  static Envelope of(RawHeader header) {
    List<String> references = ids(header.value("References")); //$NON-NLS-1$
    List<String> parents = ids(header.value("In-Reply-To")); //$NON-NLS-1$
    List<String> own = ids(header.value("Message-ID")); //$NON-NLS-1$
    return new Envelope(subject(header), addresses(header, "From"), addresses(header, "To"), addresses(header, "Cc"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        addresses(header, "Reply-To"), Dates.parse(header.value("Date")), own.isEmpty() ? loose(header.value("Message-ID")) : own.get(0), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        parents.isEmpty() ? "" : parents.get(0), references); //$NON-NLS-1$
  }

  private static String subject(RawHeader header) {
    String subject = Words.decode(header.value("Subject")); //$NON-NLS-1$
    int end = Math.min(subject.length(), Limits.SUBJECT_CHARACTERS);
    return subject.substring(0, end > 0 && end < subject.length() && Character.isHighSurrogate(subject.charAt(end - 1)) ? end - 1 : end);
  }

  /** Of all fields of that name: a sender that writes two From fields has two authors. */
  private static List<Address> addresses(RawHeader header, String name) {
    List<Address> all = List.of();
    for (RawHeader.Field field : header.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        List<Address> some = Addresses.parse(header.value(field));
        if (all.isEmpty()) {
          all = some;
        } else if (all.size() < Limits.ADDRESSES) {
          var both = new ArrayList<>(all);
          both.addAll(some);
          all = both.subList(0, Math.min(both.size(), Limits.ADDRESSES));
        }
      }
    }
    return all;
  }

  /** Message ids with their brackets; of too many the first and the last ones, which say where a thread begins and where it stands. */
  private static List<String> ids(String value) {
    var ids = new ArrayList<String>();
    int at = 0;
    while (true) {
      int begin = value.indexOf('<', at);
      int end = begin < 0 ? -1 : value.indexOf('>', begin);
      if (end < 0) {
        return ids;
      }
      String id = value.substring(begin, end + 1);
      if (id.length() > 2 && id.length() <= Limits.ID_CHARACTERS) {
        ids.add(Characters.clean(id).replace(" ", "")); //$NON-NLS-1$ //$NON-NLS-2$
        if (ids.size() > Limits.REFERENCES) {
          ids.remove(1);
        }
      }
      at = end + 1;
    }
  }

  /** A Message-ID without brackets. */
  private static String loose(String value) {
    String id = Characters.clean(value);
    return id.isEmpty() || id.length() > Limits.ID_CHARACTERS - 2 || id.contains("<") ? "" : "<" + id.replace(" ", "") + ">"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  }
}
