/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * By what a message in a maildrop is told from another one of the same id (RFC 1939 section 7 lets ids be reused, and servers give new
 * ones to all when they are replaced).
 *
 * @param sizeInBytes as the server lists it, which need not be right but stays the same; 0 where it is not known
 * @param header      {@link #header}; empty where it is not known
 */
public record Fingerprint(long sizeInBytes, String header) {
  public static final Fingerprint UNKNOWN = new Fingerprint(0, ""); //$NON-NLS-1$
  private static final int LONGEST_HEADER = 16 << 20;
  private static final int DIGEST = 16;
  private static final Pattern CHANGING_FIELD = Pattern.compile("(?i)(status|x-status|x-uid|x-keywords)\\s*:.*"); //$NON-NLS-1$

  public Fingerprint {
    Objects.requireNonNull(header);
    if (sizeInBytes < 0 || header.length() > 2 * DIGEST) {
      throw new IllegalArgumentException("size " + sizeInBytes + ", digest of " + header.length()); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** Of a message as it is listed. */
  public static Fingerprint ofSize(long sizeInBytes) {
    return new Fingerprint(sizeInBytes, ""); //$NON-NLS-1$
  }

  public Fingerprint withHeader(String other) {
    return new Fingerprint(sizeInBytes, other);
  }

  public Fingerprint withSize(long other) {
    return new Fingerprint(other, header);
  }

  /** Whether the header, or where it is not known the size, is known of both and the same. */
  public boolean agrees(Fingerprint other) {
    return header.isEmpty() || other.header.isEmpty() ? sizeInBytes != 0 && sizeInBytes == other.sizeInBytes : header.equals(other.header);
  }

  /** A digest of a message's header, without the fields servers change. @param content the message, or its header alone */
  public static String header(byte[] content) {
    try {
      return header(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e); //$NON-NLS-1$
    }
  }

  /** Reads as far as the header goes. @return empty where there is none */
  public static String header(InputStream content) throws IOException {
    String header = new String(upToEmptyLine(new BufferedInputStream(content)), StandardCharsets.ISO_8859_1);
    var kept = new StringBuilder();
    boolean keep = true;
    for (String line : header.split("\r\n")) { //$NON-NLS-1$
      boolean continued = line.startsWith(" ") || line.startsWith("\t"); //$NON-NLS-1$ //$NON-NLS-2$
      keep = continued ? keep : !CHANGING_FIELD.matcher(line).matches();
      if (keep) {
        kept.append(line).append('\n');
      }
    }
    return header.isBlank() ? "" : digest(kept.toString().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
  }

  private static byte[] upToEmptyLine(InputStream content) throws IOException {
    var header = new ByteArrayOutputStream();
    int inLine = 0;
    for (int octet = content.read(); octet >= 0 && header.size() < LONGEST_HEADER; octet = content.read()) {
      header.write(octet);
      if (octet == '\n') {
        if (inLine == 0) {
          break;
        }
        inLine = 0;
      } else if (octet != '\r') {
        inLine++;
      }
    }
    return header.toByteArray();
  }

  /** Short, and the same for the same text. */
  public static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)); //$NON-NLS-1$
      return HexFormat.of().formatHex(digest, 0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e); //$NON-NLS-1$
    }
  }
}
