/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;

/** Translates what the network threw into what can be done about it. */
final class NetworkTrouble {
  private NetworkTrouble() {}

  /** @param connecting whether the connection, with its TLS, was still being made */
  static MailException translate(Throwable thrown, Guard guard, boolean connecting) {
    if (guard.timedOut()) {
      return new Unreachable(Reason.TIMED_OUT, "no answer in time", thrown); //$NON-NLS-1$
    }
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      MailException known = known(at, thrown);
      if (known != null) {
        return known;
      }
      at = at.getCause();
    }
    if (connecting && thrown instanceof SSLException) {
      return new Unreachable(Reason.NO_TLS, "no TLS here", thrown); //$NON-NLS-1$
    }
    return new Unreachable(Reason.BROKEN, "connection broke", thrown); //$NON-NLS-1$
  }

  private static MailException known(Throwable at, Throwable thrown) {
    return switch (at) {
      case CertificateProblem problem -> problem.asMailException(thrown);
      case MailException already -> already;
      case WireException broken -> new MailException.Malformed(broken.getMessage(), thrown);
      case UnknownHostException unknown -> new Unreachable(Reason.HOST_NOT_FOUND, "host not found", thrown); //$NON-NLS-1$
      case NoRouteToHostException noRoute -> new Unreachable(Reason.TIMED_OUT, "no route to the host", thrown); //$NON-NLS-1$
      case ConnectException refused -> new Unreachable(Reason.REFUSED, "connection refused", thrown); //$NON-NLS-1$
      case SocketTimeoutException late -> new Unreachable(Reason.TIMED_OUT, "no answer in time", thrown); //$NON-NLS-1$
      case EOFException ended -> new Unreachable(Reason.BROKEN, "connection ended", thrown); //$NON-NLS-1$
      case SocketException broken -> new Unreachable(Reason.BROKEN, "connection broke", thrown); //$NON-NLS-1$
      default -> null;
    };
  }
}
