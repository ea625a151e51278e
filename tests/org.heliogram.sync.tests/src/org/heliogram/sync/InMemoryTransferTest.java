/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.testing.TransferSimulation;
import org.heliogram.testing.TrialFrame;

class InMemoryTransferTest extends TransferSimulation {
  @Override
  protected TrialFrame frame() {
    return new InMemoryFrame();
  }

  @Override
  protected int seeds() {
    return 500;
  }

  @Override
  protected int oneIn() {
    return 3;
  }
}
