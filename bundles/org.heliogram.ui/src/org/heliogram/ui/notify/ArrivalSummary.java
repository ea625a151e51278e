/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;

/**
 * New mail, summed up.
 *
 * @param rows the newest, at most {@link #LIMIT}
 * @param more how many there are besides
 */
record ArrivalSummary(List<Row> rows, int more) {
  /** More is no summary. */
  static final int LIMIT = 3;
  private static final int TEXT_LIMIT = 70;

  /** One message. */
  record Row(MessageKey key, String text) {}

  ArrivalSummary {
    rows = List.copyOf(rows);
  }

  /** @param newest the newest still unread, newest first; @param count of all that are still unread */
  static ArrivalSummary of(List<MessageSummary> newest, int count) {
    List<Row> rows = new ArrayList<>();
    for (MessageSummary message : newest.subList(0, Math.min(LIMIT, newest.size()))) {
      rows.add(new Row(message.key(), text(message)));
    }
    return new ArrivalSummary(rows, Math.max(0, count - rows.size()));
  }

  int count() {
    return rows.size() + more;
  }

  String title() {
    return count() == 1 ? Messages.Arrival_one : NLS.bind(Messages.Arrival_many, Integer.toString(count()));
  }

  private static String text(MessageSummary message) {
    String sender = message.from().display();
    return shortened(NLS.bind(Messages.Arrival_row, sender.isBlank() ? Messages.Arrival_nobody : sender,
        message.subject().isBlank() ? Messages.Arrival_noSubject : message.subject()));
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= TEXT_LIMIT ? text
        : text.substring(0, text.offsetByCodePoints(0, TEXT_LIMIT - 1)) + '\u2026';
  }
}
