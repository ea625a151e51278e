/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/** Gives the space of deleted messages back to the disk, while nobody waits for it: some minutes after the start, then a few times a day. */
final class StoreCare extends Job {
  private static final System.Logger LOG = System.getLogger(StoreCare.class.getName());
  private final MailStore store;
  private final Duration first;
  private final Duration period;
  private volatile boolean ended;

  StoreCare(MailStore store, Duration first, Duration period) {
    super("Heliogram store care"); //$NON-NLS-1$
    this.store = store;
    this.first = first;
    this.period = period;
    setSystem(true);
    setPriority(DECORATE);
  }

  void begin() {
    schedule(first.toMillis());
  }

  void end() {
    ended = true;
    cancel();
  }

  @Override
  protected IStatus run(IProgressMonitor monitor) {
    try {
      long gained = store.compact(monitor);
      LOG.log(Level.DEBUG, "store care gave back {0} bytes", gained); //$NON-NLS-1$
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "store care did not work", e); //$NON-NLS-1$
    }
    if (!ended) {
      schedule(period.toMillis());
    }
    return Status.OK_STATUS;
  }
}
