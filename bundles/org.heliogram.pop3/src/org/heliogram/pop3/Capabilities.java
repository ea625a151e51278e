/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says it can (RFC 2449).
 *
 * @param names      upper case, without arguments; empty where the server does not know CAPA
 * @param loginDelay shortest time between two sign-ins
 */
record Capabilities(Set<String> names, Optional<Duration> loginDelay) {
  static final Capabilities NONE = new Capabilities(Set.of(), Optional.empty());

  static Capabilities of(List<String> lines) {
    var names = new HashSet<String>();
    Optional<Duration> delay = Optional.empty();
    for (String line : lines) {
      String[] words = line.strip().split(" +"); //$NON-NLS-1$
      names.add(words[0].toUpperCase(Locale.ROOT));
      if (words[0].equalsIgnoreCase("LOGIN-DELAY") && words.length > 1 && words[1].matches("[0-9]{1,7}")) { //$NON-NLS-1$ //$NON-NLS-2$
        delay = Optional.of(Duration.ofSeconds(Long.parseLong(words[1])));
      }
    }
    return new Capabilities(Set.copyOf(names), delay);
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
