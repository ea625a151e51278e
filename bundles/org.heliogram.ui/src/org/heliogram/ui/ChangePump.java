/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.Subscription;

/** Carries changes of the store to a view in batches: however many commits there are, at most one task waits for the UI thread. */
public final class ChangePump implements AutoCloseable {
  private final Executor ui;
  private final Consumer<List<Change>> view;
  private final Subscription subscription;
  private List<Change> waiting = new ArrayList<>(); // guarded by this
  private boolean closed; // guarded by this

  /** @param view called on the UI thread, in the order of the commits */
  public ChangePump(MailStore store, Executor ui, Consumer<List<Change>> view) {
    this.ui = Objects.requireNonNull(ui);
    this.view = Objects.requireNonNull(view);
    this.subscription = store.subscribe(this::append);
  }

  private void append(StoreChange change) {
    boolean first;
    synchronized (this) {
      if (closed || change.changes().isEmpty()) {
        return;
      }
      first = waiting.isEmpty();
      waiting.addAll(change.changes());
    }
    if (first) {
      ui.execute(this::drain);
    }
  }

  private void drain() {
    List<Change> batch;
    synchronized (this) {
      if (closed) {
        return;
      }
      batch = waiting;
      waiting = new ArrayList<>();
    }
    view.accept(batch);
  }

  @Override
  public void close() {
    subscription.close();
    synchronized (this) {
      closed = true;
      waiting.clear();
    }
  }
}
