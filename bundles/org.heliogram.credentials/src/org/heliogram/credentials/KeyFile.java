/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** A random key of 256 bits, in a file that only its owner can read. */
final class KeyFile {
  private static final int BYTES = 32;
  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  /** Empty where there is none. */
  Optional<char[]> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    OwnerOnly.tighten(file);
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[A-Za-z0-9+/=]{44}")) { //$NON-NLS-1$
      throw new IOException("the key in " + file.getFileName() + " is damaged"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return Optional.of(text.toCharArray());
  }

  char[] readOrCreate() throws IOException {
    Optional<char[]> there = read();
    return there.isPresent() ? there.get() : create();
  }

  /** Whole or not at all: written aside, then moved. */
  private char[] create() throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    byte[] text = Base64.getEncoder().encode(random);
    Path next = file.resolveSibling(file.getFileName() + ".new"); //$NON-NLS-1$
    Files.deleteIfExists(next);
    OwnerOnly.create(next);
    try (FileChannel channel = OwnerOnly.open(next)) {
      channel.write(ByteBuffer.wrap(text));
      channel.force(true);
    }
    Files.move(next, file);
    OwnerOnly.forceFolder(file.getParent());
    return new String(text, StandardCharsets.US_ASCII).toCharArray();
  }
}
