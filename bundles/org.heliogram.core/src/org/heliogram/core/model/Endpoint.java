/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;

/**
 * A server to sign in to.
 *
 * @param host host name or address literal, not empty
 * @param port 1 to 65535
 * @param user user name for sign-in; empty means no sign-in (submission only)
 */
public record Endpoint(String host, int port, Security security, String user, Trust trust) {
  public Endpoint {
    Objects.requireNonNull(security);
    Objects.requireNonNull(user);
    Objects.requireNonNull(trust);
    if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("host is empty or has spaces"); //$NON-NLS-1$
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port); //$NON-NLS-1$
    }
  }

  public Endpoint(String host, int port, Security security, String user) {
    this(host, port, security, user, Trust.PLATFORM);
  }

  public Endpoint withTrust(Trust other) {
    return new Endpoint(host, port, security, user, other);
  }
}
