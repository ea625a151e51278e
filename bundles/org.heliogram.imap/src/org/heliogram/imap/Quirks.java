/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What servers say they can and cannot: all of it, in one place. Whoever asks {@link ImapConnection#can} need not know. What holds for every
 * server is not here: sets go up and are short, at most 24 commands are under way, a set names at most 1,000 messages.
 */
final class Quirks {
  private static final List<Entry> KNOWN = List.of(
      new Entry("XAPPLEPUSHSERVICE", Set.of("QRESYNC"), Set.of(), "iCloud: tells nothing, or wrong things, of what vanished"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      new Entry("ZIMBRA", Set.of("QRESYNC"), Set.of(), "Zimbra: stumbles over the parameters of QRESYNC and glues UID and MODSEQ"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      new Entry("X-GM-EXT-1", Set.of(), Set.of(Habit.EXPUNGES_ONLY_IN_TRASH), //$NON-NLS-1$
          "Gmail: a folder is a label, and EXPUNGE takes only the label away; what is deleted for good goes by the Trash")); //$NON-NLS-1$

  /** What a kind of server does in its own way. */
  enum Habit {
    /** EXPUNGE deletes in the Trash and among the junk only, and leaves the message elsewhere on the server. */
    EXPUNGES_ONLY_IN_TRASH
  }

  private final String sign;
  private final Set<String> disregarded = new HashSet<>();

  /**
   * A kind of server.
   *
   * @param word   in its greeting, its ID or its capabilities, in capitals
   * @param cannot what to disregard
   * @param habits what else to reckon with
   * @param reason why
   */
  private record Entry(String word, Set<String> cannot, Set<Habit> habits, String reason) {}

  private Quirks(String sign) {
    this.sign = sign;
  }

  /** @param id what it said of itself (RFC 2971) */
  static Quirks of(String greeting, Map<String, String> id, Set<String> capabilities) {
    Quirks quirks = new Quirks((greeting + ' ' + id.getOrDefault("name", "") + ' ' + id.getOrDefault("vendor", "") + ' ' //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        + String.join(" ", capabilities)).toUpperCase(Locale.ROOT)); //$NON-NLS-1$
    quirks.known().forEach(entry -> quirks.disregarded.addAll(entry.cannot));
    return quirks;
  }

  private List<Entry> known() {
    return KNOWN.stream().filter(entry -> sign.contains(entry.word)).toList();
  }

  /** What is left of what it says it can. */
  Set<String> without(Set<String> capabilities) {
    return disregarded.isEmpty() ? capabilities
        : capabilities.stream().filter(word -> !disregarded.contains(word)).collect(Collectors.toUnmodifiableSet());
  }

  boolean has(Habit habit) {
    return known().stream().anyMatch(entry -> entry.habits.contains(habit));
  }

  /** For the protocol log; empty if nothing is wrong. */
  List<String> reasons() {
    return known().stream().map(Entry::reason).toList();
  }
}
