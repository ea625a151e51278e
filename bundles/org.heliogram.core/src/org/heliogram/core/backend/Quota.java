/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

/**
 * How much of its space on the server an account uses.
 *
 * @param used  octets; may be more than the limit
 * @param limit octets, at least 1
 */
public record Quota(long used, long limit) {
  public Quota {
    if (used < 0 || limit < 1) {
      throw new IllegalArgumentException(used + " of " + limit); //$NON-NLS-1$
    }
  }

  /** How much of it, rounded down; may be more than 100. */
  public int percent() {
    return (int) Math.min(Integer.MAX_VALUE, 100.0 * used / limit);
  }
}
