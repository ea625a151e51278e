/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** What of an SMTP dialogue may be kept: no sign-in, no addresses, and from DATA on only the server's numbers. */
final class SmtpTap implements Tap {
  private final Mask mask;
  private final BiConsumer<Side, byte[]> lines;
  private final LineCutter client = new LineCutter(Pop3Tap.plain(this::said));
  private final LineCutter server = new LineCutter(Pop3Tap.plain(this::answered));
  private boolean signingIn;
  private boolean content;

  SmtpTap(Mask mask, BiConsumer<Side, byte[]> lines) {
    this.mask = mask;
    this.lines = lines;
  }

  @Override
  public void client(byte[] from, int offset, int length) {
    client.take(from, offset, length);
  }

  @Override
  public void server(byte[] from, int offset, int length) {
    server.take(from, offset, length);
  }

  @Override
  public void finish() {
    client.finish();
    server.finish();
  }

  private void keep(Side side, String text) {
    lines.accept(side, text.getBytes(StandardCharsets.UTF_8));
  }

  private void said(byte[] line, int length, boolean cut) {
    if (content) {
      return;
    }
    if (signingIn) {
      keep(Side.CLIENT, Mask.HIDDEN);
      return;
    }
    String[] words = new String(line, 0, length, StandardCharsets.UTF_8).split(" ", 3); //$NON-NLS-1$
    String verb = words[0].toUpperCase(Locale.ROOT);
    if (verb.equals("AUTH") && words.length > 1) { //$NON-NLS-1$
      signingIn = true;
      keep(Side.CLIENT, words[0] + ' ' + words[1] + (words.length > 2 ? ' ' + Mask.HIDDEN : "")); //$NON-NLS-1$
      return;
    }
    content = verb.equals("DATA") || verb.equals("BDAT"); //$NON-NLS-1$ //$NON-NLS-2$
    keep(Side.CLIENT, mask.text(String.join(" ", words)) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private void answered(byte[] line, int length, boolean cut) {
    String said = new String(line, 0, length, StandardCharsets.UTF_8);
    if (content) {
      if (said.matches("[2-5][0-9]{2}( .*)?")) { //$NON-NLS-1$
        keep(Side.SERVER, said.substring(0, 3));
      }
    } else if (signingIn && said.startsWith("334")) { //$NON-NLS-1$
      keep(Side.SERVER, "334 " + Mask.HIDDEN); //$NON-NLS-1$
    } else {
      signingIn = false;
      keep(Side.SERVER, mask.text(said) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
