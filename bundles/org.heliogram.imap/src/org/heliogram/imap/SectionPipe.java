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
  private final Deque<String> unended = new ArrayDeque<>();
  private long octetsUnderWay;
  private long openLimit;
  private Literal early; // content of a later request than the one it was looked for

  private static final class Request {
    private final long uid;
    private final Piece.Section section;
    private String tag;

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

  /** The content of the oldest section that was asked for and not opened; null if the server sends none. Ends the one before. */
  Literal open() throws IOException, MailException {
    sendAhead();
    Request request = sent.remove();
    octetsUnderWay -= request.section.expected();
    openLimit = request.section.limit();
    unended.add(request.tag);
    Literal content = early;
    while (content == null || !content.is(request.uid, request.section.spec())) {
      if (content != null && later(content)) {
        early = content; // The server passed over this one.
        return null;
      }
      content = imap.content(request.tag, this::limit);
      if (content == null) {
        return null;
      }
    }
    early = null;
    return content;
  }

  private boolean later(Literal content) {
    return sent.stream().anyMatch(request -> content.is(request.uid, request.section.spec()));
  }

  private long limit(long uid, String section) {
    return sent.stream().filter(request -> uid == request.uid && section.equalsIgnoreCase(request.section.spec()))
        .mapToLong(request -> request.section.limit()).findFirst().orElse(openLimit);
  }

  /** Reads all that is still to come. */
  void finish() throws IOException, MailException {
    while (!unended.isEmpty()) {
      String tag = unended.remove();
      while (imap.content(tag, this::limit) != null) {
        // nobody wants it any more
      }
      Status status = imap.await(tag, Answers.none());
      if (status.busy()) {
        status.requireOk("UID FETCH"); //$NON-NLS-1$
      }
    }
  }

  /** Refills what is under way when half of it is used up, in one packet. */
  private void sendAhead() throws IOException, MailException {
    if (sent.size() > UNDER_WAY / 2 || octetsUnderWay > OCTETS_UNDER_WAY / 2 && !sent.isEmpty()) {
      return;
    }
    while (!waiting.isEmpty() && (sent.isEmpty() || sent.size() < UNDER_WAY && octetsUnderWay < OCTETS_UNDER_WAY)) {
      Request request = waiting.remove();
      request.tag = imap.prepare("UID FETCH " + request.uid + " (BODY.PEEK[" + request.section.spec() + "])"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      octetsUnderWay += request.section.expected();
      sent.add(request);
    }
    imap.connection().flush();
  }

  /** The pieces as one stream. Reading it is what reads the server's answers; after it {@link Joined#skip} must be called. */
  Joined join(List<Piece> pieces) {
    return new Joined(pieces.iterator());
  }

  /** A message put together while it is read. */
  final class Joined extends InputStream {
    private final Iterator<Piece> rest;
    private InputStream current = InputStream.nullInputStream();

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
      while (count < 0 && rest.hasNext()) {
        current = switch (rest.next()) {
          case Piece.Octets ours -> new ByteArrayInputStream(ours.octets());
          case Piece.Section section -> section(section);
        };
        count = current.read(into, offset, length);
      }
      return count;
    }

    private InputStream section(Piece.Section section) throws IOException {
      try {
        Literal content = open();
        if (content == null) {
          throw new Unreadable("no such section"); //$NON-NLS-1$
        }
        return section.header() ? new ByteArrayInputStream(withEmptyLine(content.readNBytes(HEADER_KEPT))) : content;
      } catch (MailException e) {
        throw new IOException(e);
      }
    }

    /** Passes over the sections nobody read, because the reader had enough or one of them was not there. */
    void skip() throws IOException, MailException {
      while (rest.hasNext()) {
        if (rest.next() instanceof Piece.Section) {
          open();
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
