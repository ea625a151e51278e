/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** Names a folder in the local store; survives a rename on the server. */
public record FolderKey(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
