/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Right;

/** How small values stand in columns. */
final class Values {
  /** Longest VARCHAR. */
  static final int COLUMN = 32_672;
  private static final int SORTED = 200;
  private static final Address NOBODY = new Address("", ""); //$NON-NLS-1$ //$NON-NLS-2$
  /** Reply and forward marks of common clients, also counted (Re[2]:) and repeated. */
  private static final Pattern MARKS = Pattern.compile("(?i)^(\\s*(re|aw|fwd|fw|wg|sv|vs|antw|rif|tr)(\\[\\d+\\])?\\s*:)+\\s*"); //$NON-NLS-1$

  private Values() {}

  static String clip(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  static String column(String text) {
    return clip(text, COLUMN);
  }

  /** To the millisecond; what lies beyond a long is clipped. */
  static long millis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE; // a year no calendar reaches: any order will do
    }
  }

  static String words(Flags flags) {
    return flags.keywords().isEmpty() ? "" : clip(String.join(" ", flags.keywords()), COLUMN); //$NON-NLS-1$ //$NON-NLS-2$
  }

  static Flags flags(int bits, String words) {
    if (words.isEmpty()) {
      return bits == 0 ? Flags.NONE : new Flags(bits, Flags.NONE.keywords());
    }
    return new Flags(bits, new TreeSet<>(List.of(words.split(" ")))); //$NON-NLS-1$
  }

  static String rights(Optional<Set<Right>> rights) {
    return rights.map(all -> "-" + all.stream().map(Right::ordinal).sorted().map(n -> Integer.toString(n, 36)).collect(Collectors.joining())) //$NON-NLS-1$
        .orElse("?"); //$NON-NLS-1$
  }

  static Optional<Set<Right>> rights(String text) {
    return text.equals("?") ? Optional.empty() //$NON-NLS-1$
        : Optional.of(text.chars().skip(1).mapToObj(c -> Right.values()[Character.digit(c, 36)]).collect(Collectors.toUnmodifiableSet()));
  }

  static String policy(Optional<BodyPolicy> policy) {
    return policy.map(p -> p.keep().name() + ' ' + p.months() + ' ' + p.attachmentLimit()).orElse(""); //$NON-NLS-1$
  }

  static Optional<BodyPolicy> policy(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split(" "); //$NON-NLS-1$
    return Optional.of(new BodyPolicy(BodyPolicy.Keep.valueOf(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
  }

  static Address first(List<Address> addresses) {
    return addresses.isEmpty() ? NOBODY : addresses.get(0);
  }

  static String sortedSubject(String subject) {
    return clip(MARKS.matcher(subject).replaceFirst("").strip().toLowerCase(Locale.ROOT), SORTED); //$NON-NLS-1$
  }

  static String sortedName(Address address) {
    return clip(address.display().toLowerCase(Locale.ROOT), SORTED);
  }
}
