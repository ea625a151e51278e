/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;

/** The server's name for a message within a folder: an IMAP UID in decimal, a POP3 unique-id. Core compares it for equality only. */
public record RemoteId(String value) {
  public RemoteId {
    Objects.requireNonNull(value);
    if (value.isEmpty() || value.length() > 255) {
      throw new IllegalArgumentException("remote id of " + value.length() + " characters"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  public static RemoteId of(long uid) {
    return new RemoteId(Long.toString(uid));
  }

  @Override
  public String toString() {
    return value;
  }
}
