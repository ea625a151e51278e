/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Subscription;

/** What every account is doing, and who wants to know. Safe for any thread; listeners are called outside locks. */
final class ActivityBoard {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private final LongSupplier nanos;
  private final List<Consumer<ServiceEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Map<AccountId, Activity> activities = new HashMap<>(); // guarded by this
  private final Map<AccountId, Long> told = new HashMap<>(); // guarded by this
  private final Set<AccountId> untold = new HashSet<>(); // guarded by this
  private final Job later;

  /** @param nanos tells the time, as {@link System#nanoTime} */
  ActivityBoard(LongSupplier nanos) {
    this.nanos = nanos;
    this.later = Job.createSystem("heliogram activity", monitor -> { //$NON-NLS-1$
      tellUntold();
    });
  }

  Subscription observe(Consumer<ServiceEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(ServiceEvent event) {
    listeners.forEach(l -> l.accept(event));
  }

  Activity activity(AccountId account) {
    synchronized (this) {
      return activities.getOrDefault(account,
          new Activity(account, Activity.Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty())); //$NON-NLS-1$
    }
  }

  /** Tells at once, or after a while if it was told just now. */
  void put(Activity activity) {
    update(activity.account(), before -> activity);
  }

  /** The same for a change of what stands there. */
  void update(AccountId account, UnaryOperator<Activity> change) {
    boolean now;
    synchronized (this) {
      activities.put(account, change.apply(activity(account)));
      Long last = told.get(account);
      now = last == null || nanos.getAsLong() - last >= INTERVAL_NANOS;
      if (now) {
        told.put(account, nanos.getAsLong());
        untold.remove(account);
      } else {
        untold.add(account);
      }
    }
    if (now) {
      tell(new ServiceEvent.ActivityChanged(account));
    } else {
      later.schedule(Duration.ofNanos(INTERVAL_NANOS).toMillis());
    }
  }

  void remove(AccountId account) {
    synchronized (this) {
      activities.remove(account);
      told.remove(account);
      untold.remove(account);
    }
  }

  private void tellUntold() {
    Set<AccountId> accounts;
    synchronized (this) {
      accounts = Set.copyOf(untold);
      untold.clear();
      accounts.forEach(a -> told.put(a, nanos.getAsLong()));
    }
    accounts.forEach(a -> tell(new ServiceEvent.ActivityChanged(a)));
  }

  void close() {
    listeners.clear();
    later.cancel();
  }
}
