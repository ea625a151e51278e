/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.testing.CrashPointContract;
import org.heliogram.testing.TrialFrame;

class InMemoryCrashPointTest extends CrashPointContract {
  @Override
  protected TrialFrame frame() {
    return new InMemoryFrame();
  }

  @Override
  protected int oneIn() {
    return 3;
  }
}
