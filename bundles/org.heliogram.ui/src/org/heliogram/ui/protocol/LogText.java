/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.service.ProtocolLogs.Line;

/** Protocol logs as text. Any thread. */
final class LogText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS"); //$NON-NLS-1$
  private final ZoneId zone;

  LogText(ZoneId zone) {
    this.zone = zone;
  }

  /** Time, who said it, and what. Without a line end. */
  String line(Line line) {
    return TIME.format(line.at().atZone(zone)) + "  " + sign(line) + "  " + clean(line.text()); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static String sign(Line line) {
    return switch (line.side()) {
      case CLIENT -> "C:"; //$NON-NLS-1$
      case SERVER -> "S:"; //$NON-NLS-1$
      case NOTE -> "--"; //$NON-NLS-1$
    };
  }

  /** What a server says may hold anything. */
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "\uFFFD"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  String lines(List<Line> lines) {
    return lines.stream().map(this::line).collect(Collectors.joining("\n")); //$NON-NLS-1$
  }

  /** The connection: for whom, since when, and whether it still stands. */
  String title(Dialogue dialogue) {
    return NLS.bind(dialogue.open() ? Messages.Log_open : Messages.Log_ended, dialogue.purpose(), time(dialogue.since()));
  }

  private String time(Instant at) {
    return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).format(at.atZone(zone));
  }

  /** All of it with its title, to be pasted elsewhere. */
  String whole(Dialogue dialogue) {
    String skipped = dialogue.skipped() == 0 ? "" : NLS.bind(Messages.Log_skipped, dialogue.skipped()) + '\n'; //$NON-NLS-1$
    return title(dialogue) + '\n' + skipped + lines(dialogue.lines()) + '\n';
  }
}
