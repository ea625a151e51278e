/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a server sends compressed (RFC 1951, as RFC 4978 uses it), in the portions its reader asks for: a kilobyte may stand for a megabyte,
 * so nothing is inflated that nobody wants yet, and whatever limits the reader has hold for what comes out.
 */
final class Inflating extends InputStream {
  private final InputStream source;
  private final Inflater inflater = new Inflater(true); // Never ended: the cleaner does that, another thread may be in it.
  private final byte[] compressed = new byte[8 * 1024];

  /** @param first what was read already */
  Inflating(InputStream source, byte[] first) {
    this.source = source;
    inflater.setInput(first);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(into, offset, length);
        if (count > 0 || length == 0) {
          return count;
        }
        if (inflater.finished() || inflater.needsDictionary()) {
          return -1; // The server has said its last word; whether it should have is for the protocol to know.
        }
        int more = source.read(compressed, 0, compressed.length);
        if (more < 0) {
          return -1;
        }
        inflater.setInput(compressed, 0, more);
      }
    } catch (DataFormatException e) {
      throw new WireException("compressed octets that are none"); //$NON-NLS-1$
    }
  }

  @Override
  public int available() throws IOException {
    return inflater.needsInput() ? source.available() : 1;
  }
}
