/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.heliogram.core.backend.MailException.CertificateRefused.Problem;

/** Says what is wrong with a certificate, in one word and in full. */
final class CertificateReport {
  private static final int NAMES_SHOWN = 20;

  private CertificateReport() {}

  /** Lower-case hex, or empty if the certificate cannot be encoded. */
  static String sha256(X509Certificate certificate) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())); //$NON-NLS-1$
    } catch (CertificateEncodingException e) {
      return ""; //$NON-NLS-1$
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e); //$NON-NLS-1$
    }
  }

  static boolean unknownIssuer(CertificateException refusal) {
    return find(refusal, CertPathBuilderException.class) != null && find(refusal, CertPathValidatorException.class) == null;
  }

  static CertificateProblem problem(X509Certificate[] chain, CertificateException refusal) {
    if (chain.length == 0) {
      return new CertificateProblem(Problem.OTHER, "", "", refusal); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return new CertificateProblem(classify(chain, refusal), sha256(chain[0]), describe(chain[0]), refusal);
  }

  /** Dates first, because they are facts whoever the issuer is; the host last, because it is only looked at when all else is well. */
  private static Problem classify(X509Certificate[] chain, CertificateException refusal) {
    try {
      chain[0].checkValidity();
    } catch (CertificateExpiredException e) {
      return Problem.EXPIRED;
    } catch (CertificateNotYetValidException e) {
      return Problem.NOT_YET_VALID;
    }
    if (find(refusal, CertificateExpiredException.class) != null) {
      return Problem.EXPIRED;
    }
    if (find(refusal, CertificateNotYetValidException.class) != null) {
      return Problem.NOT_YET_VALID;
    }
    CertPathValidatorException invalid = find(refusal, CertPathValidatorException.class);
    if (find(refusal, CertificateRevokedException.class) != null || invalid != null && invalid.getReason() == BasicReason.REVOKED) {
      return Problem.REVOKED;
    }
    if (invalid != null && invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
      return Problem.WEAK;
    }
    if (unknownIssuer(refusal)) {
      return selfSigned(chain[0]) ? Problem.SELF_SIGNED : Problem.UNKNOWN_ISSUER;
    }
    // The check of the name throws the plain type, the checks of the path types of their own.
    return refusal.getClass() == CertificateException.class ? Problem.WRONG_HOST : Problem.OTHER;
  }

  private static boolean selfSigned(X509Certificate leaf) {
    if (!leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
      return false;
    }
    try {
      leaf.verify(leaf.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String describe(X509Certificate leaf) {
    return "Subject: " + leaf.getSubjectX500Principal().getName() //$NON-NLS-1$
        + "\nNames: " + names(leaf) //$NON-NLS-1$
        + "\nIssuer: " + leaf.getIssuerX500Principal().getName() //$NON-NLS-1$
        + "\nValid: " + leaf.getNotBefore().toInstant() + " - " + leaf.getNotAfter().toInstant() //$NON-NLS-1$ //$NON-NLS-2$
        + "\nSHA-256: " + sha256(leaf); //$NON-NLS-1$
  }

  private static String names(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null ? "" //$NON-NLS-1$
          : names.stream().limit(NAMES_SHOWN).map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", ")); //$NON-NLS-1$
    } catch (CertificateParsingException e) {
      return "?"; //$NON-NLS-1$
    }
  }

  private static <T extends Throwable> T find(Throwable from, Class<T> kind) {
    Throwable at = from;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
