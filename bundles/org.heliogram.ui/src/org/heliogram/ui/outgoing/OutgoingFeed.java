/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.StoreReads;

/**
 * Tells a view what is outgoing, now and whenever it is something else. However fast a queue is worked off, it is read again only when
 * the last reading was shown and a moment has passed. UI thread only, but for the listeners' ends.
 */
final class OutgoingFeed implements AutoCloseable {
  private final StoreReads reads;
  private final Refusals refusals;
  private final Consumer<Runnable> later;
  private final Consumer<List<OutgoingRow>> view;
  private final AtomicBoolean told = new AtomicBoolean();
  private final ChangePump pump;
  private final Subscription refused;
  private boolean reading;
  private boolean again;
  private boolean closed;

  /**
   * @param later runs a task on the UI thread after a moment
   * @param view  called on the UI thread
   */
  OutgoingFeed(MailStore store, StoreReads reads, Refusals refusals, Executor ui, Consumer<Runnable> later, Consumer<List<OutgoingRow>> view) {
    this.reads = Objects.requireNonNull(reads);
    this.refusals = Objects.requireNonNull(refusals);
    this.later = Objects.requireNonNull(later);
    this.view = Objects.requireNonNull(view);
    pump = new ChangePump(store, ui, this::accept);
    refused = refusals.observe(() -> {
      if (told.compareAndSet(false, true)) {
        ui.execute(() -> {
          told.set(false);
          read();
        });
      }
    });
    read();
  }

  private void accept(List<Change> changes) {
    if (changes.stream().anyMatch(OutgoingFeed::concerns)) {
      read();
    }
  }

  private static boolean concerns(Change change) {
    return switch (change) {
      case Change.QueueChanged c -> true;
      case Change.FoldersChanged c -> true;
      case Change.AccountsChanged c -> true;
      case Change.FolderChanged c -> false;
      case Change.MessagesAdded c -> false;
      case Change.MessagesRemoved c -> false;
      case Change.MessagesChanged c -> false;
    };
  }

  private void read() {
    if (closed) {
      return;
    }
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    reads.read(reader -> OutgoingReading.rows(reader, refusals.all()), this::show, this::failed);
  }

  private void show(List<OutgoingRow> rows) {
    if (!closed) {
      view.accept(rows);
      later.accept(this::ready);
    }
  }

  private void ready() {
    reading = false;
    if (again) {
      read();
    }
  }

  /** The Folders view says what is wrong with the store. */
  private void failed(StoreException e) {
    ILog.of(OutgoingFeed.class).warn("outgoing changes not read", e); //$NON-NLS-1$
    later.accept(this::ready);
  }

  @Override
  public void close() {
    closed = true;
    pump.close();
    refused.close();
  }
}
