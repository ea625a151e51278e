/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The flags of one message. Immutable; keywords compare without case, as servers do.
 *
 * @param bits     set of {@link Flag}s, bit n for ordinal n; stable, may be stored
 * @param keywords the rest, without \Recent
 */
public record Flags(int bits, SortedSet<String> keywords) {
  public static final Flags NONE = new Flags(0, Collections.emptySortedSet());

  public Flags {
    if (!keywords.isEmpty()) {
      var copy = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      copy.addAll(keywords);
      keywords = Collections.unmodifiableSortedSet(copy);
    } else {
      keywords = Collections.emptySortedSet();
    }
  }

  public static Flags of(Flag... flags) {
    int bits = 0;
    for (Flag flag : flags) {
      bits |= flag.bit();
    }
    return bits == 0 ? NONE : new Flags(bits, Collections.emptySortedSet());
  }

  /** From the names of an IMAP flag list; \Recent and \* are dropped, unknown system flags too. */
  public static Flags parse(Collection<String> imapNames) {
    int bits = 0;
    TreeSet<String> keywords = null;
    for (String name : imapNames) {
      Flag known = known(name);
      if (known != null) {
        bits |= known.bit();
      } else if (!name.isEmpty() && name.charAt(0) != '\\') {
        keywords = keywords == null ? new TreeSet<>(String.CASE_INSENSITIVE_ORDER) : keywords;
        keywords.add(name);
      }
    }
    return keywords == null ? new Flags(bits, Collections.emptySortedSet()) : new Flags(bits, keywords);
  }

  private static Flag known(String name) {
    for (Flag flag : Flag.values()) {
      if (flag.imapName().equalsIgnoreCase(name)) {
        return flag;
      }
    }
    return null;
  }

  public boolean has(Flag flag) {
    return (bits & flag.bit()) != 0;
  }

  /** These flags after a change. */
  public Flags with(FlagChange change) {
    int newBits = bits & ~change.remove().bits | change.add().bits;
    if (keywords.isEmpty() && change.add().keywords.isEmpty()) {
      return newBits == bits ? this : new Flags(newBits, Collections.emptySortedSet());
    }
    var words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    words.addAll(keywords);
    words.removeAll(change.remove().keywords);
    words.addAll(change.add().keywords);
    return new Flags(newBits, words);
  }

  /** Without case, like {@link #equals}. */
  @Override
  public int hashCode() {
    int hash = bits;
    for (String keyword : keywords) {
      hash = 31 * hash + keyword.toLowerCase(Locale.ROOT).hashCode();
    }
    return hash;
  }

  /** All names as IMAP writes them. */
  public List<String> imapNames() {
    var names = new ArrayList<String>();
    for (Flag flag : Flag.values()) {
      if (has(flag)) {
        names.add(flag.imapName());
      }
    }
    names.addAll(keywords);
    return List.copyOf(names);
  }
}
