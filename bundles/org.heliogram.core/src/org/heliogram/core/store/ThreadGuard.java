/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Keeps the store off the UI thread. The UI says which thread that is, so that nothing here knows SWT; without a UI every thread is fit. */
public final class ThreadGuard {
  private static volatile BooleanSupplier uiThread = () -> false;

  private ThreadGuard() {}

  /** @param onUiThread whether the calling thread is the UI's; asked at each store call, so it must be quick */
  public static void install(BooleanSupplier onUiThread) {
    uiThread = Objects.requireNonNull(onUiThread);
  }

  /** Called by a store where it begins what may take long. @throws IllegalStateException on the UI thread */
  public static void check() {
    if (uiThread.getAsBoolean()) {
      throw new IllegalStateException("the store may wait: not on the UI thread"); //$NON-NLS-1$
    }
  }
}
