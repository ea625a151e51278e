/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How an account talks to its incoming server.
 *
 * @param mechanism   the one way to sign in that may be used, as SASL names it (RFC 4422, "SCRAM-SHA-256"), "LOGIN" for the command (of POP3
 *     USER and PASS) or "APOP"; empty: the strongest both sides know; a submission server is signed in to so if it knows it
 * @param compress    whether COMPRESS=DEFLATE (RFC 4978) is used where it is offered
 * @param push        whether the server is asked to tell news by itself
 * @param connections how many connections the account may have at once, the working one included; 1 to 20
 */
public record ServerOptions(Optional<String> mechanism, boolean compress, boolean push, int connections) {
  public static final ServerOptions DEFAULT = new ServerOptions(Optional.empty(), false, true, 5);
  private static final int MOST = 20;

  public ServerOptions {
    Objects.requireNonNull(mechanism);
    if (connections < 1 || connections > MOST) {
      throw new IllegalArgumentException(connections + " connections"); //$NON-NLS-1$
    }
  }
}
