/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** How a connection is protected. There is no "if offered": what is chosen is required, or the connection is refused. */
public enum Security {
  /** TLS from the first byte (RFC 8314 section 3). */
  TLS,
  /** Plain greeting, then STARTTLS (RFC 2595) or nothing: a server that does not offer it is refused before sign-in. */
  STARTTLS,
  /** No protection: passwords and mail cross the network in clear. */
  NONE
}
