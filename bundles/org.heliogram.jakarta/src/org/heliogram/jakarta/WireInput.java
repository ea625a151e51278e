/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a server sends, buffered. The end of the connection is always an {@link EOFException}: no protocol of ours ends by it. One thread. */
public final class WireInput {
  private static final int BUFFER = 32 * 1024;
  private final InputStream source;
  private final WireLogs.Log log;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;

  WireInput(InputStream source, WireLogs.Log log) {
    this.source = source;
    this.log = log;
  }

  /** One octet, 0 to 255. */
  public int read() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  /** The octet {@link #read} would return, left where it is. */
  public int peek() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next] & 0xff;
  }

  /** At least one octet, at most {@code length}. */
  public int read(byte[] into, int offset, int length) throws IOException {
    if (next == end) {
      fill();
    }
    int count = Math.min(length, end - next);
    System.arraycopy(buffer, next, into, offset, count);
    next += count;
    return count;
  }

  /** At least one octet, at most {@code length}, and none after the first {@code last}. */
  public int readTo(char last, byte[] into, int offset, int length) throws IOException {
    if (next == end) {
      fill();
    }
    int limit = next + Math.min(length, end - next);
    int at = next;
    while (at < limit && buffer[at++] != last) {
      continue;
    }
    int count = at - next;
    System.arraycopy(buffer, next, into, offset, count);
    next = at;
    return count;
  }

  /** Passes over octets. */
  public void skip(long count) throws IOException {
    for (long left = count; left > 0;) {
      if (next == end) {
        fill();
      }
      int step = (int) Math.min(left, end - next);
      next += step;
      left -= step;
    }
  }

  /**
   * The octets up to the next LF, without it and without a CR before it.
   *
   * @throws WireException if there is no LF within {@code limit} octets
   */
  public byte[] line(int limit) throws IOException {
    byte[] line = new byte[Math.min(limit + 1, 128)];
    int length = 0;
    for (int octet = read(); octet != '\n'; octet = read()) {
      if (length >= limit) {
        throw new WireException("line longer than " + limit + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.min(limit + 1, length * 2));
      }
      line[length++] = (byte) octet;
    }
    return Arrays.copyOf(line, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
  }

  /** Octets that can be read without waiting, as far as is known; with what the system holds where {@code deep}. */
  int waiting(boolean deep) throws IOException {
    return end - next + (deep ? source.available() : 0);
  }

  /** What was read from the network and not yet asked for; it is gone here. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(buffer, next, end);
    next = end;
    return rest;
  }

  private void fill() throws IOException {
    int count = source.read(buffer, 0, BUFFER);
    if (count <= 0) {
      throw new EOFException("connection ended"); //$NON-NLS-1$
    }
    next = 0;
    end = count;
    log.server(buffer, 0, count);
  }
}
