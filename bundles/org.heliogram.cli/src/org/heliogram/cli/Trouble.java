/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** What went wrong, as a sentence and as an exit status. */
record Trouble(Status status, String sentence) {
  /** @param thrown anything a command throws */
  static Trouble of(Throwable thrown) {
    return switch (thrown) {
      case CommandException e -> new Trouble(e.status(), e.getMessage());
      case MailException e -> mail(e);
      case StoreException e -> store(e);
      case CredentialException e -> failed(NLS.bind(Messages.Trouble_credentials, e.getMessage()));
      case OperationCanceledException e -> failed(Messages.Trouble_cancelled);
      case NoSuchFileException e -> failed(NLS.bind(Messages.Trouble_noFile, e.getFile()));
      case FileAlreadyExistsException e -> failed(NLS.bind(Messages.Trouble_fileExists, e.getFile()));
      case IOException e -> failed(NLS.bind(Messages.Trouble_file, e.getMessage()));
      default -> failed(NLS.bind(Messages.Trouble_unexpected, thrown));
    };
  }

  private static Trouble failed(String sentence) {
    return new Trouble(Status.FAILED, sentence);
  }

  /** The same about an account. */
  Trouble of(String account) {
    return new Trouble(status, NLS.bind(Messages.Trouble_account, account, sentence));
  }

  private static Trouble mail(MailException trouble) {
    String sentence = switch (trouble) {
      case MailException.Unreachable e -> unreachable(e.reason());
      case MailException.Busy e -> e.retryAfter().isPresent() ? NLS.bind(Messages.Trouble_busyFor, e.retryAfter().get().toMinutes() + 1)
          : Messages.Trouble_busy;
      case MailException.SignInRefused e -> Messages.Trouble_signInRefused;
      case MailException.CertificateRefused e -> NLS.bind(certificate(e.problem()), e.sha256());
      case MailException.Refused e -> NLS.bind(Messages.Trouble_refused, e.getMessage());
      case MailException.Stale e -> Messages.Trouble_stale;
      case MailException.Renumbered e -> NLS.bind(Messages.Trouble_renumbered, e.unknown(), e.known());
      case MailException.Malformed e -> NLS.bind(Messages.Trouble_malformed, e.getMessage());
    };
    Status status = switch (trouble) {
      case MailException.Unreachable e -> Status.UNREACHABLE;
      case MailException.Busy e -> Status.UNREACHABLE;
      case MailException.SignInRefused e -> Status.SIGN_IN_REFUSED;
      case MailException.CertificateRefused e -> Status.CERTIFICATE_REFUSED;
      case MailException.Refused e -> Status.FAILED;
      case MailException.Stale e -> Status.FAILED;
      case MailException.Renumbered e -> Status.FAILED;
      case MailException.Malformed e -> Status.FAILED;
    };
    return new Trouble(status, trouble.serverText().isEmpty() ? sentence : NLS.bind(Messages.Trouble_serverSays, sentence, trouble.serverText()));
  }

  private static String unreachable(MailException.Unreachable.Reason reason) {
    return switch (reason) {
      case HOST_NOT_FOUND -> Messages.Trouble_hostNotFound;
      case REFUSED -> Messages.Trouble_connectionRefused;
      case TIMED_OUT -> Messages.Trouble_timedOut;
      case NO_TLS -> Messages.Trouble_noTls;
      case NOT_A_MAIL_SERVER -> Messages.Trouble_notAMailServer;
      case BROKEN -> Messages.Trouble_broken;
    };
  }

  private static String certificate(MailException.CertificateRefused.Problem problem) {
    return switch (problem) {
      case EXPIRED -> Messages.Trouble_certificateExpired;
      case NOT_YET_VALID -> Messages.Trouble_certificateNotYetValid;
      case SELF_SIGNED -> Messages.Trouble_certificateSelfSigned;
      case UNKNOWN_ISSUER -> Messages.Trouble_certificateUnknownIssuer;
      case WRONG_HOST -> Messages.Trouble_certificateWrongHost;
      case REVOKED -> Messages.Trouble_certificateRevoked;
      case WEAK -> Messages.Trouble_certificateWeak;
      case OTHER -> Messages.Trouble_certificateOther;
    };
  }

  private static Trouble store(StoreException trouble) {
    return switch (trouble) {
      case StoreException.InUse e -> new Trouble(Status.STORE_IN_USE, NLS.bind(Messages.Trouble_storeInUse, e.holder()));
      case StoreException.ReadOnly e -> failed(Messages.Trouble_storeReadOnly);
      case StoreException.DiskFull e -> failed(Messages.Trouble_storeDiskFull);
      default -> failed(NLS.bind(Messages.Trouble_store, trouble.getMessage())); // an open type: stores may have subtypes of their own
    };
  }
}
