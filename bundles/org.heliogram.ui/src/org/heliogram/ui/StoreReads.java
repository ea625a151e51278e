/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Work;

/** Reads the store away from the UI thread and hands over to it what was read. */
public final class StoreReads {
  private final MailStore store;
  private final Executor background;
  private final Executor ui;

  public StoreReads(MailStore store, Executor background, Executor ui) {
    this.store = Objects.requireNonNull(store);
    this.background = Objects.requireNonNull(background);
    this.ui = Objects.requireNonNull(ui);
  }

  /** Exactly one of the two is called, on the UI thread, unless the view is gone by then. */
  public <T> void read(Work<StoreReader, T> work, Consumer<T> then, Consumer<StoreException> otherwise) {
    background.execute(() -> {
      try {
        T result = store.read(work);
        ui.execute(() -> then.accept(result));
      } catch (StoreException e) {
        ui.execute(() -> otherwise.accept(e));
      }
    });
  }
}
