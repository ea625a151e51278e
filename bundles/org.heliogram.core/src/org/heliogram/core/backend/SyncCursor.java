/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;

/**
 * Where the last complete synchronisation of a folder stood. Opaque: IMAP keeps UIDVALIDITY, UIDNEXT and more in it; core compares it
 * for equality, and asks only whether it ends with {@link #BEGUN}. At most 1,000 characters.
 */
public record SyncCursor(String value) {
  /** How the text of a cursor ends that stands for a listing not done: ids known here are right, but there may be others. */
  public static final String BEGUN = "~"; //$NON-NLS-1$

  public SyncCursor {
    Objects.requireNonNull(value);
    if (value.length() > 1_000) {
      throw new IllegalArgumentException("cursor of " + value.length() + " characters"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** Whether the folder was known as a whole when it was taken. */
  public boolean whole() {
    return !value.endsWith(BEGUN);
  }
}
