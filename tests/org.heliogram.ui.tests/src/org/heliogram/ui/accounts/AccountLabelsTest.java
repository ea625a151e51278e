/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountLabelsTest {
  private static final List<String> TAKEN = List.of("ada@example.org", "Demo", "Demo (2)");

  @Test
  void aFreeLabelStaysAndATakenOneGetsTheNextNumber() {
    assertEquals("bob@example.org", AccountLabels.unique("bob@example.org", TAKEN));
    assertEquals("Demo (3)", AccountLabels.unique("Demo", TAKEN));
    assertEquals("ADA@example.org (2)", AccountLabels.unique("ADA@example.org", TAKEN));
  }

  @Test
  void aLabelIsThereAndUnique() {
    assertInstanceOf(Check.Missing.class, AccountLabels.check(" ", TAKEN));
    assertInstanceOf(Check.Wrong.class, AccountLabels.check("demo ", TAKEN));
    assertEquals(Check.FINE, AccountLabels.check("Work", TAKEN));
  }
}
