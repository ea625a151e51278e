/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What Angus Mail prints about a dialogue, as a log: it speaks on a socket of its own below which everything is encrypted. It prints lines
 * of both sides and remarks; what begins with a status is the server's.
 */
final class AngusTrace extends OutputStream {
  private static final int LINE_LIMIT = 10_000;
  private final WireLogs.Log log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private AngusTrace(WireLogs.Log log) {
    this.log = log;
  }

  static PrintStream to(WireLogs.Log log) {
    return new PrintStream(new AngusTrace(log), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int octet) {
    if (octet == '\n') {
      take(line.toString(StandardCharsets.UTF_8).stripTrailing());
      line.reset();
    } else if (line.size() < LINE_LIMIT) {
      line.write(octet);
    }
  }

  private void take(String said) {
    byte[] octets = (said + '\n').getBytes(StandardCharsets.UTF_8);
    if (said.matches("[2-5][0-9]{2}([ -].*)?")) { //$NON-NLS-1$
      log.server(octets, 0, octets.length);
    } else if (!said.startsWith("DEBUG")) { //$NON-NLS-1$
      log.client(octets, 0, octets.length);
    }
  }
}
