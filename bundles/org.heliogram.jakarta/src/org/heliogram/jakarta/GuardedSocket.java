/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A plain socket whose waiting is measured by a {@link Guard}; TLS is put on top of it. */
final class GuardedSocket extends Socket {
  private final Guard guard;

  GuardedSocket(Guard guard) {
    this.guard = guard;
    guard.protect(this);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = 0;
        guard.enter();
        try {
          count = in.read(into, offset, length);
          return count;
        } finally {
          guard.leave(count);
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        guard.enter();
        try {
          out.write(from, offset, length);
        } finally {
          guard.leave(0);
        }
      }
    };
  }
}
