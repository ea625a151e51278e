/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** What a folder is for (RFC 6154, RFC 3501 section 5.1). The order is the order of display. */
public enum FolderRole {
  INBOX, DRAFTS, SENT, ARCHIVE, JUNK, TRASH, ALL, FLAGGED,
  /** A folder of the user's own. */
  NONE
}
