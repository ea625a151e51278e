/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Locale;
import java.util.function.Function;
import org.eclipse.ui.dialogs.FilteredList;

/** Matches when every word typed occurs in the element's text, without case. */
final class WordMatcher implements FilteredList.FilterMatcher {
  private final Function<Object, String> text;
  private String[] words = {};

  WordMatcher(Function<Object, String> text) {
    this.text = text;
  }

  @Override
  public void setFilter(String pattern, boolean ignoreCase, boolean ignoreWildCards) {
    String typed = pattern == null ? "" : pattern.replace('*', ' ').strip().toLowerCase(Locale.ROOT); //$NON-NLS-1$
    words = typed.isEmpty() ? new String[0] : typed.split("\\s+"); //$NON-NLS-1$
  }

  @Override
  public boolean match(Object element) {
    String candidate = text.apply(element).toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!candidate.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
