/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import org.heliogram.testing.CrashPointContract;
import org.heliogram.testing.TrialFrame;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deaths around every step, on Derby. */
class DerbyCrashPointTest extends CrashPointContract {
  @RegisterExtension
  static final DerbyFrame FRAME = new DerbyFrame();

  @Override
  protected TrialFrame frame() {
    return FRAME;
  }

  @Override
  protected int oneIn() {
    return 20;
  }
}
