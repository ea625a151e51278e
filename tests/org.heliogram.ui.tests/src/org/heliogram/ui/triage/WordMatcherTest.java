/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordMatcherTest {
  @ParameterizedTest
  @CsvSource({"'',true", "ecl,true", "'jdt lists',true", "'LISTS ECLIPSE',true", "'lists emacs',false", "'*jdt*',true", "über,true"})
  void everyTypedWordMustOccur(String typed, boolean matches) {
    var matcher = new WordMatcher(Object::toString);

    matcher.setFilter(typed, true, false);

    assertEquals(matches, matcher.match("Lists/Eclipse/JDT Über"));
  }
}
