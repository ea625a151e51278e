/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.nio.file.Path;

/** In what state the store is. */
public sealed interface StoreState {
  /** Open for reading and writing. */
  record Open(Path folder) implements StoreState {}

  /** Not open: another process holds it. {@link MailStore#open()} tries again. */
  record InUse(Path folder, String holder) implements StoreState {}

  /** Open for reading only. {@code saved} is where the damaged files were kept. */
  record Damaged(Path folder, String why, Path saved) implements StoreState {}

  /** Open and new, though there was a store here before: its folder is missing or empty. Nothing is deleted on any server because of it. */
  record Lost(Path folder) implements StoreState {}

  /** Not open: the folder cannot be used at all. */
  record Failed(Path folder, String why) implements StoreState {}

  /** Not opened yet. */
  record Closed() implements StoreState {}
}
