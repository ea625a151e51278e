/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.MessageSummary;

/**
 * One file for all messages, in the format mboxrd: each begins with a line "From sender date", and one more ">" is put before every line that
 * begins with any number of ">" and "From ", so that reading it can be undone exactly. Lines end with LF.
 */
final class MboxExport implements Export {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT); //$NON-NLS-1$
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII); //$NON-NLS-1$
  private final Path file;
  private final Path part;
  private final OutputStream out;

  MboxExport(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    this.file = file;
    this.part = file.resolveSibling("." + file.getFileName() + ".part"); //$NON-NLS-1$ //$NON-NLS-2$
    this.out = new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public void add(MessageSummary message, Body body) throws IOException {
    String sender = message.from().mailbox().matches("[!-~]+") ? message.from().mailbox() : "MAILER-DAEMON"; //$NON-NLS-1$ //$NON-NLS-2$
    out.write(("From " + sender + " " + DATE.format(message.received().atZone(ZoneOffset.UTC)) + "\n").getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    try (InputStream in = new BufferedInputStream(body.open())) {
      lines(in);
    }
    out.write('\n');
  }

  /** Copies octets; looks only at the beginning of lines, so that a line may be of any length. */
  private void lines(InputStream in) throws IOException {
    int octet = in.read();
    while (octet >= 0) {
      octet = line(in, octet);
    }
  }

  /** @return the first octet of the next line, or -1 */
  private int line(InputStream in, int first) throws IOException {
    int octet = first;
    var quotes = 0;
    while (octet == '>') {
      quotes++;
      octet = in.read();
    }
    int matched = 0;
    while (matched < FROM.length && octet == FROM[matched]) {
      matched++;
      octet = in.read();
    }
    for (int i = 0; i < quotes + (matched == FROM.length ? 1 : 0); i++) {
      out.write('>');
    }
    out.write(FROM, 0, matched);
    while (octet >= 0 && octet != '\n') {
      int next = in.read();
      if (octet != '\r' || next != '\n') {
        out.write(octet);
      }
      octet = next;
    }
    out.write('\n');
    return octet < 0 ? octet : in.read();
  }

  @Override
  public void finish() throws IOException {
    out.close();
    Files.move(part, file);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }
}
