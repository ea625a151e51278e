/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream line by line, counting bytes. Only the beginning of a line is kept, as much of it as is asked for; the rest is counted
 * and dropped, so that a line without an end costs no memory.
 */
final class LineReader {
  private static final int BUFFER = 1 << 16;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private long position;
  private byte[] line = new byte[4_096];
  private int kept;
  private long start;
  private long end;
  private int eol;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Reads the next line. @param keep bytes of it to keep; @return false at the end of the stream */
  boolean next(int keep) throws IOException {
    start = position;
    kept = 0;
    boolean ended = false;
    byte last = 0;
    while (!ended && fill()) {
      int from = at;
      int to = at;
      while (to < filled && buffer[to] != '\n') {
        to++;
      }
      last = to > from ? buffer[to - 1] : last;
      keep(from, to, keep);
      ended = to < filled;
      at = ended ? to + 1 : to;
      position += at - from;
    }
    eol = ended ? 1 : 0;
    if (last == '\r') {
      eol++;
    }
    end = position - eol;
    kept = (int) Math.min(kept, end - start);
    return position > start;
  }

  private boolean fill() throws IOException {
    if (at == filled) {
      filled = in.read(buffer, 0, buffer.length);
      at = 0;
    }
    return filled > 0;
  }

  private void keep(int from, int to, int keep) {
    int count = Math.min(to - from, keep - kept);
    if (count > 0) {
      if (kept + count > line.length) {
        line = java.util.Arrays.copyOf(line, Math.max(kept + count, Math.min(keep, line.length * 2)));
      }
      System.arraycopy(buffer, from, line, kept, count);
      kept += count;
    }
  }

  /** Offset of the line's first byte. */
  long start() {
    return start;
  }

  /** Offset behind the line's last byte, without its line end. */
  long end() {
    return end;
  }

  /** Offset of the next line. */
  long next() {
    return position;
  }

  /** Bytes of the line that were kept. */
  int kept() {
    return kept;
  }

  /** Holds the kept bytes until the next call. */
  byte[] line() {
    return line;
  }

  boolean isEmpty() {
    return end == start;
  }

  boolean startsWithDashes() {
    return kept > 2 && line[0] == '-' && line[1] == '-';
  }
}
