/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.testing.LawSimulation;
import org.heliogram.testing.TrialFrame;

class InMemoryLawTest extends LawSimulation {
  @Override
  protected TrialFrame frame() {
    return new InMemoryFrame();
  }

  @Override
  protected int seeds() {
    return 1_000;
  }
}
