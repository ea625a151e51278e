/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Work;

/** A database and its segments while they are open: one writer at a time, in the order they came; any number of readers. */
final class OpenStore {
  private static final Logger LOG = System.getLogger(OpenStore.class.getName());
  private static final Duration SLOW = Duration.ofMillis(100);
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final int IDLE_READERS = 4;
  private static final int READ_TRIES = 3;
  private final Database database;
  private final SegmentFiles segments;
  private final AtomicLong lastNumber;
  private final AccountsBackup backup;
  private final KnownCounts knownCounts = new KnownCounts();
  private final BodyGaps bodyGaps = new BodyGaps();
  private final ReentrantLock writing = new ReentrantLock(true);
  private final ConcurrentLinkedDeque<Session> readers = new ConcurrentLinkedDeque<>();
  private Session writer; // guarded by writing; null after it broke
  private boolean closed; // guarded by writing

  /** Takes news of a commit, under the lock that keeps their order. */
  interface Committed {
    void accept(List<Change> changes);
  }

  OpenStore(Database database, SegmentFiles segments, AccountsBackup backup, long lastNumber) {
    this.database = database;
    this.segments = segments;
    this.backup = backup;
    this.lastNumber = new AtomicLong(lastNumber);
  }

  SegmentFiles segments() {
    return segments;
  }

  KnownCounts knownCounts() {
    return knownCounts;
  }

  BodyGaps bodyGaps() {
    return bodyGaps;
  }

  long nextNumber() {
    return lastNumber.incrementAndGet();
  }

  <T> T read(Work<StoreReader, T> work) throws StoreException {
    for (int tries = 1; ; tries++) {
      try {
        return readOnce(work);
      } catch (StoreException e) {
        if (tries == READ_TRIES || !Trouble.deadlock(e)) {
          throw e;
        }
      }
    }
  }

  private <T> T readOnce(Work<StoreReader, T> work) throws StoreException {
    Session session = readers.pollFirst();
    while (session != null && session.closed()) {
      session = readers.pollFirst();
    }
    if (session == null) {
      session = connect();
    }
    DerbyReader reader = new DerbyReader(session, this);
    boolean well = false;
    try {
      T result = work.run(reader);
      well = true;
      return result;
    } finally {
      reader.close();
      if (well && session.rollback() && readers.size() < IDLE_READERS) {
        readers.addFirst(session);
      } else {
        session.close();
      }
    }
  }

  <T> T write(Work<StoreWriter, T> work, Committed committed) throws StoreException {
    boolean done = false;
    try {
      T result = transaction(work, committed);
      done = true;
      return result;
    } finally {
      if (!done) {
        bodyGaps.forget(); // after the rollback
      }
    }
  }

  private <T> T transaction(Work<StoreWriter, T> work, Committed committed) throws StoreException {
    return exclusively(session -> {
      DerbyWriter transaction = new DerbyWriter(session, this);
      T result;
      List<Change> changes;
      try {
        result = work.run(transaction);
        changes = transaction.finish();
      } finally {
        transaction.close();
      }
      segments.force(transaction.segments());
      List<Account> accounts = transaction.accountsChanged() ? accounts(session) : List.of();
      boolean well = false;
      try {
        session.commit();
        knownCounts.committed(transaction.knownChanges());
        bodyGaps.committed(transaction.rows.gaps());
        well = true;
      } finally {
        if (!well) {
          knownCounts.forget();
        }
      }
      transaction.named().forEach(segments::named);
      if (transaction.accountsChanged()) {
        backup.write(accounts);
      }
      if (!changes.isEmpty()) {
        committed.accept(changes);
      }
      return result;
    });
  }

  private List<Account> accounts(Session session) throws StoreException {
    return new DerbyReader(session, this).accounts();
  }

  /** Runs work as the only writer; it commits itself. What it leaves uncommitted is rolled back. */
  <T> T exclusively(Work<Session, T> work) throws StoreException {
    if (writing.isHeldByCurrentThread()) {
      throw new IllegalStateException("transaction inside a transaction"); //$NON-NLS-1$
    }
    long asked = System.nanoTime();
    writing.lock();
    long began = System.nanoTime();
    try {
      if (closed) {
        throw new StoreException("the store is closed", null); //$NON-NLS-1$
      }
      if (writer == null || writer.closed()) {
        writer = connect(); // which boots a database that went down
      }
      return work.run(writer);
    } finally {
      if (writer != null && !writer.rollback()) {
        writer.close();
        writer = null;
      }
      writing.unlock();
      report(began - asked, System.nanoTime() - began);
    }
  }

  private static void report(long waited, long held) {
    if (held > SLOW.toNanos()) {
      LOG.log(Level.DEBUG, () -> "slow: " + caller() + " held the store for " + held / 1_000_000 + " ms"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    if (waited > BUSY.toNanos()) {
      LOG.log(Level.DEBUG, () -> "busy: " + caller() + " waited " + waited / 1_000_000 + " ms for the store"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
  }

  private static String caller() {
    Optional<String> name = StackWalker.getInstance().walk(frames -> frames
        .filter(frame -> !frame.getClassName().startsWith(OpenStore.class.getPackageName() + ".")) //$NON-NLS-1$
        .filter(frame -> !frame.getClassName().startsWith("java.")) //$NON-NLS-1$
        .map(frame -> frame.getClassName() + "." + frame.getMethodName()).findFirst()); //$NON-NLS-1$
    return name.orElse("nobody"); //$NON-NLS-1$
  }

  Session connect() throws StoreException {
    try {
      return database.connect();
    } catch (SQLException e) {
      throw Trouble.translate("connect", e); //$NON-NLS-1$
    }
  }

  StagedBody stage(InputStream content, BodyState state) throws StoreException, IOException {
    return segments.stage(content, state);
  }

  SegmentBody body(long raw, RawRef ref, BodyState state) {
    return new SegmentBody(segments, ref, state, raw, this::find);
  }

  private RawRef find(long raw) throws IOException {
    try {
      return read(reader -> ((DerbyReader) reader).session.first("SELECT segment, start, length, checksum FROM raw WHERE id = ?", //$NON-NLS-1$
          row -> new RawRef(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)), raw))
          .orElseThrow(() -> new IOException("content " + raw + " is gone")); //$NON-NLS-1$ //$NON-NLS-2$
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }

  /** Ends everything in good order. Later calls fail. */
  void close() {
    writing.lock();
    try {
      closed = true;
      if (writer != null) {
        writer.close();
        writer = null;
      }
      for (Session reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
      if (!database.shutdown()) {
        LOG.log(Level.DEBUG, "the database was down already"); //$NON-NLS-1$
      }
      segments.close();
    } catch (IOException e) {
      Trouble.ignore(e); // what is named was forced before
    } finally {
      writing.unlock();
    }
  }
}
