/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.heliogram.core.model.Body;

/** An attachment as a stretch of its message. */
record PartAttachment(Body body, String part, String fileName, String mediaType, long sizeInBytes, boolean inline, boolean present,
    String encoding, long start, long end) implements Attachment {
  static PartAttachment of(Body body, Part part, boolean inline) {
    long omitted = part.omitted();
    boolean present = omitted < 0;
    String encoding = part.container ? "" : part.encoding; //$NON-NLS-1$
    long length = part.end - part.start;
    return new PartAttachment(body, part.number(), name(part), part.mediaType(),
        Transfer.estimate(present ? length : omitted, encoding), inline, present, encoding, part.start, part.end);
  }

  PartAttachment {
    mediaType = mediaType.length() > 100 || !mediaType.matches("[!-~]+/[!-~]+") ? "application/octet-stream" : mediaType; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** The same with a size that was counted. */
  PartAttachment withSize(long size) {
    return new PartAttachment(body, part, fileName, mediaType, size, inline, present, encoding, start, end);
  }

  private static String name(Part part) {
    String given = part.disposition.get("filename"); //$NON-NLS-1$
    given = given.isEmpty() ? part.type.get("name") : given; //$NON-NLS-1$
    String stem = "part-" + (part.number().isEmpty() ? "1" : part.number().replace('.', '-')); //$NON-NLS-1$ //$NON-NLS-2$
    String otherwise = FileNames.madeUp(stem, part.mediaType());
    if (given.isEmpty() && part.container && part.isMessage() && !part.children.isEmpty()) {
      String subject = Words.decode(part.children.get(0).header.value("Subject")).replace('/', '_').replace('\\', '_'); //$NON-NLS-1$
      given = subject.isEmpty() ? "" : FileNames.safe(subject.length() > 80 ? subject.substring(0, 80) : subject, stem) + ".eml"; //$NON-NLS-1$ //$NON-NLS-2$
    }
    return FileNames.safe(given, otherwise);
  }

  /** Whether the part names two different files, which is a way to show one name and save another. */
  static boolean hasTwoNames(Part part) {
    String first = part.disposition.get("filename").toLowerCase(Locale.ROOT); //$NON-NLS-1$
    String second = part.type.get("name").toLowerCase(Locale.ROOT); //$NON-NLS-1$
    return !first.isEmpty() && !second.isEmpty() && !first.equals(second);
  }

  @Override
  public InputStream open() throws IOException {
    return present ? Transfer.decoder(Content.open(body, start, end), encoding) : InputStream.nullInputStream();
  }

  /** Says nothing: names never reach a log by accident. */
  @Override
  public String toString() {
    return "Attachment[" + part + "]"; //$NON-NLS-1$ //$NON-NLS-2$
  }
}
