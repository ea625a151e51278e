/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mail of the demo mailbox as plain text, compared with a text that was read by a person: decoded headers, safe names, text.
 * {@code -Dheliogram.golden=write} writes the texts anew, to be read before they are committed.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/org/heliogram/mime/golden");

  static List<Path> demo() throws IOException {
    return Mails.demo();
  }

  private static Path golden(Path mail) {
    return GOLDEN.resolve(mail.getFileName().toString().replace(".eml", ".txt"));
  }

  @ParameterizedTest
  @MethodSource("demo")
  void isReadAsExpected(Path mail) throws IOException {
    String text = new Mime4jCodec().text(Mails.body(Files.readAllBytes(mail)));
    if ("write".equals(System.getProperty("heliogram.golden"))) {
      Files.writeString(golden(mail), text);
    }

    assertEquals(Files.readString(golden(mail)), text);
  }

  @Test
  void everyExpectedTextHasItsMail() throws IOException {
    List<Path> expected = demo().stream().map(GoldenTest::golden).toList();

    try (var files = Files.list(GOLDEN)) {
      assertEquals(expected, files.sorted().toList());
    }
  }
}
