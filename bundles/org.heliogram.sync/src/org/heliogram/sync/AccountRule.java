/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.heliogram.core.model.AccountId;

/** Whoever works for an account holds this: there is one at a time. */
record AccountRule(AccountId account) implements ISchedulingRule {
  @Override
  public boolean contains(ISchedulingRule rule) {
    return equals(rule);
  }

  @Override
  public boolean isConflicting(ISchedulingRule rule) {
    return equals(rule);
  }
}
