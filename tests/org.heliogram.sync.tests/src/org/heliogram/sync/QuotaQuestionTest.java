/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.heliogram.core.model.Keeping;
import org.heliogram.testing.ModelServer;
import org.junit.jupiter.api.Test;

/** How often a server is asked how full the account is: some take half a second to answer, and some have nothing to answer. */
class QuotaQuestionTest {
  @Test
  void itIsAskedOnceAConnection() throws Exception {
    var lab = new Laboratory(ModelServer.Kind.values()[0], Keeping.MIRRORED);
    lab.connection.get(Laboratory.MONITOR);

    assertTrue(lab.connection.quotaDue());
    assertFalse(lab.connection.quotaDue());

    lab.connection.fresh(Laboratory.MONITOR);

    assertTrue(lab.connection.quotaDue());
  }
}
