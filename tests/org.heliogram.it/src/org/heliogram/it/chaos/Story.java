/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened when, and how often; any thread. */
final class Story {
  private static final int TOLD = 400;
  private final long start = System.nanoTime();
  private final List<String> lines = new ArrayList<>(); // guarded by this, like counts
  private final Map<String, Integer> counts = new TreeMap<>();

  synchronized void tell(String who, String what) {
    lines.add(String.format("%8.3f %-8s %s", (System.nanoTime() - start) / 1e9, who, what));
  }

  synchronized void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  synchronized int counted(String what) {
    return counts.getOrDefault(what, 0);
  }

  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  synchronized void add(Map<String, Integer> others) {
    others.forEach((what, times) -> counts.merge(what, times, Integer::sum));
  }

  /** The lines that name one of these, and the ones that concern all. */
  synchronized String of(Collection<String> tokens) {
    List<String> about = lines.stream().filter(line -> !line.contains(" t") || tokens.stream().anyMatch(t -> (line + ' ').contains(' ' + t + ' '))).toList();
    return String.join("\n", about.subList(Math.max(0, about.size() - TOLD), about.size()));
  }

  synchronized void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
