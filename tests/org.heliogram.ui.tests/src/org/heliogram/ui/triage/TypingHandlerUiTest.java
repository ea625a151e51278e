/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class TypingHandlerUiTest {
  @Test
  void onlyWhatIsTypedIntoIsCutFromAndPastedInto() {
    var shell = new Shell();
    try {
      assertTrue(TypingHandler.isTypedInto(new Text(shell, SWT.BORDER)));
      assertFalse(TypingHandler.isTypedInto(new Text(shell, SWT.READ_ONLY)));
      assertFalse(TypingHandler.isTypedInto(new StyledText(shell, SWT.READ_ONLY)));
      assertFalse(TypingHandler.isTypedInto(new Table(shell, SWT.NONE)));
      assertFalse(TypingHandler.isTypedInto(null));
    } finally {
      shell.dispose();
    }
  }
}
