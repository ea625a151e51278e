/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.List;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Where mail begins to move: starts the schedule and listens for what the user should hear of. The views call it when they open,
 * {@link BackgroundStart} where the user asked for that. Get it from the workbench, not from a view's site: a site lets go of its
 * services when the view closes, and this one would stop.
 */
@Component(service = MailStart.class)
public final class MailStart {
  private final MailService service;
  private final MailStore store;
  private List<Subscription> subscriptions = List.of(); // guarded by this; empty until begun

  @Activate
  public MailStart(@Reference MailService service, @Reference MailStore store) {
    this.service = service;
    this.store = store;
  }

  /** Returns at once; later calls do nothing. Any thread. */
  public void begin() {
    synchronized (this) {
      if (!subscriptions.isEmpty()) {
        return;
      }
      subscriptions = List.of(service.observe(new MailNotices(store)::received), store.subscribe(this::changed));
    }
    service.start();
  }

  @Deactivate
  public synchronized void end() {
    subscriptions.forEach(Subscription::close);
    subscriptions = List.of();
  }

  /** Accounts also change in other ways than by the dialogs here. On the committing thread. */
  private void changed(StoreChange change) {
    if (change.changes().stream().anyMatch(Change.AccountsChanged.class::isInstance)) {
      Job.createSystem("heliogram accounts", (ICoreRunnable) monitor -> remember()).schedule(); //$NON-NLS-1$
    }
  }

  private void remember() {
    try {
      List<Account> accounts = store.read(StoreReader::accounts);
      BackgroundFetch.remember(accounts);
    } catch (StoreException e) {
      ILog.of(MailStart.class).error("accounts not read", e); //$NON-NLS-1$
    }
  }
}
