/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** A tap of a dialogue in which each line is one thing, as in POP3 and SMTP. */
abstract class LineTap implements Tap {
  private final Mask mask;
  private final BiConsumer<Side, byte[]> lines;
  private final LineCutter client = new LineCutter(whole((line, length, cut) -> said(text(line, length), cut)));
  private final LineCutter server = new LineCutter(whole(this::answered));

  LineTap(Mask mask, BiConsumer<Side, byte[]> lines) {
    this.mask = mask;
    this.lines = lines;
  }

  /** Takes a line. */
  @FunctionalInterface
  private interface Line {
    void take(byte[] line, int length, boolean cut);
  }

  private static LineCutter.Listener whole(Line taker) {
    return new LineCutter.Listener() {
      @Override
      public void line(byte[] line, int length, boolean cut, boolean open) {
        taker.take(line, length, cut);
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

  /** A line of the client. @param cut whether there was more of it */
  abstract void said(String line, boolean cut);

  /** A line of the server, of which there may be millions in a message. @param cut whether there was more of it */
  abstract void answered(byte[] line, int length, boolean cut);

  static String text(byte[] line, int length) {
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  final void keep(Side side, String text) {
    lines.accept(side, text.getBytes(StandardCharsets.UTF_8));
  }

  final Mask mask() {
    return mask;
  }

  /** Octets of the server's line that is told. */
  final long answerSize() {
    return server.size();
  }

  @Override
  public final void client(byte[] from, int offset, int length) {
    client.take(from, offset, length);
  }

  @Override
  public final void server(byte[] from, int offset, int length) {
    server.take(from, offset, length);
  }

  @Override
  public final void finish() {
    client.finish();
    server.finish();
  }
}
