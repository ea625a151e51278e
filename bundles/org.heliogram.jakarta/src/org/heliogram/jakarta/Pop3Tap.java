/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** What of a POP3 dialogue may be kept: no sign-in; of messages and listings their length. */
final class Pop3Tap extends LineTap {
  private static final Set<String> LONG = Set.of("RETR", "TOP", "LIST", "UIDL", "CAPA"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  private final Deque<String> unanswered = new ArrayDeque<>();
  private boolean signingIn;
  private String inside = ""; //$NON-NLS-1$
  private long size;

  Pop3Tap(Mask mask, BiConsumer<Side, byte[]> lines) {
    super(mask, lines);
  }

  @Override
  void said(String line, boolean cut) {
    if (signingIn) {
      keep(Side.CLIENT, Mask.HIDDEN);
      return;
    }
    String[] words = line.split(" ", 3); //$NON-NLS-1$
    String verb = words[0].toUpperCase(Locale.ROOT);
    boolean many = LONG.contains(verb) && (words.length == 1 || verb.equals("RETR") || verb.equals("TOP")); //$NON-NLS-1$ //$NON-NLS-2$
    unanswered.add(many || verb.equals("AUTH") ? verb : ""); //$NON-NLS-1$ //$NON-NLS-2$
    keep(Side.CLIENT, switch (verb) {
      case "USER", "PASS", "APOP" -> words[0] + ' ' + Mask.HIDDEN; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      case "AUTH" -> { //$NON-NLS-1$
        signingIn = words.length > 1;
        yield words[0] + (words.length > 1 ? ' ' + words[1] : "") + (words.length > 2 ? ' ' + Mask.HIDDEN : ""); //$NON-NLS-1$ //$NON-NLS-2$
      }
      default -> String.join(" ", words); //$NON-NLS-1$
    });
  }

  @Override
  void answered(byte[] octets, int length, boolean cut) {
    if (!inside.isEmpty()) {
      content(octets, length, cut);
      return;
    }
    String line = text(octets, length);
    if (signingIn && (line.equals("+") || line.startsWith("+ "))) { //$NON-NLS-1$ //$NON-NLS-2$
      keep(Side.SERVER, "+ " + Mask.HIDDEN); //$NON-NLS-1$
      return;
    }
    String command = unanswered.isEmpty() ? "" : unanswered.remove(); //$NON-NLS-1$
    boolean alone = command.equals("AUTH") && !signingIn; // It asks for a list then (RFC 5034 section 4). //$NON-NLS-1$
    signingIn &= !command.equals("AUTH"); //$NON-NLS-1$
    inside = line.startsWith("+") && (alone || LONG.contains(command)) ? command : ""; //$NON-NLS-1$ //$NON-NLS-2$
    size = 0;
    keep(Side.SERVER, mask().text(line) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void content(byte[] line, int length, boolean cut) {
    boolean end = length == 1 && line[0] == '.' && !cut;
    if (inside.equals("CAPA")) { //$NON-NLS-1$
      keep(Side.SERVER, mask().names(text(line, length)));
    } else {
      size += end ? 0 : answerSize() + 1;
      if (end) {
        keep(Side.SERVER, "{" + size + " octets}"); //$NON-NLS-1$ //$NON-NLS-2$
      }
    }
    inside = end ? "" : inside; //$NON-NLS-1$
  }
}
