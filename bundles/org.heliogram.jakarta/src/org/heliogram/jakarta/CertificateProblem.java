/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.security.cert.CertificateException;
import org.heliogram.core.backend.MailException.CertificateRefused;

/** Why {@link ServerTrust} refused a server's certificate; travels as the cause of the handshake's failure. */
final class CertificateProblem extends CertificateException {
  private static final long serialVersionUID = 1L;
  private final CertificateRefused.Problem problem;
  private final String sha256;
  private final String description;

  CertificateProblem(CertificateRefused.Problem problem, String sha256, String description, Throwable cause) {
    super("certificate refused: " + problem, cause); //$NON-NLS-1$
    this.problem = problem;
    this.sha256 = sha256;
    this.description = description;
  }

  CertificateRefused asMailException(Throwable thrown) {
    return new CertificateRefused(problem, sha256, description, thrown);
  }
}
