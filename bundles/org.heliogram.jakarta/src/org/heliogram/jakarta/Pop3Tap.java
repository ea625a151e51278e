/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** What of a POP3 dialogue may be kept: no sign-in; of messages and listings their length. */
final class Pop3Tap implements Tap {
  private static final Set<String> LONG = Set.of("RETR", "TOP", "LIST", "UIDL", "CAPA"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  private final Mask mask;
  private final BiConsumer<Side, byte[]> lines;
  private final LineCutter client = new LineCutter(plain(this::said));
  private final LineCutter server = new LineCutter(plain(this::answered));
  private final Deque<String> unanswered = new ArrayDeque<>();
  private boolean signingIn;
  private String inside = ""; //$NON-NLS-1$
  private long octets;

  Pop3Tap(Mask mask, BiConsumer<Side, byte[]> lines) {
    this.mask = mask;
    this.lines = lines;
  }

  /** Takes whole lines without announced content. */
  @FunctionalInterface
  interface Lines {
    void line(byte[] line, int length, boolean cut);
  }

  static LineCutter.Listener plain(Lines taker) {
    return new LineCutter.Listener() {
      @Override
      public void line(byte[] line, int length, boolean cut, boolean open) {
        taker.line(line, length, cut);
      }

      @Override
      public boolean announces(byte[] line, int length) {
        return false;
      }

      @Override
      public boolean inPieces() {
        return false;
      }
    };
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
    if (signingIn) {
      keep(Side.CLIENT, Mask.HIDDEN);
      return;
    }
    String[] words = new String(line, 0, length, StandardCharsets.UTF_8).split(" ", 3); //$NON-NLS-1$
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

  private void answered(byte[] line, int length, boolean cut) {
    if (!inside.isEmpty()) {
      content(line, length, cut);
      return;
    }
    if (signingIn && length > 0 && line[0] == '+' && (length < 2 || line[1] == ' ')) {
      keep(Side.SERVER, "+ " + Mask.HIDDEN); //$NON-NLS-1$
      return;
    }
    String command = unanswered.isEmpty() ? "" : unanswered.remove(); //$NON-NLS-1$
    boolean alone = command.equals("AUTH") && !signingIn; // It asks for a list then (RFC 5034 section 4). //$NON-NLS-1$
    signingIn &= !command.equals("AUTH"); //$NON-NLS-1$
    inside = length > 0 && line[0] == '+' && (alone || LONG.contains(command)) ? command : ""; //$NON-NLS-1$
    octets = 0;
    keep(Side.SERVER, mask.text(new String(line, 0, length, StandardCharsets.UTF_8)) + (cut ? "..." : "")); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void content(byte[] line, int length, boolean cut) {
    boolean end = length == 1 && line[0] == '.' && !cut;
    if (inside.equals("CAPA")) { //$NON-NLS-1$
      keep(Side.SERVER, mask.names(new String(line, 0, length, StandardCharsets.UTF_8)));
    } else {
      octets += end ? 0 : server.size() + 1;
      if (end) {
        keep(Side.SERVER, "{" + octets + " octets}"); //$NON-NLS-1$ //$NON-NLS-2$
      }
    }
    inside = end ? "" : inside; //$NON-NLS-1$
  }
}
