/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Subscription;
import org.heliogram.core.store.Work;

/** Another store, as seen by a process that dies, or by a disk that fails, at the n-th transaction. */
public final class FaultyStore implements MailStore {
  /** The end of the process: nothing may catch it, and nothing can be stored after it. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the process is dead");
    }
  }

  /** What happens. */
  public enum Fault {
    /** Dies before the transaction. */
    DIES_BEFORE,
    /** Dies after the commit, before anybody knows. */
    DIES_AFTER,
    /** The transaction fails; the process lives. */
    FAILS
  }

  private final MailStore store;
  private Fault fault = Fault.FAILS;
  private long countdown = Long.MAX_VALUE;
  private boolean dead;
  private int transactions;

  public FaultyStore(MailStore store) {
    this.store = store;
  }

  /** @param writes how many transactions go well before the fault; it happens once */
  public void failAfter(long writes, Fault what) {
    countdown = writes;
    fault = what;
  }

  /** The store as the next process finds it. */
  public FaultyStore revived() {
    return new FaultyStore(store);
  }

  /** Ends the process now, in the middle of something else than a transaction. */
  public Death die() {
    dead = true;
    return new Death();
  }

  /** How many transactions that could change something there were. */
  public int transactions() {
    return transactions;
  }

  private void checkLife() {
    if (dead) {
      throw new Death();
    }
  }

  @Override
  public <T> T write(Work<StoreWriter, T> work) throws StoreException {
    checkLife();
    transactions++;
    boolean now = countdown == 0;
    countdown--;
    if (!now) {
      return store.write(work);
    }
    switch (fault) {
      case DIES_BEFORE -> dead = true;
      case DIES_AFTER -> {
        store.write(work);
        dead = true;
      }
      case FAILS -> throw new StoreException.DiskFull("full", null);
    }
    throw new Death();
  }

  @Override
  public <T> T read(Work<StoreReader, T> work) throws StoreException {
    checkLife();
    return store.read(work);
  }

  @Override
  public StagedBody stage(InputStream content, BodyState state) throws StoreException, IOException {
    checkLife();
    return store.stage(content, state);
  }

  @Override
  public StoreState open() {
    return store.open();
  }

  @Override
  public StoreState state() {
    return store.state();
  }

  @Override
  public Subscription subscribe(Consumer<StoreChange> listener) {
    return store.subscribe(listener);
  }

  @Override
  public List<Finding> check(IProgressMonitor monitor) throws StoreException {
    return store.check(monitor);
  }

  @Override
  public long compact(IProgressMonitor monitor) throws StoreException {
    return store.compact(monitor);
  }
}
