/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CertificateDialogTest {
  @Test
  void aFingerprintIsShownInPairsOnTwoLines() {
    String shown = CertificateDialog.readable("0123456789abcdef".repeat(4));

    assertEquals("""
        01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:
        01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF""", shown);
  }
}
