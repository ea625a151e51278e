/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;

/** Decodes uuencoded content line by line (POSIX uuencode), skipping what is none. */
final class UuInputStream extends InputStream {
  private static final int LINE = 200;
  private final InputStream in;
  private final LineReader lines;
  private byte[] decoded = {};
  private int at;
  private boolean begun;
  private boolean ended;

  UuInputStream(InputStream in) {
    this.in = in;
    this.lines = new LineReader(in);
  }

  @Override
  public int read() throws IOException {
    while (at == decoded.length) {
      if (ended || !lines.next(LINE)) {
        ended = true;
        return -1;
      }
      line(lines.line(), lines.kept());
    }
    return decoded[at++] & 0xFF;
  }

  private void line(byte[] line, int length) {
    at = 0;
    decoded = new byte[0];
    if (!begun) {
      begun = length > 5 && line[0] == 'b' && line[1] == 'e' && line[2] == 'g' && line[3] == 'i' && line[4] == 'n' && line[5] == ' ';
    } else if (length >= 3 && line[0] == 'e' && line[1] == 'n' && line[2] == 'd') {
      ended = true;
    } else if (length > 1) {
      decoded = decode(line, length, line[0] - ' ' & 0x3F);
    }
  }

  private static byte[] decode(byte[] line, int length, int count) {
    byte[] bytes = new byte[Math.min(count, (length - 1) / 4 * 3)];
    for (int i = 0; i < bytes.length; i++) {
      int group = 1 + i / 3 * 4 + i % 3;
      int shift = 2 + i % 3 * 2;
      bytes[i] = (byte) (sextet(line, group) << shift | sextet(line, group + 1) >> 6 - shift);
    }
    return bytes;
  }

  private static int sextet(byte[] line, int at) {
    return line[at] - ' ' & 0x3F;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
