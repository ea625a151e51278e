/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.imap.BodyPlan.Piece;

/** Commands for the pieces of messages, sent ahead of their reading as far as is polite. */
final class SectionPipe {
  private static final int UNDER_WAY = 24;
  private static final long OCTETS_UNDER_WAY = 4_000_000;
  private static final long OCTETS_STASHED = 4_000_000;
  private static final long TOGETHER_SLACK = 256_000;
  private static final int HEADER_KEPT = 1_000_000;
  private static final byte[] LINE_END = {'\r', '\n'};
  private final ImapConnection imap;
  private final ImapConnection.Beside beside;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Deque<Request> sent = new ArrayDeque<>();
  private final Deque<String> unended = new ArrayDeque<>();
  private long octetsUnderWay;
  private long openLimit;
  private final Set<Long> together = new HashSet<>();
  private final Map<Long, Literal> loaded = new HashMap<>();
  private final List<Literal> stashed = new ArrayList<>(); // contents of later requests, in memory
  private long room = OCTETS_STASHED;
  private Literal early; // content of a later request, too large for that
  private boolean overtaken;

  /** One command: a section of one message, or several small messages as a whole. */
  private static final class Request {
    private final Set<Long> uids;
    private final Piece.Section section;
    private String tag;

    Request(Collection<Long> uids, Piece.Section section) {
      this.uids = new HashSet<>(uids);
      this.section = section;
    }

    boolean isFor(Literal content) {
      return uids.stream().anyMatch(uid -> content.is(uid, section.spec()));
    }

    String command() {
      String set = UidSet.of(uids.stream().mapToLong(Long::longValue).toArray()).get(0);
      return "UID FETCH " + set + " (BODY.PEEK[" + section.spec() + "])"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
  }

  /** @param beside takes the answers in between that bring no content */
  SectionPipe(ImapConnection imap, ImapConnection.Beside beside) {
    this.imap = imap;
    this.beside = beside;
  }

  /** Asks for the pieces of one more message. They must be read in the order they were asked for. */
  void ask(long uid, List<Piece> pieces) {
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Section section) {
        waiting.add(new Request(List.of(uid), section));
      }
    }
  }

  /**
   * Asks for several small messages as a whole in one command. They may be read in any order, once each, before anything asked for later.
   *
   * @param octets all together; they are kept in memory
   */
  void askTogether(Collection<Long> uids, long octets) {
    waiting.add(new Request(uids, new Piece.Section("", octets, ResponseReader.LITERAL_LIMIT, false))); //$NON-NLS-1$
  }

  /** The content of the oldest section that was asked for of this message and not opened; null if the server sends none. Ends the one before. */
  Literal open(long uid) throws IOException, MailException {
    if (together.remove(uid)) {
      return loaded.remove(uid);
    }
    sendAhead();
    Request request = sent.remove();
    octetsUnderWay -= request.section.expected();
    openLimit = request.section.limit();
    unended.add(request.tag);
    if (request.uids.size() == 1) {
      return next(request);
    }
    load(request);
    together.remove(uid);
    return loaded.remove(uid);
  }

  /**
   * The next content for a request, null if no more comes. Servers go on with the next command while the one before waits for room on the
   * line: what is for a later request is kept in memory. Only what is too large for that ends the search for what was overtaken by it.
   */
  private Literal next(Request request) throws IOException, MailException {
    overtaken = false;
    Literal content = stashed(request);
    while (content == null) {
      Literal read = early != null ? early : imap.content(request.tag, this::limit, beside);
      early = null;
      if (read == null) {
        return null;
      }
      if (request.isFor(read)) {
        content = read;
      } else if (!later(read)) {
        read.drain(); // of one that was asked for again meanwhile, or of nobody's
      } else if (read.size() <= room) {
        room -= read.size();
        stashed.add(read.load());
      } else {
        early = read;
        overtaken = true;
        return null;
      }
    }
    return content;
  }

  private Literal stashed(Request request) {
    Optional<Literal> found = stashed.stream().filter(request::isFor).findFirst();
    found.ifPresent(content -> {
      stashed.remove(content);
      room += content.size();
    });
    return found.orElse(null);
  }

  /** Whether the last content that was looked for may still come, behind another: then it is to be asked for again. */
  boolean overtaken() {
    return overtaken;
  }

  /** Servers answer in the order of their numbers, whatever the order of the set. */
  private void load(Request request) throws IOException, MailException {
    together.addAll(request.uids);
    long room = request.section.expected() + TOGETHER_SLACK;
    int left = request.uids.size();
    for (Literal content = next(request); content != null; content = left == 0 ? null : next(request)) {
      left--;
      if (content.uid() > 0 && content.size() <= room) { // What does not fit is asked for again by itself.
        room -= content.size();
        loaded.put(content.uid(), content.load());
      }
    }
  }

  private boolean later(Literal content) {
    return sent.stream().anyMatch(request -> request.isFor(content)) || waiting.stream().anyMatch(request -> request.isFor(content));
  }

  private long limit(long uid, String section) {
    return sent.stream().filter(request -> request.uids.contains(uid) && section.equalsIgnoreCase(request.section.spec()))
        .mapToLong(request -> request.section.limit()).findFirst().orElse(openLimit);
  }

  /** Reads all that is still to come. */
  void finish() throws IOException, MailException {
    while (!unended.isEmpty()) {
      String tag = unended.remove();
      while (imap.content(tag, this::limit, beside) != null) {
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
      request.tag = imap.prepare(request.command());
      octetsUnderWay += request.section.expected();
      sent.add(request);
    }
    imap.connection().flush();
  }

  /** The pieces as one stream. Reading it is what reads the server's answers; after it {@link Joined#skip} must be called. */
  Joined join(long uid, List<Piece> pieces) {
    return new Joined(uid, pieces.iterator());
  }

  /** A message put together while it is read. */
  final class Joined extends InputStream {
    private final long uid;
    private final Iterator<Piece> rest;
    private InputStream current = InputStream.nullInputStream();

    private Joined(long uid, Iterator<Piece> rest) {
      this.uid = uid;
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
        Literal content = open(uid);
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
          open(uid);
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
