/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.service.DataFolder;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Subscription;
import org.heliogram.core.store.ThreadGuard;
import org.heliogram.core.store.Work;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The store of the product: state in a Derby database, raw messages in segment files. Opens with the first call. */
@Component(service = MailStore.class)
public final class DerbyMailStore implements MailStore {
  private final StoreOpening opening;
  private final Announcer announcer = new Announcer();
  private volatile StoreState state = new StoreState.Closed();
  private volatile OpenStore open; // null unless open for reading at least
  private boolean ended; // guarded by opening

  /** The user's store. */
  @Activate
  public DerbyMailStore() {
    this(DataFolder.locate());
  }

  /** @param home holds the folder {@code store} and what lies beside it; made if it is not there */
  public DerbyMailStore(Path home) {
    this(new StoreOpening(home));
  }

  DerbyMailStore(StoreOpening opening) {
    this.opening = opening;
  }

  @Override
  public StoreState open() {
    ThreadGuard.check();
    synchronized (opening) {
      if (open == null && !ended) {
        StoreOpening.Result result = opening.run();
        open = result.store().orElse(null);
        state = result.state();
      }
      return state;
    }
  }

  @Override
  public StoreState state() {
    return state;
  }

  private OpenStore opened() throws StoreException {
    OpenStore now = open;
    if (now != null) {
      return now;
    }
    StoreState found = open();
    now = open;
    if (now != null) {
      return now;
    }
    throw switch (found) {
      case StoreState.InUse inUse -> new StoreException.InUse(inUse.holder());
      case StoreState.Failed failed -> new StoreException("the store cannot be opened: " + failed.why(), null); //$NON-NLS-1$
      case StoreState.Closed closed -> new StoreException("the store is closed", null); //$NON-NLS-1$
      case StoreState.Open o -> new StoreException("the store is closed", null); //$NON-NLS-1$
      case StoreState.Lost lost -> new StoreException("the store is closed", null); //$NON-NLS-1$
      case StoreState.Damaged damaged -> new StoreException.ReadOnly("the store is damaged and not readable: " + damaged.why(), null); //$NON-NLS-1$
    };
  }

  private OpenStore writable() throws StoreException {
    OpenStore now = opened();
    if (state instanceof StoreState.Damaged damaged) {
      throw new StoreException.ReadOnly("the store is damaged: " + damaged.why(), null); //$NON-NLS-1$
    }
    return now;
  }

  @Override
  public <T> T read(Work<StoreReader, T> work) throws StoreException {
    ThreadGuard.check();
    OpenStore store = opened();
    try {
      return store.read(work);
    } catch (Trouble.DamageFound e) {
      damaged(e);
      throw e;
    }
  }

  @Override
  public <T> T write(Work<StoreWriter, T> work) throws StoreException {
    OpenStore store = writable();
    try {
      return store.write(work, announcer::committed);
    } catch (Trouble.DamageFound e) {
      damaged(e);
      throw new StoreException.ReadOnly(e.getMessage(), e);
    } finally {
      announcer.publish();
    }
  }

  /** From now on nothing is written: what is not damaged yet shall stay so. */
  private void damaged(Trouble.DamageFound e) {
    synchronized (opening) {
      if (!(state instanceof StoreState.Damaged)) {
        state = opening.damaged(e.getMessage());
      }
    }
  }

  @Override
  public StagedBody stage(InputStream content, BodyState bodyState) throws StoreException, IOException {
    ThreadGuard.check();
    return writable().stage(content, bodyState);
  }

  @Override
  public Subscription subscribe(Consumer<StoreChange> listener) {
    return announcer.subscribe(listener);
  }

  @Override
  public List<Finding> check(IProgressMonitor monitor) throws StoreException {
    ThreadGuard.check();
    return new Checker(opened()).run(monitor);
  }

  @Override
  public long compact(IProgressMonitor monitor) throws StoreException {
    ThreadGuard.check();
    return new Compactor(writable()).run(monitor);
  }

  /** Has the database write all its pages, so that the next start is quick. */
  void checkpoint() throws StoreException {
    writable().exclusively(session -> session.update("CALL SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()")); //$NON-NLS-1$
  }

  /** Ends everything in good order; a process may open the store again. */
  @Deactivate
  public void close() {
    synchronized (opening) {
      ended = true;
      if (open != null) {
        open.close();
        open = null;
      }
      opening.close();
      state = new StoreState.Closed();
    }
  }
}
