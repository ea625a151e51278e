/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;

/** What a server is for, with the ports (RFC 8314, RFC 6409) and the host name that are usual for it. */
enum ServerKind {
  IMAP("imap.", 993, 143, 143), POP3("pop.", 995, 110, 110), SUBMISSION("smtp.", 465, 587, 25); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  private final String prefix;
  private final int tls;
  private final int startTls;
  private final int plain;

  ServerKind(String prefix, int tls, int startTls, int plain) {
    this.prefix = prefix;
    this.tls = tls;
    this.startTls = startTls;
    this.plain = plain;
  }

  /** @throws IllegalArgumentException for the demo account, which has no server */
  static ServerKind of(Protocol protocol) {
    return switch (protocol) {
      case IMAP -> IMAP;
      case POP3 -> POP3;
      case DEMO -> throw new IllegalArgumentException("a demo account has no server"); //$NON-NLS-1$
    };
  }

  int port(Security security) {
    return switch (security) {
      case TLS -> tls;
      case STARTTLS -> startTls;
      case NONE -> plain;
    };
  }

  /** A guess, made without asking the network; empty for an empty domain. */
  String host(String domain) {
    return domain.isEmpty() ? "" : prefix + domain; //$NON-NLS-1$
  }
}
