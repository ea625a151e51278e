/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** The bytes of one message out of a segment; ends with an {@link IOException} instead of an end where they are not those written. */
final class VerifiedStream extends FilterInputStream {
  private final RawRef ref;
  private final CRC32C checksum = new CRC32C();
  private long left;

  VerifiedStream(InputStream in, RawRef ref) {
    super(new BufferedInputStream(in, 1 << 16));
    this.ref = ref;
    this.left = ref.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int got = in.read(bytes, from, (int) Math.min(count, left));
    if (got < 0) {
      throw new IOException("segment " + ref.segment() + " is too short"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    checksum.update(bytes, from, got);
    left -= got;
    if (left == 0 && checksum.getValue() != ref.checksum()) {
      throw new IOException("content in segment " + ref.segment() + " at " + ref.start() + " is damaged"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    byte[] buffer = new byte[8192];
    while (skipped < count) { // by reading: what is skipped is verified too
      int got = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
      if (got < 0) {
        break;
      }
      skipped += got;
    }
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, super.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
