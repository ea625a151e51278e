/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.Body;

/** The bytes of a message, small ones in memory. */
final class Content {
  private final Body body;
  private final Optional<byte[]> memory;

  private Content(Body body, Optional<byte[]> memory) {
    this.body = body;
    this.memory = memory;
  }

  static Content of(Body body) throws IOException {
    boolean small = body.sizeInBytes() <= Limits.IN_MEMORY_BYTES;
    return new Content(body, small ? Optional.of(body.bytes(Limits.IN_MEMORY_BYTES)) : Optional.empty());
  }

  InputStream open() throws IOException {
    return memory.isPresent() ? new ByteArrayInputStream(memory.get()) : body.open();
  }

  /** A stretch of the message, not decoded. */
  static InputStream open(Body body, long start, long end) throws IOException {
    InputStream in = body.open();
    boolean done = false;
    try {
      in.skipNBytes(start);
      done = true;
      return new Bounded(in, end - start);
    } finally {
      if (!done) {
        in.close();
      }
    }
  }

  /** The beginnings of several parts, not decoded, read in one pass. @param limit bytes of each; @param total of all; later ones are left out */
  Map<Part, byte[]> load(List<Part> parts, int limit, int total) throws IOException {
    int left = total;
    var loaded = new HashMap<Part, byte[]>();
    try (InputStream in = open()) {
      long at = 0;
      for (Part part : parts.stream().sorted(Comparator.comparingLong(part -> part.start)).toList()) {
        int length = (int) Math.min(limit, part.end - part.start);
        if (part.start >= at && length <= left) {
          in.skipNBytes(part.start - at);
          byte[] bytes = in.readNBytes(length);
          left -= bytes.length;
          at = part.start + bytes.length;
          loaded.put(part, bytes);
        }
      }
    }
    return loaded;
  }

  /** Ends after so many bytes. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      int b = left > 0 ? in.read() : -1;
      left -= b >= 0 ? 1 : 0;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = left > 0 ? in.read(bytes, offset, (int) Math.min(length, left)) : -1;
      left -= Math.max(count, 0);
      return length == 0 ? 0 : count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
