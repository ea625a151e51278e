/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.Arrays;
import org.heliogram.jakarta.WireException;

/**
 * UIDs a server names, kept as the ranges it wrote: one such as 1:4294967295, of which hardly a message exists, costs no more than a
 * single UID. Not in order and overlapping until {@link #contains} or {@link #count} is asked.
 */
final class UidRanges {
  private static final int LIMIT = 2_000_000;
  private static final int DIGITS = 18;
  private long[] ends = new long[16]; // pairs: first and last
  private int size; // of ends
  private boolean settled = true;

  void add(long one, long other) throws WireException {
    long first = Math.max(1, Math.min(one, other));
    long last = Math.min(Mailbox.UID_LIMIT, Math.max(one, other));
    if (last < first) {
      return; // 0 is no UID
    }
    if (settled && size > 0 && ends[size - 1] + 1 == first) {
      ends[size - 1] = last;
      return;
    }
    settled &= size == 0 || ends[size - 1] < first;
    if (size >= 2 * LIMIT) {
      throw new WireException("more than " + LIMIT + " ranges of UIDs"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    ends = size == ends.length ? Arrays.copyOf(ends, size * 2) : ends;
    ends[size++] = first;
    ends[size++] = last;
  }

  void add(UidRanges others) throws WireException {
    for (int i = 0; i < others.size; i += 2) {
      add(others.ends[i], others.ends[i + 1]);
    }
  }

  /** A set as servers write it, however long: {@code 1:5,7}. @return how many UIDs it names, each range counted by itself */
  long read(ResponseReader in) throws IOException {
    long named = 0;
    do {
      long first = number(in);
      long last = in.accept(':') ? number(in) : first;
      add(first, last);
      named += Math.abs(last - first) + 1;
    } while (in.accept(','));
    return named;
  }

  private static long number(ResponseReader in) throws IOException {
    if (in.accept('*')) {
      return Mailbox.UID_LIMIT;
    }
    long value = 0;
    int digits = 0;
    for (int next = in.peek(); next >= '0' && next <= '9'; next = in.peek()) {
      if (++digits > DIGITS) {
        throw new Unreadable("number expected"); //$NON-NLS-1$
      }
      value = value * 10 + in.read() - '0';
    }
    if (digits == 0) {
      throw new Unreadable("number expected"); //$NON-NLS-1$
    }
    return value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean contains(long uid) {
    settle();
    int low = 0;
    int high = size / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (uid < ends[2 * middle]) {
        high = middle - 1;
      } else if (uid > ends[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** How many UIDs. */
  long count() {
    settle();
    long count = 0;
    for (int i = 0; i < size; i += 2) {
      count += ends[i + 1] - ends[i] + 1;
    }
    return count;
  }

  /** All of them, ascending. To be asked only where {@link #count} is small. */
  long[] all() {
    long[] all = new long[Math.toIntExact(count())];
    int next = 0;
    for (int i = 0; i < size; i += 2) {
      for (long uid = ends[i]; uid <= ends[i + 1]; uid++) {
        all[next++] = uid;
      }
    }
    return all;
  }

  /** Brings the ranges into order and joins those that touch. */
  private void settle() {
    if (settled) {
      return;
    }
    long[][] pairs = new long[size / 2][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new long[] {ends[2 * i], ends[2 * i + 1]};
    }
    Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
    int end = 0;
    for (long[] pair : pairs) {
      if (end > 0 && ends[end - 1] + 1 >= pair[0]) {
        ends[end - 1] = Math.max(ends[end - 1], pair[1]);
      } else {
        ends[end++] = pair[0];
        ends[end++] = pair[1];
      }
    }
    size = end;
    settled = true;
  }
}
