/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;

/** One response cannot be understood; those after it may be. */
final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }
}
