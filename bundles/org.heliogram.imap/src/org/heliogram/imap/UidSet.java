/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.heliogram.core.backend.RemoteId;

/** Sets of UIDs as commands name them: ascending, with ranges, and split into commands no server finds too long (RFC 7162 section 4). */
final class UidSet {
  /** Octets of one set. */
  static final int LENGTH_LIMIT = 7_500;
  private static final int EXPANSION_LIMIT = 100_000;

  private UidSet() {}

  /** The numbers; ids that are none of this backend's are left out. */
  static long[] numbers(Collection<RemoteId> ids) {
    return ids.stream().mapToLong(id -> number(id.value())).filter(uid -> uid > 0).toArray();
  }

  /** 0 if it is no UID. */
  static long number(String value) {
    boolean digits = value.length() <= 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !value.isEmpty() ? Long.parseLong(value) : 0;
  }

  /** As few sets as will do. */
  static List<String> of(long... uids) {
    long[] sorted = java.util.Arrays.stream(uids).sorted().distinct().toArray();
    var sets = new ArrayList<String>();
    var set = new StringBuilder();
    for (int from = 0; from < sorted.length;) {
      int to = from;
      while (to + 1 < sorted.length && sorted[to + 1] == sorted[to] + 1) {
        to++;
      }
      String range = from == to ? Long.toString(sorted[from]) : sorted[from] + ":" + sorted[to]; //$NON-NLS-1$
      if (set.length() + range.length() >= LENGTH_LIMIT) {
        sets.add(set.toString());
        set.setLength(0);
      }
      set.append(set.isEmpty() ? "" : ",").append(range); //$NON-NLS-1$ //$NON-NLS-2$
      from = to + 1;
    }
    if (!set.isEmpty()) {
      sets.add(set.toString());
    }
    return sets;
  }

  /**
   * The numbers of a set in the order they are written, which is what COPYUID pairs by; "5:3" counts down.
   *
   * @return empty if it is no set, or one beyond all measure
   */
  static long[] expand(String set) {
    var numbers = new ArrayList<Long>();
    for (String range : set.split(",")) { //$NON-NLS-1$
      String[] ends = range.split(":", -1); //$NON-NLS-1$
      long from = number(ends[0]);
      long to = number(ends[ends.length - 1]);
      if (ends.length > 2 || from == 0 || to == 0 || Math.abs(to - from) + numbers.size() >= EXPANSION_LIMIT) {
        return new long[0];
      }
      long step = from <= to ? 1 : -1;
      for (long uid = from; uid != to + step; uid += step) {
        numbers.add(uid);
      }
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
