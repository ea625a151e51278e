/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireInput;

/**
 * A message as RETR and TOP send it, without the dots put before dots (RFC 1939 section 3), with each line ended by CRLF even where the
 * server sent a bare LF. It ends only where the server said so: a connection that ends earlier is an {@link IOException}.
 */
final class MessageContent extends InputStream {
  private static final int NONE = -1;
  private final WireInput input;
  private long left;
  private int held = NONE; // an LF for which a CR was put in
  private int previous = '\n';
  private boolean ended;

  MessageContent(WireInput input, long limit) {
    this.input = input;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    if (held != NONE) {
      int octet = held;
      held = NONE;
      previous = octet;
      return octet;
    }
    return ended ? -1 : next();
  }

  private int next() throws IOException {
    int octet = input.read();
    if (octet == '.' && previous == '\n') {
      octet = input.read();
      if (octet == '\n' || octet == '\r' && input.peek() == '\n') {
        if (octet == '\r') {
          input.read();
        }
        ended = true;
        return -1;
      }
    }
    if (--left < 0) {
      throw new WireException("message much longer than announced"); //$NON-NLS-1$
    }
    if (octet == '\n' && previous != '\r') {
      held = '\n';
      octet = '\r';
    }
    previous = octet;
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    int count = 0;
    while (count < length) {
      if (previous != '\n' && held == NONE && !ended) {
        count += restOfLine(into, offset + count, length - count);
        continue;
      }
      int octet = read();
      if (octet < 0) {
        return count == 0 ? -1 : count;
      }
      into[offset + count++] = (byte) octet;
    }
    return count;
  }

  /** Within a line nothing has to be looked at but its end. */
  private int restOfLine(byte[] into, int offset, int length) throws IOException {
    int count = input.readTo('\n', into, offset, length);
    left -= count;
    if (left < 0) {
      throw new WireException("message much longer than announced"); //$NON-NLS-1$
    }
    int end = offset + count - 1;
    int before = count > 1 ? into[end - 1] : previous;
    if (into[end] == '\n' && before != '\r') {
      into[end] = '\r';
      held = '\n';
    }
    previous = into[end];
    return count;
  }

  /** Reads what was left, so that the next answer can be read. */
  void drain() throws IOException {
    while (read() >= 0) {
      continue;
    }
  }
}
