/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Set;

/**
 * Which certificates a connection accepts beyond those the platform trusts.
 *
 * @param anchors    certificates in PEM, trusted as issuers; the host name is still checked; empty for none
 * @param exceptions lower-case hex SHA-256 of end-entity certificates the user has seen and accepted for this endpoint, whatever is wrong with them
 */
public record Trust(String anchors, Set<String> exceptions) {
  /** Only what the platform trusts. */
  public static final Trust PLATFORM = new Trust("", Set.of()); //$NON-NLS-1$

  public Trust {
    exceptions = Set.copyOf(exceptions);
    if (!exceptions.stream().allMatch(hash -> hash.matches("[0-9a-f]{64}"))) { //$NON-NLS-1$
      throw new IllegalArgumentException("not a SHA-256 in lower-case hex"); //$NON-NLS-1$
    }
  }
}
