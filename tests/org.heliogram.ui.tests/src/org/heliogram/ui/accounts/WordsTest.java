/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word on screen is there in both languages, and nothing else is. */
class WordsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "welcome", "notify", "preferences", "folders", "messages", "reading"})
  void bothLanguagesHaveTheSameKeysAndPlaceholders(String name) throws ClassNotFoundException {
    Class<?> messages = Class.forName("org.heliogram.ui." + name + ".Messages");
    Set<String> fields = Arrays.stream(messages.getFields()).map(Field::getName).collect(Collectors.toCollection(TreeSet::new));

    Properties english = Language.ENGLISH.words(messages);
    Properties german = Language.GERMAN.words(messages);

    assertEquals(fields, new TreeSet<>(english.stringPropertyNames()));
    assertEquals(fields, new TreeSet<>(german.stringPropertyNames()));
    fields.forEach(key -> assertEquals(places(english, key), places(german, key), key));
    fields.forEach(key -> assertTrue(!german.getProperty(key).isBlank(), key));
  }

  /** A field that is not public stays null: NLS leaves it alone. */
  @ParameterizedTest
  @ValueSource(strings = {"accounts", "welcome", "notify", "preferences", "folders", "messages", "reading"})
  void everyWordIsLoaded(String name) throws ReflectiveOperationException {
    Class<?> messages = Class.forName("org.heliogram.ui." + name + ".Messages");

    for (Field field : messages.getDeclaredFields()) {
      field.setAccessible(true);
      assertNotNull(field.get(null), field.getName());
    }
  }

  private static Set<String> places(Properties words, String key) {
    return PLACE.matcher(words.getProperty(key)).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
  }
}
