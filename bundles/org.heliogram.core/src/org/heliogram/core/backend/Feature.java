/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

/** What a server can do, as far as the synchronisation differs by it. */
public enum Feature {
  /** It keeps flags. */
  FLAGS,
  /** It keeps folders. */
  FOLDERS,
  /** It tells the new ids of moved and copied messages (RFC 4315). */
  RECEIPTS,
  /** A message can be fetched in parts. */
  PARTS,
  /** It tells what the user may do with a folder (RFC 4314). */
  RIGHTS,
  /** Its delivered folder is a maildrop (RFC 1939): listings tell sizes, and {@link Backend#discard} works. */
  MAILDROP
}
