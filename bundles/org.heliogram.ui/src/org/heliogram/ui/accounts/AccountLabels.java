/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.osgi.util.NLS;

/** Labels name accounts in the folder list and on the command line, so no two are alike, whatever the case. */
final class AccountLabels {
  private AccountLabels() {}

  /** The wish itself, or with a number. */
  static String unique(String wish, Collection<String> taken) {
    Set<String> folded = taken.stream().map(AccountLabels::fold).collect(Collectors.toSet());
    String label = wish;
    for (int number = 2; folded.contains(fold(label)); number++) {
      label = NLS.bind(Messages.Label_numbered, wish, Integer.toString(number));
    }
    return label;
  }

  static Check check(String label, Collection<String> taken) {
    if (label.isBlank()) {
      return new Check.Missing(Messages.Label_missing);
    }
    return taken.stream().map(AccountLabels::fold).anyMatch(fold(label)::equals)
        ? new Check.Wrong(NLS.bind(Messages.Label_taken, label.strip())) : Check.FINE;
  }

  private static String fold(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
