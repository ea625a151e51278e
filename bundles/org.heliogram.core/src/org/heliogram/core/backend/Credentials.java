/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;

/** A secret to sign in with. The user name is the endpoint's. */
public record Credentials(String password) {
  public Credentials {
    Objects.requireNonNull(password);
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "Credentials[...]"; //$NON-NLS-1$
  }
}
