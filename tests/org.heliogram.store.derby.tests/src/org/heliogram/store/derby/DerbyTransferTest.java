/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import org.heliogram.testing.TransferSimulation;
import org.heliogram.testing.TrialFrame;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transfers between accounts, on Derby. */
class DerbyTransferTest extends TransferSimulation {
  @RegisterExtension
  static final DerbyFrame FRAME = new DerbyFrame();

  @Override
  protected TrialFrame frame() {
    return FRAME;
  }

  @Override
  protected int seeds() {
    return 20;
  }

  @Override
  protected int oneIn() {
    return 40;
  }
}
