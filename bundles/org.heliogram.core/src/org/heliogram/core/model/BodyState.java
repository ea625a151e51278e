/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** How much of a message's content is on this machine. */
public enum BodyState {
  NONE,
  /** The header and the text; large attachments left out. */
  PARTIAL,
  /** Every byte the server has. */
  WHOLE
}
