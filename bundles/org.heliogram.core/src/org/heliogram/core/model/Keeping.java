/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** Who has the last word about a folder's messages. */
public enum Keeping {
  /** The server: what is gone there is gone here; changes are queued for it (IMAP). */
  MIRRORED,
  /**
   * This machine, but mail comes in from a server (a POP3 maildrop). What vanished on the server stays here, what was taken
   * once is never taken twice, and operations are settled in the transaction that enqueues them.
   */
  DELIVERED,
  /** This machine alone. Operations are settled in the transaction that enqueues them. */
  LOCAL
}
