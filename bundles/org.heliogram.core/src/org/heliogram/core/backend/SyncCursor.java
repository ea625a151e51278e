/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;

/**
 * Where the last complete synchronisation of a folder stood. Opaque: IMAP keeps UIDVALIDITY, UIDNEXT and more in it; core compares it
 * for equality only. At most 1,000 characters.
 */
public record SyncCursor(String value) {
  public SyncCursor {
    Objects.requireNonNull(value);
    if (value.length() > 1_000) {
      throw new IllegalArgumentException("cursor of " + value.length() + " characters"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
