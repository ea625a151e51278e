/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** Names a message in the local store; survives moves between folders and a renumbering by the server. Never reused. */
public record MessageKey(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
