/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.util.function.IntFunction;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;

/** Many commands of one kind, sent before the answers to earlier ones came where the server allows that (PIPELINING, RFC 2449 section 6.6). */
final class Pipeline {
  /** Commands in flight: their octets fit every send buffer, so that neither side waits for the other to read. */
  private static final int WINDOW = 200;
  private final Wire wire;
  private final int window;

  Pipeline(Wire wire, Capabilities capabilities) {
    this.wire = wire;
    this.window = capabilities.has("PIPELINING") ? WINDOW : 1; //$NON-NLS-1$
  }

  /** Takes one answer; must read all of it. */
  interface Answer<X extends Exception> {
    void take(int index, Reply reply) throws IOException, MailException, X;
  }

  <X extends Exception> void run(int count, IntFunction<String> command, Answer<X> answer, IProgressMonitor monitor)
      throws IOException, MailException, X {
    int sent = 0;
    for (int index = 0; index < count; index++) {
      if (monitor.isCanceled()) {
        throw new OperationCanceledException();
      }
      if (sent < count && sent - index <= window / 2) {
        for (int end = Math.min(count, index + window); sent < end; sent++) {
          wire.send(command.apply(sent));
        }
        wire.flush();
      }
      wire.connection().renewTime();
      answer.take(index, wire.reply());
    }
  }
}
