/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

/** Whether what was filled in will do. */
sealed interface Check {
  Check FINE = new Fine();

  /** It will. */
  record Fine() implements Check {}

  /** Something is still to be filled in: not the user's mistake. */
  record Missing(String prompt) implements Check {}

  /** What stands there cannot be right. */
  record Wrong(String error) implements Check {}
}
