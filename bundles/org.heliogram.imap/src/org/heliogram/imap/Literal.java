/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireInput;

/** Content as it arrives; ends after the octets the server announced, or with an exception. */
final class Literal extends InputStream {
  private final long uid;
  private final String section;
  private final WireInput in;
  private final byte[] kept;
  private final long size;
  private long left;

  /** Says how much content is too much. */
  @FunctionalInterface
  interface Limits {
    long of(long uid, String section);
  }

  private Literal(long uid, String section, WireInput in, byte[] kept, long size) {
    this.uid = uid;
    this.section = section;
    this.in = in;
    this.kept = kept;
    this.size = size;
    this.left = size;
  }

  /** At a value of a FETCH item. Null for NIL: the server has no content. */
  static Literal open(ResponseReader reader, long uid, String section, Limits limits) throws IOException {
    if (reader.peek() != '{' && reader.peek() != '~') {
      byte[] octets = reader.octets(ResponseReader.LINE_LIMIT);
      return octets == null ? null : new Literal(uid, section, null, octets, octets.length);
    }
    long size = reader.literalSize();
    long limit = limits.of(uid, section);
    if (size > limit) {
      throw new WireException("content of " + size + " octets where at most " + limit + " were expected"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    return new Literal(uid, section, reader.raw(), null, size);
  }

  /** The first content of a FETCH answer, at which reading stops; null if it has none. @param beside takes the items before it */
  static Literal find(ResponseReader reader, Limits limits, ImapDialogue.Beside beside) throws IOException {
    Literal content = null;
    long uid = 0;
    beside.begin();
    reader.expect('(');
    reader.spaces();
    while (content == null && !reader.accept(')')) {
      String item = reader.atom().toUpperCase(Locale.ROOT);
      reader.spaces();
      if (item.startsWith("BODY[") && item.endsWith("]")) { //$NON-NLS-1$ //$NON-NLS-2$
        content = open(reader, uid, item.substring(5, item.length() - 1), limits);
      } else if (item.equals("UID")) { //$NON-NLS-1$
        uid = reader.number();
      } else if (item.isEmpty()) {
        throw new Unreadable("item expected"); //$NON-NLS-1$
      } else if (!beside.take(item, reader)) {
        reader.skipValue();
      }
      if (content == null) {
        reader.spaces();
      }
    }
    if (content == null) {
      beside.end(uid);
    }
    return content;
  }

  /** Whether it is that section of that message; a server that did not tell the UID yet is taken at its order. */
  boolean is(long wantedUid, String wantedSection) {
    return (uid == wantedUid || uid == 0) && section.equalsIgnoreCase(wantedSection);
  }

  /** 0 if the server did not tell it before the content. */
  long uid() {
    return uid;
  }

  /** The same in memory, to be read later. */
  Literal load() throws IOException {
    return new Literal(uid, section, null, readNBytes((int) size), size);
  }

  /** As announced. */
  long size() {
    return size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return length == 0 ? 0 : -1;
    }
    int wanted = (int) Math.min(left, length);
    int count = wanted;
    if (kept == null) {
      count = wanted == 0 ? 0 : in.read(into, offset, wanted);
    } else {
      System.arraycopy(kept, (int) (size - left), into, offset, wanted);
    }
    left -= count;
    return count;
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    if (kept == null) {
      return super.readNBytes(length);
    }
    int at = (int) (size - left);
    byte[] octets = Arrays.copyOfRange(kept, at, at + (int) Math.min(left, length));
    left -= octets.length;
    return octets;
  }

  @Override
  public int available() {
    return 0;
  }

  /** Passes over what was not read. */
  void drain() throws IOException {
    if (kept == null) {
      in.skip(left);
    }
    left = 0;
  }
}
