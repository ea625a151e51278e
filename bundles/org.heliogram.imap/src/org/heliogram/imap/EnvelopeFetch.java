/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.Flags;
import org.heliogram.core.store.StoreException;

/**
 * Fetches what a list shows of messages. A command names many messages, up to {@value #UNDER_WAY} are under way, and a batch is handed over
 * in the order it was asked for. The first batch is small, so that the newest messages are there soon; the next are as large as the server
 * answers in about a second.
 */
final class EnvelopeFetch {
  private static final String FIELDS = "BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC REPLY-TO SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES LIST-ID CONTENT-TYPE)]"; //$NON-NLS-1$
  private static final String PLAIN = "UID FLAGS INTERNALDATE RFC822.SIZE"; //$NON-NLS-1$
  /** What is asked for, and less of it where a server fails at it. */
  private static final List<String> LADDER = List.of(PLAIN + " BODYSTRUCTURE " + FIELDS, PLAIN + ' ' + FIELDS, PLAIN); //$NON-NLS-1$
  private static final int UNDER_WAY = 3;
  private static final int FIRST_BATCH = 100;
  private static final int LARGEST_BATCH = 1_000;
  private static final int SMALLEST_BATCH = 20;
  private static final int HEADER_LIMIT = 256 * 1024;
  private static final int CROWDED_HEADER_LIMIT = 4 * 1024;
  private static final int STRUCTURE_LIMIT = 256 * 1024;
  private static final long BATCH_OCTETS = 16_000_000;
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final Duration QUICK = Duration.ofMillis(500);
  private final ImapConnection imap;
  private final Sink sink;
  private final IProgressMonitor monitor;
  private final FetchItems items = new FetchItems();
  private final Deque<Batch> underWay = new ArrayDeque<>();
  private int batchSize = FIRST_BATCH;

  EnvelopeFetch(ImapConnection imap, Sink sink, IProgressMonitor monitor) {
    this.imap = imap;
    this.sink = sink;
    this.monitor = monitor;
  }

  /** Messages asked for together. */
  private static final class Batch {
    private final long[] uids;
    private final long[] sorted;
    private final Deque<String> tags = new ArrayDeque<>();
    private final Map<Long, FetchedMessage> found = new HashMap<>();
    private long octets;

    Batch(long[] uids) {
      this.uids = uids;
      this.sorted = Arrays.stream(uids).sorted().toArray();
    }

    boolean add(long uid, FetchedMessage message) {
      boolean asked = Arrays.binarySearch(sorted, uid) >= 0;
      if (asked) {
        found.put(uid, message);
        octets += message.header().length;
      }
      return asked;
    }

    long[] missing() {
      return Arrays.stream(uids).filter(uid -> !found.containsKey(uid)).toArray();
    }
  }

  void run(long[] uids) throws IOException, MailException, StoreException {
    int next = 0;
    while (next < uids.length || !underWay.isEmpty()) {
      while (next < uids.length && underWay.size() < UNDER_WAY) {
        int end = Math.min(uids.length, next + batchSize);
        underWay.add(ask(Arrays.copyOfRange(uids, next, end)));
        next = end;
      }
      Batch batch = underWay.remove();
      collect(batch);
      if (batch.missing().length > 0) {
        for (Batch later : underWay) {
          collect(later); // Nothing may be under way while single commands are tried.
        }
        climb(batch);
      }
      deliver(batch);
    }
  }

  private Batch ask(long[] uids) throws IOException, MailException {
    Batch batch = new Batch(uids);
    for (String set : UidSet.of(uids)) {
      batch.tags.add(imap.send("UID FETCH " + set + " (" + LADDER.get(0) + ')')); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return batch;
  }

  /** Reads what is still to come for a batch. */
  private void collect(Batch batch) throws IOException, MailException {
    long start = System.nanoTime();
    boolean asked = !batch.tags.isEmpty();
    while (!batch.tags.isEmpty()) {
      Status status = imap.await(batch.tags.remove(), (number, name, in) -> take(name, in, batch, null));
      if (status.busy()) {
        status.requireOk("UID FETCH"); //$NON-NLS-1$
      }
    }
    if (asked) {
      adapt(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void adapt(Duration took) {
    if (took.compareTo(QUICK) < 0) {
      batchSize = Math.min(LARGEST_BATCH, batchSize * 2);
    } else if (took.compareTo(SLOW) > 0) {
      batchSize = Math.max(SMALLEST_BATCH, batchSize / 2);
    }
  }

  /** @param header what stands for the header where none was asked for; null where one was, and an answer without it is somebody's change of flags */
  private boolean take(String name, ResponseReader in, Batch batch, byte[] header) throws IOException {
    if (!name.equals("FETCH")) { //$NON-NLS-1$
      return false;
    }
    Row row = new Row(batch.octets > BATCH_OCTETS ? CROWDED_HEADER_LIMIT : HEADER_LIMIT);
    row.header = header;
    items.read(in, row);
    if (row.uid > 0 && row.header != null && !batch.add(row.uid, row.message())) {
      for (Batch later : underWay) {
        later.add(row.uid, row.message()); // A server may answer the next command before it ends this one.
      }
    }
    return true;
  }

  /** One message as its items come in. */
  private final class Row implements FetchItems.Item {
    private final int headerLimit;
    private long uid;
    private Flags flags = Flags.NONE;
    private Instant received = Instant.EPOCH;
    private long size;
    private byte[] header;
    private boolean attachments;

    Row(int headerLimit) {
      this.headerLimit = headerLimit;
    }

    @Override
    public boolean take(String name, ResponseReader in) throws IOException {
      switch (name) {
        case "UID" -> uid = in.number(); //$NON-NLS-1$
        case "FLAGS" -> flags = items.flags(in); //$NON-NLS-1$
        case "INTERNALDATE" -> received = FetchItems.date(String.valueOf(in.string())); //$NON-NLS-1$
        case "RFC822.SIZE" -> size = in.number(); //$NON-NLS-1$
        case "BODYSTRUCTURE" -> //$NON-NLS-1$
            attachments = BodyStructure.parse(in.value(STRUCTURE_LIMIT)).map(BodyStructure::hasAttachments).orElse(false);
        default -> {
          if (!name.startsWith("BODY[HEADER")) { //$NON-NLS-1$
            return false;
          }
          byte[] octets = in.octets(headerLimit);
          header = octets == null ? new byte[0] : octets;
        }
      }
      return true;
    }

    FetchedMessage message() {
      return new FetchedMessage(RemoteId.of(uid), flags, received, size, header, attachments);
    }
  }

  /** Finds out about messages the server said nothing of: gone, or such that it fails at them. */
  private void climb(Batch batch) throws IOException, MailException {
    imap.await(imap.send("NOOP"), Answers.none()).requireOk("NOOP"); //$NON-NLS-1$ //$NON-NLS-2$
    Set<Long> there = Presence.of(imap, batch.missing());
    for (String what : LADDER) {
      fetchSingly(Arrays.stream(batch.missing()).filter(there::contains).toArray(), what, batch);
    }
    for (long uid : batch.missing()) {
      if (there.contains(uid)) {
        batch.add(uid, new FetchedMessage(RemoteId.of(uid), Flags.NONE, Instant.EPOCH, 0, new byte[0], false));
      }
    }
  }

  /** In one command if the server can, else in halves, so that one bad message costs none of the others. */
  private void fetchSingly(long[] uids, String what, Batch batch) throws IOException, MailException {
    byte[] header = what.equals(PLAIN) ? new byte[0] : null;
    for (String set : UidSet.of(uids)) {
      Status status = imap.await(imap.send("UID FETCH " + set + " (" + what + ')'), (number, name, in) -> take(name, in, batch, header)); //$NON-NLS-1$ //$NON-NLS-2$
      if (status.busy()) {
        status.requireOk("UID FETCH"); //$NON-NLS-1$
      }
      if (!status.ok() && uids.length > 1) {
        long[] left = Arrays.stream(uids).filter(uid -> !batch.found.containsKey(uid)).toArray();
        if (left.length < 2) {
          return;
        }
        fetchSingly(Arrays.copyOf(left, left.length / 2), what, batch);
        fetchSingly(Arrays.copyOfRange(left, left.length / 2, left.length), what, batch);
        return;
      }
    }
  }

  private void deliver(Batch batch) throws StoreException {
    var told = new HashSet<Long>();
    for (long uid : batch.uids) {
      FetchedMessage message = batch.found.get(uid);
      if (!told.add(uid)) {
        monitor.worked(1); // asked for twice
        continue;
      }
      if (message == null) {
        sink.gone(RemoteId.of(uid));
      } else {
        sink.envelope(message);
      }
      monitor.worked(1);
    }
  }
}
