/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;

/**
 * Cuts what one side says into lines, of which it keeps the first {@value #KEPT} octets. A size in braces at the end of a line announces
 * content (RFC 3501 section 4.3) where the listener says so; content is passed over.
 */
final class LineCutter {
  static final int KEPT = 400;
  private static final int TAIL = 24;
  private static final int MARK = 32;
  private final Listener listener;
  private final byte[] line = new byte[KEPT + MARK];
  private final byte[] tail = new byte[TAIL];
  private int length;
  private int tailLength;
  private boolean cut;
  private long size;
  private long content;

  /** Takes lines; may change the array, which is used again. */
  interface Listener {
    /**
     * @param cut  whether there was more of it
     * @param open whether content follows, and after it the rest of the line
     */
    void line(byte[] line, int length, boolean cut, boolean open);

    /** Whether the size in braces at the end of this line announces content. */
    boolean announces(byte[] line, int length);

    /** Whether a line with content in it is told in pieces, the first as soon as the content is announced. */
    boolean inPieces();
  }

  LineCutter(Listener listener) {
    this.listener = listener;
  }

  void take(byte[] octets, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      if (content > 0) {
        int step = (int) Math.min(content, end - at);
        content -= step;
        at += step;
      } else {
        int stop = at;
        while (stop < end && octets[stop] != '\n') {
          stop++;
        }
        keep(octets, at, stop - at);
        if (stop < end) {
          lineEnds();
          stop++;
        }
        at = stop;
      }
    }
  }

  /** Octets of the line that is told, without its end and without content. */
  long size() {
    return size;
  }

  /** Tells what there is of a line without an end. */
  void finish() {
    if (length > 0) {
      cut = true;
      tell(false);
    }
  }

  private void keep(byte[] octets, int from, int count) {
    int room = Math.max(0, Math.min(count, KEPT - length));
    System.arraycopy(octets, from, line, length, room);
    length += room;
    size += count;
    cut |= room < count;
    int old = Math.max(0, Math.min(tailLength, TAIL - count));
    System.arraycopy(tail, tailLength - old, tail, 0, old);
    int fresh = Math.min(count, TAIL);
    System.arraycopy(octets, from + count - fresh, tail, old, fresh);
    tailLength = old + fresh;
  }

  private void lineEnds() {
    if (tailLength > 0 && tail[tailLength - 1] == '\r') {
      tailLength--;
      length -= cut ? 0 : 1;
    }
    int brace = brace();
    if (brace < 0 || !listener.announces(line, length)) {
      tell(false);
      return;
    }
    content = size(brace);
    length -= cut ? 0 : tailLength - brace;
    byte[] mark = ("{" + content + " octets}").getBytes(StandardCharsets.US_ASCII); //$NON-NLS-1$ //$NON-NLS-2$
    if (!cut && length + mark.length <= line.length) {
      System.arraycopy(mark, 0, line, length, mark.length);
      length += mark.length;
    }
    tailLength = 0;
    if (listener.inPieces()) {
      tell(true);
    }
  }

  /** Where in the tail the size in braces begins; -1 if there is none. */
  private int brace() {
    int at = tailLength - 1;
    if (at < 2 || tail[at] != '}') {
      return -1;
    }
    at--;
    at -= tail[at] == '+' || tail[at] == '-' ? 1 : 0;
    int digits = 0;
    for (; at >= 0 && tail[at] >= '0' && tail[at] <= '9'; at--) {
      digits++;
    }
    return at >= 0 && tail[at] == '{' && digits > 0 && digits <= 18 ? at : -1;
  }

  private long size(int brace) {
    long size = 0;
    for (int at = brace + 1; tail[at] >= '0' && tail[at] <= '9'; at++) {
      size = size * 10 + tail[at] - '0';
    }
    return size;
  }

  private void tell(boolean open) {
    listener.line(line, length, cut, open);
    length = 0;
    size = 0;
    tailLength = 0;
    cut = false;
  }
}
