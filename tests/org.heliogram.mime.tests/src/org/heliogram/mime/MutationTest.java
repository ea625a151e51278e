/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged copies of real mails: whatever is broken, something is shown, nothing escapes, and the page stays safe. */
class MutationTest {
  private static final long SEED = Long.getLong("heliogram.seed", 20261123L);
  private static final int MUTANTS = Integer.getInteger("heliogram.mutants", 150);
  private static final List<String> PIECES = List.of("\r\n", "\r\n\r\n", "--", "=", "=?", "?=", "boundary=", "\"", ";", "\u0000", "\u00ff", "<", ">", "&", "(",
      "Content-Type: multipart/mixed; boundary=x\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Type: message/rfc822\r\n\r\n", "charset=utf-16",
      "charset=iso-2022-jp", "\u001b$B", "<style>", "<!--", "<svg>", "</", "begin 644 x\r\n", "%", "*0*=", "\t", "From ");

  static List<Path> demo() throws IOException {
    return Mails.demo();
  }

  @ParameterizedTest
  @MethodSource("demo")
  void noDamageEscapes(Path mail) throws IOException {
    byte[] original = Files.readAllBytes(mail);
    var random = new Random(SEED ^ mail.getFileName().toString().hashCode());
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(original, random, 1 + random.nextInt(8));
      check(mutant, "seed " + SEED + ", " + mail.getFileName() + ", mutant " + i);
    }
  }

  private static void check(byte[] mutant, String which) throws IOException {
    // the builder without the boundary around it: an exception is a finding
    Content content = Content.of(Mails.body(mutant));
    PartScanner.Structure structure = PartScanner.scan(content.open(), true, () -> false);
    Reading reading = new ReadingBuilder(Mails.body(mutant), content, structure, () -> false).build();
    for (Attachment attachment : reading.attachments()) {
      assertFalse(attachment.fileName().isBlank() || attachment.fileName().contains("/"), which);
      Mails.content(attachment);
    }
    for (Section section : reading.sections()) {
      section.html().ifPresent(html -> SafetyCheck.markup(new Sanitiser(reading.images(), true).sanitise(html, ".s").markup(), which));
      section.html().ifPresent(HtmlText::of);
      section.plain().ifPresent(plain -> SafetyCheck.markup(TextPage.of(plain, section.code()), which));
    }
    Envelopes.of(RawHeader.parse(mutant));
    assertTrue(Selection.of(PartScanner.scan(new ByteArrayInputStream(mutant), false, () -> false).root()).pieces().size() <= mutant.length + 1, which);
  }

  private static byte[] mutate(byte[] original, Random random, int changes) {
    byte[] bytes = original.clone();
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(60));
      bytes = switch (random.nextInt(6)) {
        case 0 -> flipped(bytes, at, random);
        case 1 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
        case 2 -> joined(Arrays.copyOf(bytes, at), piece(random), Arrays.copyOfRange(bytes, at, bytes.length));
        case 3 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
        case 4 -> Arrays.copyOf(bytes, Math.max(at, bytes.length / 2));
        default -> joined(Arrays.copyOf(bytes, at), piece(random), Arrays.copyOfRange(bytes, at + length, bytes.length));
      };
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... pieces) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  @Test
  void everyBeginningOfAMailCanBeRead() throws IOException {
    for (String name : List.of("newsletter", "bounce", "rfc2231", "long-thread-digest")) {
      byte[] mail = Mails.demo(name);
      for (int length = 0; length <= mail.length; length += 7) {
        check(Arrays.copyOf(mail, length), name + " cut at " + length);
      }
    }
  }

  /** Found by fuzzing another parser: each of these made it fail with an unchecked exception. */
  @Test
  void whatBrokeOtherParsersIsRead() throws IOException {
    int count = 0;
    try (var files = Files.list(Path.of("src/org/heliogram/mime/findings"))) {
      for (Path file : files.toList()) {
        check(Files.readAllBytes(file), file.getFileName().toString());
        count++;
      }
    }
    assertTrue(count >= 7, "findings: " + count);
  }
}
