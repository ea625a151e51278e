/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What servers refused since the program began, the last {@value #LIMIT}, until the user has done with it. Any thread. */
@Component(service = Refusals.class)
public final class Refusals {
  static final int LIMIT = 100;

  /** A change that was taken back. @param why the server's words; may be empty */
  record Refusal(long number, Operation operation, String why, Instant at) {}

  private final Clock clock;
  private final Subscription subscription;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Refusal> kept = new ArrayDeque<>(); // guarded by this; newest first
  private long count; // guarded by this

  @Activate
  public Refusals(@Reference MailService service) {
    this(service, Clock.systemUTC());
  }

  Refusals(MailService service, Clock clock) {
    this.clock = clock;
    subscription = service.observe(this::heard);
  }

  @Deactivate
  public void close() {
    subscription.close();
  }

  private void heard(ServiceEvent event) {
    if (event instanceof ServiceEvent.OperationRefused refused) {
      synchronized (this) {
        kept.addFirst(new Refusal(++count, refused.operation(), refused.why(), clock.instant()));
        if (kept.size() > LIMIT) {
          kept.removeLast();
        }
      }
      tell();
    }
  }

  /** Newest first. */
  synchronized List<Refusal> all() {
    return List.copyOf(kept);
  }

  /** The user needs no more telling of these. */
  void dismiss(Collection<Refusal> seen) {
    synchronized (this) {
      kept.removeAll(seen);
    }
    tell();
  }

  /** @param listener called on any thread when there is one more or less */
  Subscription observe(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }
}
