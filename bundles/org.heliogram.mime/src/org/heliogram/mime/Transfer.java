/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Undoes Content-Transfer-Encoding (RFC 2045 section 6), never failing for damage. */
final class Transfer {
  /** Decoded bytes. @param cut whether there is more; @param damaged whether the encoding was */
  record Decoded(byte[] bytes, boolean cut, boolean damaged) {}

  /** Notes damage and goes on. */
  private static final class Damage extends DecodeMonitor {
    private boolean seen;

    @Override
    public boolean warn(String error, String dropDesc) {
      seen = true;
      return false;
    }

    @Override
    public boolean isListening() {
      return true;
    }
  }

  private Transfer() {}

  static Decoded decode(byte[] raw, String encoding, int limit) {
    var damage = new Damage();
    try (InputStream in = decoder(new ByteArrayInputStream(raw), encoding, damage)) {
      byte[] bytes = in.readNBytes(limit + 1);
      return bytes.length > limit ? new Decoded(Arrays.copyOf(bytes, limit), true, damage.seen) : new Decoded(bytes, false, damage.seen);
    } catch (IOException e) {
      // from memory only a decoder can fail: what cannot be decoded comes as it is
      return new Decoded(Arrays.copyOf(raw, Math.min(raw.length, limit)), raw.length > limit, true);
    }
  }

  /** Decodes while it is read. */
  static InputStream decoder(InputStream in, String encoding) {
    return decoder(in, encoding, new Damage());
  }

  private static InputStream decoder(InputStream in, String encoding, DecodeMonitor monitor) {
    return switch (encoding) {
      case "base64" -> new Base64InputStream(in, monitor); //$NON-NLS-1$
      case "quoted-printable" -> new QuotedPrintableInputStream(in, monitor); //$NON-NLS-1$
      case "x-uuencode", "uuencode", "x-uue" -> new UuInputStream(in); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      case String asItIs -> in;
    };
  }

  /** About how long the content is once decoded. */
  static long estimate(long encoded, String encoding) {
    return switch (encoding) {
      case "base64" -> encoded * 3 / 4 * 76 / 78; //$NON-NLS-1$
      case "x-uuencode", "uuencode", "x-uue" -> encoded * 3 / 4 * 60 / 63; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      case String asItIs -> encoded;
    };
  }
}
