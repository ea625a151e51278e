/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.heliogram.core.backend.MailException;
import org.heliogram.imap.BodyPlan.Piece;

/** Commands for the pieces of messages, sent ahead of their reading as far as is polite. */
final class SectionPipe {
  private static final int UNDER_WAY = 24;
  private static final long OCTETS_UNDER_WAY = 4_000_000;
  private static final int HEADER_KEPT = 1_000_000;
  private static final byte[] LINE_END = {'\r', '\n'};
  private final ImapConnection imap;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Deque<Request> sent = new ArrayDeque<>();
  private long octetsUnderWay;

  private static final class Request {
    private final long uid;
    private final Piece.Section section;
    private String tag;
    private boolean ended;

    Request(long uid, Piece.Section section) {
      this.uid = uid;
      this.section = section;
    }
  }

  SectionPipe(ImapConnection imap) {
    this.imap = imap;
  }

  /** Asks for the pieces of one more message. They must be read in the order they were asked for. */
  void ask(long uid, List<Piece> pieces) {
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Section section) {
        waiting.add(new Request(uid, section));
      }
    }
  }

  /** The content of the oldest section that was asked for; null if the server has none. To be ended with {@link #end}. */
  Literal open() throws IOException, MailException {
    sendAhead();
    Request request = sent.element();
    return next(request);
  }

  private Literal next(Request request) throws IOException, MailException {
    Literal content = request.ended ? null : imap.content(request.tag, request.section.limit());
    request.ended = content == null;
    return content;
  }

  /** Reads the oldest section's command to its end. */
  Status end() throws IOException, MailException {
    Request request = sent.remove();
    octetsUnderWay -= request.section.expected();
    while (next(request) != null) {
      // one content a command is what was asked for
    }
    return imap.ended();
  }

  private void sendAhead() throws IOException, MailException {
    while (!waiting.isEmpty() && (sent.isEmpty() || sent.size() < UNDER_WAY && octetsUnderWay < OCTETS_UNDER_WAY)) {
      Request request = waiting.remove();
      request.tag = imap.send("UID FETCH " + request.uid + " (BODY.PEEK[" + request.section.spec() + "])"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      octetsUnderWay += request.section.expected();
      sent.add(request);
    }
  }

  /** The pieces as one stream. Reading it is what reads the server's answers; after it {@link Joined#finish} must be called. */
  Joined join(List<Piece> pieces) {
    return new Joined(pieces.iterator());
  }

  /** A message put together while it is read. */
  final class Joined extends InputStream {
    private final Iterator<Piece> rest;
    private InputStream current = InputStream.nullInputStream();
    private boolean opened;

    private Joined(Iterator<Piece> rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = current.read(into, offset, length);
      while (count < 0 && next()) {
        count = current.read(into, offset, length);
      }
      return count;
    }

    private boolean next() throws IOException {
      try {
        endSection();
        if (!rest.hasNext()) {
          return false;
        }
        current = switch (rest.next()) {
          case Piece.Octets ours -> new ByteArrayInputStream(ours.octets());
          case Piece.Section section -> section(section);
        };
        return true;
      } catch (MailException e) {
        throw new IOException(e);
      }
    }

    private InputStream section(Piece.Section section) throws IOException, MailException {
      Literal content = open();
      opened = true;
      if (content == null) {
        throw new Unreadable("no such section"); //$NON-NLS-1$
      }
      return section.header() ? new ByteArrayInputStream(withEmptyLine(content.readNBytes(HEADER_KEPT))) : content;
    }

    private void endSection() throws IOException, MailException {
      if (opened) {
        opened = false;
        Status status = end();
        if (!status.ok()) {
          throw new Unreadable("section refused"); //$NON-NLS-1$
        }
      }
    }

    /** Reads the answers nobody read, because the reader had enough or one of them was not readable. */
    void finish() throws IOException, MailException {
      if (opened) {
        opened = false;
        end();
      }
      while (rest.hasNext()) {
        if (rest.next() instanceof Piece.Section) {
          open();
          end();
        }
      }
    }
  }

  private static byte[] withEmptyLine(byte[] header) {
    int length = header.length;
    boolean lineEnded = length == 0 || header[length - 1] == '\n';
    boolean empty = length > 2 && lineEnded && (header[length - 2] == '\n' || header[length - 3] == '\n') || length == 2 && lineEnded;
    int missing = empty ? 0 : lineEnded ? 2 : 4;
    byte[] whole = Arrays.copyOf(header, length + missing);
    for (int i = 0; i < missing; i++) {
      whole[length + i] = LINE_END[i % 2];
    }
    return whole;
  }
}
