/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;

/** A listing of many messages that costs twelve octets a message; newest, that is highest UID, first. Written by one thread, then only read. */
final class UidStates extends AbstractList<RemoteState> implements RandomAccess {
  private static final int INDEX_BITS = 25; // with a UID of 32 bits in one number; 20 million and more
  private long[] uids = new long[64];
  private Flags[] flags = new Flags[64];
  private int size;
  private boolean sorted = true;

  /** @param state null where it is not known */
  void add(long uid, Flags state) {
    if (size == uids.length) {
      uids = Arrays.copyOf(uids, size * 2);
      flags = Arrays.copyOf(flags, size * 2);
    }
    sorted &= size == 0 || uids[size - 1] < uid;
    uids[size] = uid;
    flags[size++] = state;
  }

  /** Brings it into order, one entry a UID; of several the last with known flags counts. */
  void settle() {
    if (sorted) {
      return;
    }
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = uids[i] << INDEX_BITS | i;
    }
    Arrays.sort(order);
    long[] sortedUids = new long[size];
    Flags[] sortedFlags = new Flags[size];
    int count = 0;
    for (long place : order) {
      long uid = place >>> INDEX_BITS;
      Flags state = flags[(int) (place & (1L << INDEX_BITS) - 1)];
      count += count > 0 && sortedUids[count - 1] == uid ? 0 : 1;
      sortedUids[count - 1] = uid;
      sortedFlags[count - 1] = state == null ? sortedFlags[count - 1] : state;
    }
    uids = sortedUids;
    flags = sortedFlags;
    size = count;
    sorted = true;
  }

  /** Without those that are marked so. */
  UidStates without(Flag mark) {
    var rest = new UidStates();
    for (int i = 0; i < size; i++) {
      if (flags[i] == null || !flags[i].has(mark)) {
        rest.add(uids[i], flags[i]);
      }
    }
    return rest;
  }

  /** Without those whose UID is in the ranges. */
  UidStates without(UidRanges ranges) {
    return filtered(ranges, false);
  }

  /** Only those whose UID is in the ranges. */
  UidStates within(UidRanges ranges) {
    return filtered(ranges, true);
  }

  private UidStates filtered(UidRanges ranges, boolean within) {
    var rest = new UidStates();
    for (int i = 0; i < size; i++) {
      if (ranges.contains(uids[i]) == within) {
        rest.add(uids[i], flags[i]);
      }
    }
    rest.settle();
    return rest;
  }

  /** Whether the flags of all are known. */
  boolean flagsKnown() {
    for (int i = 0; i < size; i++) {
      if (flags[i] == null) {
        return false;
      }
    }
    return true;
  }

  long highest() {
    return size == 0 ? 0 : uids[size - 1];
  }

  @Override
  public RemoteState get(int index) {
    int at = size - 1 - Objects.checkIndex(index, size);
    return new RemoteState(RemoteId.of(uids[at]), Optional.ofNullable(flags[at]));
  }

  @Override
  public int size() {
    return size;
  }
}
