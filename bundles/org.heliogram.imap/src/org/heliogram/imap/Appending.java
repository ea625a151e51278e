/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.jakarta.WireException;

/**
 * Puts messages into a mailbox (RFC 3501 section 6.3.11): many with one command (RFC 3502) where the server can, and command after command
 * without waiting for the answer to the one before, as far as literals need not be asked for. What is on its way is bounded, because after
 * a break it has to be looked for.
 */
final class Appending {
  private static final int TOGETHER = 100;
  private static final long OCTETS_TOGETHER = 1_000_000;
  private static final int UNDER_WAY = 100;
  private static final long OCTETS_UNDER_WAY = 2_000_000;
  private static final Set<String> FOR_ALL = Set.of("TRYCREATE", "NONEXISTENT", "NOPERM", "OVERQUOTA", "EXPIRED", "AUTHORIZATIONFAILED"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$

  /** A command whose answer is to come. @param whole whether the server asked for all of it */
  private record Sent(String tag, List<Letter> letters, boolean whole) {
    long octets() {
      return letters.stream().mapToLong(Letter::size).sum();
    }
  }

  private final ImapConnection imap;
  private final String mailbox;
  private final long uidValidity;
  private final List<Upload> messages;
  private final Upload.Receipt receipt;
  private final IProgressMonitor monitor;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private boolean together;
  private boolean binary;
  private long limit;
  private MailException failure; // of the first message that failed
  private int failed = Integer.MAX_VALUE;

  /** @param mailbox as {@link MailboxNames} keeps it; @param cursor of it, as far as it is known */
  Appending(ImapConnection imap, String mailbox, Optional<SyncCursor> cursor, List<Upload> messages, Upload.Receipt receipt,
      IProgressMonitor monitor) {
    this.imap = imap;
    this.mailbox = mailbox;
    this.uidValidity = cursor.flatMap(Cursor::parse).map(Cursor::uidValidity).orElse(0L);
    this.messages = messages;
    this.receipt = receipt;
    this.monitor = monitor;
  }

  void run() throws IOException, MailException {
    together = imap.can("MULTIAPPEND"); //$NON-NLS-1$
    binary = imap.can("BINARY"); //$NON-NLS-1$
    limit = new AppendLimit(imap).of(mailbox, messages.stream().mapToLong(message -> message.content().sizeInBytes()).max().orElse(0));
    int next = 0;
    while (next < messages.size() && failure == null && !monitor.isCanceled()) {
      List<Letter> letters = load(next);
      next += letters.size();
      send(letters);
      while (crowded()) {
        collect();
      }
    }
    while (!underWay.isEmpty()) {
      collect();
    }
    if (failure != null) {
      throw failure;
    }
    if (next < messages.size()) {
      throw new OperationCanceledException();
    }
  }

  private boolean crowded() {
    return underWay.stream().mapToInt(sent -> sent.letters().size()).sum() > UNDER_WAY
        || underWay.size() > 1 && underWay.stream().mapToLong(Sent::octets).sum() > OCTETS_UNDER_WAY;
  }

  /** What goes with one command. Empty if the first of it cannot be sent. */
  private List<Letter> load(int from) {
    var letters = new ArrayList<Letter>();
    long octets = 0;
    for (int i = from; i < messages.size() && letters.size() < (together ? TOGETHER : 1); i++) {
      octets += messages.get(i).content().sizeInBytes();
      if (!letters.isEmpty() && octets > OCTETS_TOGETHER) {
        break;
      }
      try {
        letters.add(letter(i));
      } catch (MailException e) {
        fail(i, e);
        break;
      }
    }
    return letters;
  }

  private Letter letter(int index) throws MailException {
    Upload message = messages.get(index);
    if (message.content().sizeInBytes() > limit) {
      throw new MailException.Refused("APPEND: larger than the server takes", "APPENDLIMIT " + limit, null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    Optional<Mailbox> open = imap.selected().filter(selected -> Mailbox.sameName(selected.name(), mailbox));
    Letter letter = Letter.read(index, message, imap.utf8(), flag -> open.isEmpty() || open.get().keeps(flag));
    if (letter.nul() && !binary) {
      throw new MailException.Refused("APPEND: NULs in the message", "BINARY", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return letter;
  }

  private void send(List<Letter> letters) throws IOException, MailException {
    if (letters.isEmpty()) {
      return;
    }
    String tag;
    try {
      tag = imap.begin("APPEND " + imap.names().argument(mailbox)); //$NON-NLS-1$
    } catch (MailException.Refused e) {
      fail(letters.get(0).index(), e);
      return;
    }
    boolean whole = true;
    for (Letter letter : letters) {
      whole = whole && imap.literal(tag, letter.words(), letter.size());
      if (whole) {
        letter.send(imap);
      }
    }
    if (whole) {
      imap.end();
    }
    underWay.add(new Sent(tag, letters, whole));
  }

  private void collect() throws IOException, MailException {
    Sent sent = underWay.remove();
    Status status = imap.await(sent.tag(), Answers.none());
    if (!status.ok()) {
      refused(sent.letters(), status);
      return;
    }
    if (!sent.whole()) {
      throw new WireException("APPEND that ended well before it was begun"); //$NON-NLS-1$
    }
    long[] uids = uids(status, sent.letters().size());
    for (int i = 0; i < sent.letters().size(); i++) {
      receipt.stored(sent.letters().get(i).index(), uids.length == 0 ? Optional.empty() : Optional.of(RemoteId.of(uids[i])));
      monitor.worked(1);
    }
  }

  /** APPENDUID uidvalidity set (RFC 4315 section 3). Empty if it is of no use here. */
  private long[] uids(Status status, int count) {
    String[] parts = status.arguments().split(" +"); //$NON-NLS-1$
    if (!status.code().equals("APPENDUID") || parts.length != 2 || uidValidity == 0 || UidSet.number(parts[0]) != uidValidity) { //$NON-NLS-1$
      return new long[0];
    }
    long[] uids = UidSet.expand(parts[1]);
    return uids.length == count ? uids : new long[0];
  }

  /** Of several the server says not which it will not have: then each is tried by itself. */
  private void refused(List<Letter> letters, Status status) throws IOException, MailException {
    Letter first = letters.get(0);
    if (failure == null && !status.busy() && !FOR_ALL.contains(status.code()) && letters.size() > 1) {
      together = false;
      for (Letter letter : letters) {
        send(List.of(letter));
      }
      return;
    }
    // A server that does not take keywords need not say so before.
    Optional<Letter> plain = status.busy() || FOR_ALL.contains(status.code()) || status.code().equals("TOOBIG") ? Optional.empty() //$NON-NLS-1$
        : first.withoutKeywords();
    if (plain.isPresent()) {
      send(List.of(plain.get()));
      return;
    }
    try {
      status.requireOk("APPEND"); //$NON-NLS-1$
    } catch (MailException e) {
      fail(first.index(), e);
    }
  }

  private void fail(int index, MailException why) {
    if (index < failed) {
      failed = index;
      failure = why;
    }
  }
}
