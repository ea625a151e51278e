/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import org.heliogram.testing.LawSimulation;
import org.heliogram.testing.TrialFrame;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The law on Derby. */
class DerbyLawTest extends LawSimulation {
  @RegisterExtension
  static final DerbyFrame FRAME = new DerbyFrame();

  @Override
  protected TrialFrame frame() {
    return FRAME;
  }

  @Override
  protected int seeds() {
    return 50;
  }
}
