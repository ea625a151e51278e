/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.core.service.ProtocolLogs.Side;

/** The last lines of a dialogue, at most {@value #LINES} and {@value #OCTETS} octets. Not safe for threads: its owner locks. */
final class LineRing {
  static final int LINES = 500;
  static final int OCTETS = 64 * 1024;
  private static final Side[] SIDES = Side.values();
  private final byte[][] texts = new byte[LINES][];
  private final long[] times = new long[LINES];
  private final byte[] sides = new byte[LINES];
  private int first;
  private int count;
  private int octets;
  private long skipped;

  void add(Side side, byte[] text) {
    while (count == LINES || count > 0 && octets + text.length > OCTETS) {
      octets -= texts[first].length;
      texts[first] = null;
      first = (first + 1) % LINES;
      count--;
      skipped++;
    }
    int at = (first + count++) % LINES;
    texts[at] = text;
    times[at] = System.currentTimeMillis();
    sides[at] = (byte) side.ordinal();
    octets += text.length;
  }

  long skipped() {
    return skipped;
  }

  /** The last ones, oldest first. */
  List<Line> last(int most) {
    var lines = new ArrayList<Line>();
    for (int i = Math.max(0, count - most); i < count; i++) {
      int at = (first + i) % LINES;
      lines.add(new Line(Instant.ofEpochMilli(times[at]), SIDES[sides[at]], shown(texts[at])));
    }
    return lines;
  }

  private static String shown(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "\ufffd"); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
