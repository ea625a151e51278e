/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What went wrong with a server, by what can be done about it. Messages are English, for logs, and hold no secrets, no addresses and
 * nothing of a mail; the words on screen are the views' and follow from type and reason.
 */
public abstract sealed class MailException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SERVER_TEXT_LIMIT = 500;
  private final String serverText;

  private MailException(String message, String serverText, Throwable cause) {
    super(message, cause);
    this.serverText = clean(serverText);
  }

  /** What the server said, in its own words: plain text for display, labelled as the server's; empty where it said nothing. */
  public String serverText() {
    return serverText;
  }

  private static String clean(String text) {
    if (text == null) {
      return ""; //$NON-NLS-1$
    }
    String shown = text.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]+", " "); //$NON-NLS-1$ //$NON-NLS-2$
    return shown.length() <= SERVER_TEXT_LIMIT ? shown : shown.substring(0, SERVER_TEXT_LIMIT);
  }

  /** No usable connection. Trying again later may help. */
  public static final class Unreachable extends MailException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    /** Why. */
    public enum Reason {
      HOST_NOT_FOUND, REFUSED, TIMED_OUT,
      /** The server does not speak TLS on this port, or does not offer STARTTLS, or spoke too early (RFC 2595, RFC 9051 section 7.1.4 on PREAUTH). */
      NO_TLS,
      /** It is there but speaks another protocol. */
      NOT_A_MAIL_SERVER,
      /** The connection ended in the middle. */
      BROKEN
    }

    public Unreachable(Reason reason, String message, Throwable cause) {
      super(message, null, cause);
      this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
      return reason;
    }
  }

  /** The server is there but has no time: [UNAVAILABLE], [IN-USE], [LOGIN-DELAY], [LIMIT], 4yz (RFC 5530, RFC 2449, RFC 3206). */
  public static final class Busy extends MailException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> retryAfter;

    public Busy(Optional<Duration> retryAfter, String serverText, Throwable cause) {
      super("server busy", serverText, cause); //$NON-NLS-1$
      this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
      return retryAfter == null ? Optional.empty() : retryAfter;
    }
  }

  /** User name or password are wrong, or the server wants another way to sign in. Never repeated without the user. */
  public static final class SignInRefused extends MailException {
    private static final long serialVersionUID = 1L;

    public SignInRefused(String serverText, Throwable cause) {
      super("sign-in refused", serverText, cause); //$NON-NLS-1$
    }
  }

  /** The server's certificate is not accepted; nothing was sent to it. */
  public static final class CertificateRefused extends MailException {
    private static final long serialVersionUID = 1L;
    private final Problem problem;
    private final String sha256;
    private final String description;

    /** What is wrong with it. */
    public enum Problem { EXPIRED, NOT_YET_VALID, SELF_SIGNED, UNKNOWN_ISSUER, WRONG_HOST, REVOKED, WEAK, OTHER }

    /**
     * @param sha256      lower-case hex of the end-entity certificate; empty where none was seen
     * @param description subject, issuer, validity, names: for the user to look at
     */
    public CertificateRefused(Problem problem, String sha256, String description, Throwable cause) {
      super("certificate refused: " + problem, null, cause); //$NON-NLS-1$
      this.problem = Objects.requireNonNull(problem);
      this.sha256 = Objects.requireNonNull(sha256);
      this.description = Objects.requireNonNull(description);
    }

    public Problem problem() {
      return problem;
    }

    public String sha256() {
      return sha256;
    }

    public String description() {
      return description;
    }
  }

  /** The server said no to this one thing; asking again will not help. */
  public static final class Refused extends MailException {
    private static final long serialVersionUID = 1L;

    public Refused(String message, String serverText, Throwable cause) {
      super(message, serverText, cause);
    }
  }

  /** The ids used are void: the folder was renumbered. Synchronise it, then look again. Nothing was done. */
  public static final class Stale extends MailException {
    private static final long serialVersionUID = 1L;

    public Stale(String message) {
      super(message, null, null);
    }
  }

  /**
   * A maildrop lists very much that is not known while very much that is known is gone, and nothing proves whether it is the same mail
   * under new ids. Nothing was fetched; the user decides, see {@code SyncRequest.Renumbered}.
   */
  public static final class Renumbered extends MailException {
    private static final long serialVersionUID = 1L;
    private final int unknown;
    private final int known;

    /** @param unknown how many messages are doubtful; @param known how many that were taken are not there any more */
    public Renumbered(int unknown, int known) {
      super(unknown + " messages may be new or known, " + known + " known ones are gone", null, null); //$NON-NLS-1$ //$NON-NLS-2$
      this.unknown = unknown;
      this.known = known;
    }

    public int unknown() {
      return unknown;
    }

    public int known() {
      return known;
    }
  }

  /** The server broke the protocol or a limit; the connection was ended. */
  public static final class Malformed extends MailException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message, Throwable cause) {
      super(message, null, cause);
    }
  }
}
