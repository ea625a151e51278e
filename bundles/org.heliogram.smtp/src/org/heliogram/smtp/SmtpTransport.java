/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.Transport;
import org.heliogram.core.model.Endpoint;
import org.heliogram.jakarta.AngusSubmission;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireLogs;

/** A submission server, signed in to through Angus Mail. */
final class SmtpTransport implements Transport {
  private final AngusSubmission submission;

  private SmtpTransport(AngusSubmission submission) {
    this.submission = submission;
  }

  static SmtpTransport open(Endpoint endpoint, Credentials credentials, Optional<String> preferred, Timeouts timeouts, WireLogs.Log log,
      IProgressMonitor monitor) throws MailException {
    return new SmtpTransport(AngusSubmission.open(endpoint, credentials, preferred, timeouts, log, monitor));
  }

  @Override
  public void close() {
    submission.close();
  }
}
