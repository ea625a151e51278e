/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;

/** Makes mails for tests. */
final class Mails {
  /** Where the demo mailbox keeps its messages, from a test bundle's folder. */
  private static final Path DEMO = Path.of("../../bundles/org.heliogram.demo/src/org/heliogram/demo/mail");

  private Mails() {}

  /** Each character one byte; "\n" becomes CRLF. */
  static byte[] bytes(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  static Body body(byte[] content) {
    return body(content, BodyState.WHOLE);
  }

  static Body body(byte[] content, BodyState state) {
    return new Body() {
      @Override
      public long sizeInBytes() {
        return content.length;
      }

      @Override
      public BodyState state() {
        return state;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(content);
      }
    };
  }

  static Reading read(byte[] content) {
    return read(body(content));
  }

  static Reading read(Body body) {
    try {
      return new MessageReader().read(body, new NullProgressMonitor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reading read(String text) {
    return read(bytes(text));
  }

  static Envelope envelope(String header) {
    return new Mime4jCodec().envelope(bytes(header));
  }

  static byte[] content(Attachment attachment) {
    try (InputStream in = attachment.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Reading reading) {
    return SafeHtml.plainText(reading);
  }

  /** All messages of the demo mailbox, by file name. */
  static List<Path> demo() throws IOException {
    try (Stream<Path> files = Files.list(DEMO)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
  }

  static byte[] demo(String name) throws IOException {
    return Files.readAllBytes(DEMO.resolve(name + ".eml"));
  }
}
