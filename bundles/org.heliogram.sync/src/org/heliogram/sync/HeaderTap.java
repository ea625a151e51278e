/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.heliogram.core.backend.Fingerprint;

/** Keeps the header of a message that is read through it. */
final class HeaderTap extends FilterInputStream {
  private static final int LONGEST_HEADER = 16 << 20;
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private boolean ended;
  private int inLine;

  HeaderTap(InputStream in) {
    super(in);
  }

  /** Of what was read so far; see {@link Fingerprint#header()}. */
  String digest() {
    return Fingerprint.header(header.toByteArray());
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0) {
      keep(octet);
    }
    return octet;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    int got = super.read(into, from, count);
    for (int i = 0; i < got && !ended; i++) {
      keep(into[from + i]);
    }
    return got;
  }

  private void keep(int octet) {
    if (ended) {
      return;
    }
    header.write(octet);
    if (octet == '\n') {
      ended = inLine == 0;
      inLine = 0;
    } else if (octet != '\r') {
      inLine++;
    }
    ended |= header.size() >= LONGEST_HEADER;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
