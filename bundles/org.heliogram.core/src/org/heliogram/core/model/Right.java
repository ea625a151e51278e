/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Set;

/** What a server may let a user do with a folder (RFC 4314 section 2.1). Constants may be added, never moved: their order is stored. */
public enum Right {
  /** Open it and read messages: r. */
  READ,
  /** Keep \Seen: s. */
  KEEP_SEEN,
  /** Set and clear flags and keywords other than \Seen and \Deleted: w. */
  WRITE_FLAGS,
  /** Put messages into it: i. */
  INSERT,
  /** Make folders in it, and move folders into it: k. */
  CREATE_FOLDERS,
  /** Delete or rename the folder itself: x. */
  DELETE_FOLDER,
  /** Set and clear \Deleted: t. */
  DELETE_MESSAGES,
  /** Expunge: e. Moving a message out of the folder takes this and {@link #DELETE_MESSAGES}. */
  EXPUNGE,
  /** Change who has which rights: a. */
  ADMINISTER;

  /** Where a server says nothing, the folder is the user's. */
  public static final Set<Right> ALL = Set.of(values());
}
