/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;

/** Finds messages in segments without a database: by their marks, believed only where the checksum agrees. */
final class SegmentScan {
  private static final int HEAD = 1 << 16;
  private final SegmentFiles segments;

  /** Takes a message. @param head its first 64 KB at most */
  interface Found {
    void accept(RawRef ref, byte[] head) throws StoreException;
  }

  SegmentScan(SegmentFiles segments) {
    this.segments = segments;
  }

  void each(int segment, Found found) throws IOException, StoreException {
    try (RandomAccessFile file = new RandomAccessFile(segments.file(segment).toFile(), "r")) { //$NON-NLS-1$
      long size = file.length();
      long at = 0;
      while (at + SegmentFiles.HEADER <= size) {
        byte[] header = new byte[SegmentFiles.HEADER];
        file.seek(at);
        file.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        boolean marked = fields.getInt() == SegmentFiles.MARK;
        RawRef ref = new RawRef(segment, at + SegmentFiles.HEADER, fields.getLong(), Integer.toUnsignedLong(fields.getInt()));
        if (marked && ref.length() >= 0 && ref.length() <= size - ref.start() && checksum(file, ref) == ref.checksum()) {
          found.accept(ref, head(file, ref));
          at = ref.start() + ref.length();
        } else {
          at = nextMark(file, at + 1, size);
        }
      }
    }
  }

  private static long checksum(RandomAccessFile file, RawRef ref) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    file.seek(ref.start());
    for (long left = ref.length(); left > 0; ) {
      int count = file.read(buffer, 0, (int) Math.min(buffer.length, left));
      checksum.update(buffer, 0, count);
      left -= count;
    }
    return checksum.getValue();
  }

  private static byte[] head(RandomAccessFile file, RawRef ref) throws IOException {
    byte[] head = new byte[(int) Math.min(ref.length(), HEAD)];
    file.seek(ref.start());
    file.readFully(head);
    return head;
  }

  private static long nextMark(RandomAccessFile file, long from, long size) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long at = from; at < size; at += buffer.length - 3) {
      file.seek(at);
      int count = file.read(buffer);
      for (int i = 0; i + 4 <= count; i++) {
        if (ByteBuffer.wrap(buffer, i, 4).getInt() == SegmentFiles.MARK) {
          return at + i;
        }
      }
    }
    return size;
  }

  /** The message with the fields as they stand: encoded words stay encoded, the reader decodes the message itself. */
  static NewMessage message(RawRef ref, byte[] head, SegmentBody body) {
    Map<String, String> fields = fields(new String(head, StandardCharsets.UTF_8));
    Optional<Instant> date = date(fields.getOrDefault("date", "")); //$NON-NLS-1$ //$NON-NLS-2$
    String from = fields.getOrDefault("from", ""); //$NON-NLS-1$ //$NON-NLS-2$
    Envelope envelope = new Envelope(fields.getOrDefault("subject", ""), from.isEmpty() ? List.of() : List.of(address(from)), List.of(), //$NON-NLS-1$ //$NON-NLS-2$
        List.of(), List.of(), date, fields.getOrDefault("message-id", ""), "", List.of()); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    return new NewMessage(new RemoteId(ref.segment() + "-" + ref.start()), Flags.of(Flag.SEEN), date.orElse(Instant.EPOCH), ref.length(), //$NON-NLS-1$
        false, envelope, Optional.of(body));
  }

  private static Map<String, String> fields(String head) {
    var fields = new HashMap<String, String>();
    String unfolded = head.split("\\r?\\n\\r?\\n", 2)[0].replaceAll("\\r?\\n[ \\t]+", " "); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    for (String line : unfolded.split("\\r?\\n")) { //$NON-NLS-1$
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip().replaceAll("\\p{Cntrl}", " ")); //$NON-NLS-1$ //$NON-NLS-2$
      }
    }
    return fields;
  }

  private static Address address(String from) {
    int open = from.lastIndexOf('<');
    int close = from.lastIndexOf('>');
    if (open < 0 || close < open) {
      return new Address("", from); //$NON-NLS-1$
    }
    return new Address(from.substring(0, open).replace("\"", "").strip(), from.substring(open + 1, close)); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text.replaceAll("\\s*\\(.*\\)$", ""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()); //$NON-NLS-1$ //$NON-NLS-2$
    } catch (DateTimeException e) {
      return Optional.empty(); // one of the many other ways to write a date
    }
  }
}
