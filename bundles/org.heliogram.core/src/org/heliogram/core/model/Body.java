/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.io.IOException;
import java.io.InputStream;

/** The RFC 5322 bytes of a message, on this machine. Safe to keep; every {@link #open} reads anew, from any thread but the UI's. */
public interface Body {
  long sizeInBytes();

  /** Never {@link BodyState#NONE}. */
  BodyState state();

  /** The caller closes it. Reading checks length and checksum and fails with an {@link IOException} when the bytes are not those written. */
  InputStream open() throws IOException;

  /** All of it. @throws IOException also when it is larger than {@code limit} bytes */
  default byte[] bytes(long limit) throws IOException {
    if (sizeInBytes() > Math.min(limit, Integer.MAX_VALUE - 16)) {
      throw new IOException("message of " + sizeInBytes() + " bytes, limit " + limit); //$NON-NLS-1$ //$NON-NLS-2$
    }
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }
}
