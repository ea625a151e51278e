/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

/** How much of a message to fetch. */
public enum Depth {
  /** Flags, date, size, header fields of the envelope, whether there are attachments. */
  ENVELOPE,
  /** Header and text parts, with attachments up to the account's limit; larger ones are left out. */
  TEXT,
  /** Every byte. */
  WHOLE
}
