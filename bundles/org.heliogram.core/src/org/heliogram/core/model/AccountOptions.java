/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.Duration;
import java.util.Objects;

/**
 * What the user may choose for an account.
 *
 * @param fetchInterval     time between two scheduled fetches; zero means never by itself
 * @param fetchInBackground whether fetching starts with the application, before the perspective was opened
 * @param bodies            which bodies are kept here
 */
public record AccountOptions(Duration fetchInterval, boolean fetchInBackground, BodyPolicy bodies) {
  public static final AccountOptions DEFAULT = new AccountOptions(Duration.ofMinutes(5), false, BodyPolicy.DEFAULT);

  public AccountOptions {
    Objects.requireNonNull(bodies);
    if (fetchInterval.isNegative()) {
      throw new IllegalArgumentException("interval " + fetchInterval); //$NON-NLS-1$
    }
  }
}
