/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlPaneTest {
  @ParameterizedTest
  @CsvSource({"https://example.org/, true", "HTTP://example.org/, true", "mailto:ada@example.org, true", "file:///etc/passwd, false",
      "javascript:alert(1), false", "data:text/html;x, false", "ftp://example.org/, false", "vscode://open, false",
      "about:blank, false"})
  void onlyLinksOfTheWebAndOfMailLeaveTheProgram(String address, boolean outside) {
    assertEquals(outside, HtmlPane.fitForTheOutside(address));
  }
}
