/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Flags;

/**
 * Ids of a folder with their flags, twelve octets a message as long as all ids are numbers, which those of IMAP are. Flags that are equal
 * are one object.
 */
final class IdFlags {
  private static final int LONGEST = 18;
  private final Map<String, Flags> seen = new HashMap<>();
  private final Map<RemoteId, Flags> words = new HashMap<>();
  private long[] numbers;
  private Flags[] flags;
  private int size;
  private boolean sorted = true;

  IdFlags(int expected) {
    numbers = new long[Math.max(16, expected)];
    flags = new Flags[numbers.length];
  }

  void add(String id, int bits, String keywords) {
    Flags state = seen.computeIfAbsent(bits + " " + keywords, unseen -> Values.flags(bits, keywords)); //$NON-NLS-1$
    long number = number(id);
    if (number < 0) {
      words.put(new RemoteId(id), state);
      return;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      flags = Arrays.copyOf(flags, size * 2);
    }
    sorted &= size == 0 || numbers[size - 1] < number;
    numbers[size] = number;
    flags[size++] = state;
  }

  /** -1 if it is none, or not written as numbers are. */
  private static long number(String id) {
    boolean digits = !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && (id.charAt(0) != '0' || id.length() == 1) ? Long.parseLong(id) : -1;
  }

  /** To be called once, at the end. The ids must all be different. */
  Map<RemoteId, Flags> asMap() {
    sort();
    var byNumber = new ByNumber(numbers, flags, size);
    if (words.isEmpty()) {
      return byNumber;
    }
    words.putAll(byNumber);
    return words;
  }

  /** The database has them in the order of their texts: "i10" before "i9". */
  private void sort() {
    if (sorted) {
      return;
    }
    long[] ordered = Arrays.copyOf(numbers, size);
    Arrays.sort(ordered);
    Flags[] theirs = new Flags[size];
    for (int i = 0; i < size; i++) {
      theirs[Arrays.binarySearch(ordered, numbers[i])] = flags[i];
    }
    numbers = ordered;
    flags = theirs;
  }

  private static final class ByNumber extends AbstractMap<RemoteId, Flags> {
    private final long[] numbers;
    private final Flags[] flags;
    private final int size;

    ByNumber(long[] numbers, Flags[] flags, int size) {
      this.numbers = numbers;
      this.flags = flags;
      this.size = size;
    }

    private int at(Object key) {
      long number = key instanceof RemoteId id ? number(id.value()) : -1;
      return number < 0 ? -1 : Arrays.binarySearch(numbers, 0, size, number);
    }

    @Override
    public Flags get(Object key) {
      int at = at(key);
      return at < 0 ? null : flags[at];
    }

    @Override
    public boolean containsKey(Object key) {
      return at(key) >= 0;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Set<Entry<RemoteId, Flags>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public int size() {
          return size;
        }

        @Override
        public Iterator<Entry<RemoteId, Flags>> iterator() {
          return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
              return next < size;
            }

            @Override
            public Entry<RemoteId, Flags> next() {
              if (next >= size) {
                throw new NoSuchElementException();
              }
              return Map.entry(RemoteId.of(numbers[next]), flags[next++]);
            }
          };
        }
      };
    }
  }
}
