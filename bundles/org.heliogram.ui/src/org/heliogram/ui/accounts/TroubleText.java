/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Says in the user's language what went wrong and what to do about it: one or two short sentences of plain text. Any thread. */
public final class TroubleText {
  private TroubleText() {}

  /**
   * For something that failed while Heliogram worked.
   *
   * @param trouble any throwable; wrappers of {@code java.util.concurrent} are looked through
   * @param place   the server it is about, by {@link #place(Endpoint)}, or what else refused
   */
  public static String of(Throwable trouble, String place) {
    Throwable cause = unwrapped(trouble);
    String said = switch (cause) {
      case MailException e -> mail(e, place);
      case StoreException e -> store(e);
      case CredentialException e -> Messages.Trouble_credentials;
      case CancellationException e -> Messages.Trouble_cancelled;
      case OperationCanceledException e -> Messages.Trouble_cancelled;
      case InterruptedException e -> Messages.Trouble_cancelled;
      default -> Messages.Trouble_unexpected;
    };
    return withServerWords(said, cause);
  }

  /** For something that failed while Heliogram worked for an account: names the account, and its server where the server is to blame. */
  public static String of(Throwable trouble, Account account) {
    return NLS.bind(Messages.Trouble_account, account.label(), of(trouble, place(account.incoming())));
  }

  /** For a sign-in tried out: {@link MailException.Refused} then means that the sign-in worked but there is no mailbox. */
  public static String ofTest(Throwable trouble, Endpoint endpoint) {
    Throwable cause = unwrapped(trouble);
    if (cause instanceof MailException.Refused) {
      return withServerWords(NLS.bind(Messages.Trouble_noMailbox, place(endpoint)), cause);
    }
    return of(cause, place(endpoint));
  }

  /** A server as the user knows it, such as "imap.example.org, port 993". */
  public static String place(Endpoint endpoint) {
    return NLS.bind(Messages.Trouble_place, endpoint.host(), Integer.toString(endpoint.port()));
  }

  private static Throwable unwrapped(Throwable trouble) {
    Throwable cause = trouble;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String withServerWords(String said, Throwable cause) {
    String words = cause instanceof MailException e ? e.serverText() : ""; //$NON-NLS-1$
    return words.isEmpty() ? said : NLS.bind(Messages.Trouble_serverSays, said, words);
  }

  private static String mail(MailException trouble, String place) {
    return switch (trouble) {
      case MailException.Unreachable e -> NLS.bind(unreachable(e.reason()), place);
      case MailException.Busy e -> busy(e.retryAfter(), place);
      case MailException.SignInRefused e -> NLS.bind(Messages.Trouble_signInRefused, place);
      case MailException.CertificateRefused e -> NLS.bind(certificate(e.problem()), place);
      case MailException.Refused e -> NLS.bind(Messages.Trouble_refused, place);
      case MailException.Stale e -> NLS.bind(Messages.Trouble_stale, place);
      case MailException.Renumbered e -> NLS.bind(Messages.Trouble_renumbered, new Object[] {place, e.unknown(), e.known()});
      case MailException.Malformed e -> NLS.bind(Messages.Trouble_malformed, place);
    };
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

  private static String busy(Optional<Duration> retryAfter, String place) {
    long minutes = retryAfter.map(wait -> Math.ceilDiv(wait.toSeconds(), 60L)).orElse(0L);
    return minutes <= 0 ? NLS.bind(Messages.Trouble_busy, place) : NLS.bind(Messages.Trouble_busyFor, place, Long.toString(minutes));
  }

  private static String store(StoreException trouble) {
    return switch (trouble) {
      case StoreException.InUse e -> NLS.bind(Messages.Trouble_storeInUse, e.holder());
      case StoreException.ReadOnly e -> Messages.Trouble_storeReadOnly;
      case StoreException.DiskFull e -> Messages.Trouble_storeDiskFull;
      default -> Messages.Trouble_store; // StoreException is open: implementations may have subtypes of their own
    };
  }
}
