/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says it can (RFC 2449). Some of it may be another for each user, and is right only after the sign-in.
 *
 * @param arguments by name in upper case, what stands behind the name; empty where the server does not know CAPA
 */
record Capabilities(Map<String, String> arguments) {
  static final Capabilities NONE = new Capabilities(Map.of());

  static Capabilities of(List<String> lines) {
    var arguments = new HashMap<String, String>();
    for (String line : lines) {
      String[] words = line.strip().split(" +", 2); //$NON-NLS-1$
      arguments.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : ""); //$NON-NLS-1$
    }
    return new Capabilities(Map.copyOf(arguments));
  }

  boolean has(String name) {
    return arguments.containsKey(name);
  }

  /** Ways to sign in (RFC 5034). */
  Set<String> mechanisms() {
    return Set.copyOf(List.of(arguments.getOrDefault("SASL", "").split(" +"))); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** Shortest time between two sign-ins. */
  Optional<Duration> loginDelay() {
    return number("LOGIN-DELAY").map(Duration::ofSeconds); //$NON-NLS-1$
  }

  /** How long mail that was fetched may stay; zero if it goes with the session. Empty where the server does not say, or keeps it for ever. */
  Optional<Duration> expire() {
    return number("EXPIRE").map(Duration::ofDays); //$NON-NLS-1$
  }

  private Optional<Long> number(String name) {
    String digits = arguments.getOrDefault(name, "").split(" ")[0]; //$NON-NLS-1$ //$NON-NLS-2$ // "60 USER": another for each user
    return digits.matches("[0-9]{1,7}") ? Optional.of(Long.parseLong(digits)) : Optional.empty(); //$NON-NLS-1$
  }
}
