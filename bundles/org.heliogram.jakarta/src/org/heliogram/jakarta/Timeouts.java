/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect to accept a connection and to agree on TLS
 * @param read    between two bytes, either way
 * @param command in all, from the start of a command to its last byte; a server that keeps sending at {@link #SLOWEST} or more may take longer
 */
public record Timeouts(Duration connect, Duration read, Duration command) {
  /** Octets a second that buy a command more time. */
  public static final int SLOWEST = 512;
  public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
