/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Locale;

/** How an account gets its mail. The backend is the {@code Backend.Factory} service whose property {@code protocol} is {@link #id()}. */
public enum Protocol {
  /** Mail lives on the server; every change goes both ways (RFC 9051, RFC 3501). */
  IMAP,
  /** Mail is fetched from a maildrop and lives here (RFC 1939). */
  POP3,
  /** Bundled messages, no network: to try Heliogram out. */
  DEMO;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
