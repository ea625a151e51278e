/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** What of an SMTP dialogue may be kept: no sign-in, no addresses, and from DATA on only the server's numbers. */
final class SmtpTap extends LineTap {
  private boolean signingIn;
  private boolean content;

  SmtpTap(Mask mask, BiConsumer<Side, byte[]> lines) {
    super(mask, lines);
  }

  @Override
  void said(String line, boolean cut) {
    if (content) {
      return;
    }
    if (signingIn) {
      keep(Side.CLIENT, Mask.HIDDEN);
      return;
    }
    String[] words = line.split(" ", 3); //$NON-NLS-1$
    String verb = words[0].toUpperCase(Locale.ROOT);
    if (verb.equals("AUTH") && words.length > 1) { //$NON-NLS-1$
      signingIn = true;
      keep(Side.CLIENT, words[0] + ' ' + words[1] + (words.length > 2 ? ' ' + Mask.HIDDEN : "")); //$NON-NLS-1$
      return;
    }
    content = verb.equals("DATA") || verb.equals("BDAT"); //$NON-NLS-1$ //$NON-NLS-2$
    keep(Side.CLIENT, mask().text(String.join(" ", words)) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  @Override
  void answered(byte[] octets, int length, boolean cut) {
    String line = text(octets, length);
    if (content) {
      if (line.matches("[2-5][0-9]{2}( .*)?")) { //$NON-NLS-1$
        keep(Side.SERVER, line.substring(0, 3));
      }
    } else if (signingIn && line.startsWith("334")) { //$NON-NLS-1$
      keep(Side.SERVER, "334 " + Mask.HIDDEN); //$NON-NLS-1$
    } else {
      signingIn = false;
      keep(Side.SERVER, mask().text(line) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
