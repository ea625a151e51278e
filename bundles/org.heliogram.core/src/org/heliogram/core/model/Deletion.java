/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** What the command "Delete" does with messages on a server; "delete for good" is always there besides. */
public enum Deletion {
  /** They are moved to the trash; where there is none, the user is asked whether to delete them for good. */
  TO_TRASH,
  /** They stay in their folder, marked \Deleted (RFC 9051 section 2.3.2), until somebody expunges them. */
  MARK,
  /** They are expunged at once, after asking. */
  FOR_GOOD
}
