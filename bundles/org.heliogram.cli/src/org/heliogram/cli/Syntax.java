/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.Set;

/**
 * What a command understands.
 *
 * @param switches options without a value, without the dashes
 * @param options  options with a value
 * @param least    fewest other words
 * @param most     most other words
 * @param usage    how to use it, in several lines
 */
record Syntax(String name, Set<String> switches, Set<String> options, int least, int most, String usage) {
  Syntax {
    switches = Set.copyOf(switches);
    options = Set.copyOf(options);
  }
}
