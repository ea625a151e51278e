/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

/** The store could not do what was asked; nothing of it was done. Messages hold no mail content. */
public class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Another process has the store open. */
  public static final class InUse extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String holder;

    /** @param holder who has it, for display, such as "Heliogram (process 4711 on nova)" */
    public InUse(String holder) {
      super("store in use by " + holder, null); //$NON-NLS-1$
      this.holder = holder;
    }

    public String holder() {
      return holder;
    }
  }

  /** The store is damaged: it can be read as far as it is readable, but not changed. */
  public static final class ReadOnly extends StoreException {
    private static final long serialVersionUID = 1L;

    public ReadOnly(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** No space, or the disk failed. What was committed is safe. */
  public static final class DiskFull extends StoreException {
    private static final long serialVersionUID = 1L;

    public DiskFull(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
