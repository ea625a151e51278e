/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of well-formed mails are those that mime4j finds, byte for byte. */
class SecondParserTest {
  static List<Path> demo() throws IOException {
    return Mails.demo();
  }

  /** Two parts are alike if type and decoded content are. */
  record Found(String mediaType, int size, int hash) {
    static Found of(String mediaType, byte[] content) {
      return new Found(mediaType, content.length, Arrays.hashCode(content));
    }
  }

  @ParameterizedTest
  @MethodSource("demo")
  void bothFindTheSameParts(Path mail) throws IOException, MimeException {
    byte[] bytes = Files.readAllBytes(mail);

    assertEquals(others(bytes), ours(bytes));
  }

  private static List<Found> ours(byte[] bytes) throws IOException {
    var found = new ArrayList<Found>();
    collect(PartScanner.scan(new ByteArrayInputStream(bytes), false, () -> false).root(), bytes, found);
    return found;
  }

  private static void collect(Part part, byte[] bytes, List<Found> found) {
    if (part.container) {
      part.children.forEach(child -> collect(child, bytes, found));
    } else {
      byte[] raw = Arrays.copyOfRange(bytes, (int) part.start, (int) part.end);
      found.add(Found.of(part.mediaType(), Transfer.decode(raw, part.encoding, raw.length).bytes()));
    }
  }

  private static List<Found> others(byte[] bytes) throws IOException, MimeException {
    var found = new ArrayList<Found>();
    var stream = new MimeTokenStream();
    stream.parse(new ByteArrayInputStream(bytes));
    for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
      if (state == EntityState.T_BODY) {
        found.add(Found.of(stream.getBodyDescriptor().getMimeType(), stream.getDecodedInputStream().readAllBytes()));
      }
    }
    return found;
  }
}
