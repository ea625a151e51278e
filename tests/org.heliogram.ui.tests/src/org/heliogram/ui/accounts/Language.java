/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assertions;

/** Puts a class of messages into one language for a while: NLS chooses once for a whole process. */
public enum Language {
  ENGLISH("messages.properties"), GERMAN("messages_de.properties");

  private final String file;

  Language(String file) {
    this.file = file;
  }

  /** The words as they are in the file. */
  public Properties words(Class<?> messages) {
    Properties words = new Properties();
    try (InputStream in = messages.getResourceAsStream(file)) {
      Assertions.assertNotNull(in, () -> file + " beside " + messages.getName());
      words.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  /** Calls something that speaks through {@code messages}. */
  public <T> T speak(Class<?> messages, Callable<T> call) throws Exception {
    Properties words = words(messages);
    Map<Field, Object> before = new HashMap<>();
    try {
      for (Field field : messages.getDeclaredFields()) {
        if (words.containsKey(field.getName())) {
          field.setAccessible(true);
          before.put(field, field.get(null));
          field.set(null, words.getProperty(field.getName()));
        }
      }
      return call.call();
    } finally {
      for (Map.Entry<Field, Object> entry : before.entrySet()) {
        entry.getKey().set(null, entry.getValue());
      }
    }
  }
}
