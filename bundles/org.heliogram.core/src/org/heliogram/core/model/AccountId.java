/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.UUID;

/** Names an account on this machine, for ever. Never shown, never sent. */
public record AccountId(String value) {
  public AccountId {
    Objects.requireNonNull(value);
    if (value.isEmpty() || value.length() > 36) {
      throw new IllegalArgumentException("account id of " + value.length() + " characters"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** A new id that no other account has. */
  public static AccountId create() {
    return new AccountId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
