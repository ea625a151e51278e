/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.heliogram.core.service.Activity.Phase;
import org.junit.jupiter.api.Test;

class StepTest {
  @Test
  void theStepIsSaidWithTheFolderAndHowFarItIs() {
    String plain = Step.words(Phase.FETCHING_HEADERS, "Archive", 0, 0);
    String counted = Step.words(Phase.FETCHING_HEADERS, "Archive", 3, 7);

    assertEquals(Messages.Step_headers.replace("{0}", "Archive"), plain);
    assertEquals(Messages.Step_counted.replace("{0}", plain).replace("{1}", "3").replace("{2}", "7"), counted);
  }

  @Test
  void aStepWithoutAFolderHasWordsToo() {
    assertEquals(Messages.Step_connecting, Step.words(Phase.CONNECTING, "", 0, 0));
    assertEquals("", Step.words(Phase.IDLE, "", 0, 0));
  }
}
