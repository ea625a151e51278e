/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;

/**
 * Angus Mail's SMTP on a connection of ours: Angus speaks the protocol (RFC 5321, RFC 3207), the connection bounds what may come and how
 * long it may take, and decides whom to trust. Angus opens no socket itself, so none of its fallbacks applies; nor does it sign in.
 * One thread.
 */
public final class AngusSubmission implements AutoCloseable {
  /** All answers up to the end of sign-in together. */
  private static final long ANSWERS = 1_000_000;
  private final Connection connection;
  private final SMTPTransport smtp;

  private AngusSubmission(Connection connection, SMTPTransport smtp) {
    this.connection = connection;
    this.smtp = smtp;
  }

  /**
   * Connects and signs in; an endpoint without a user is not signed in to.
   *
   * @param preferred the mechanism of SASL to be used if it is offered, instead of the strongest
   * @throws MailException saying precisely what is wrong; the connection is closed then
   */
  public static AngusSubmission open(Endpoint endpoint, Credentials credentials, Optional<String> preferred, Timeouts timeouts, WireLogs.Log log,
      IProgressMonitor monitor) throws MailException {
    log.conceal(credentials.password());
    Connection connection = Connection.open(endpoint, timeouts, log, monitor);
    boolean well = false;
    try {
      SMTPTransport smtp = connection.exchange(monitor, () -> signedIn(connection, endpoint, credentials, preferred));
      well = true;
      return new AngusSubmission(connection, smtp);
    } finally {
      if (!well) {
        connection.abort();
      }
    }
  }

  private static SMTPTransport signedIn(Connection connection, Endpoint endpoint, Credentials credentials, Optional<String> preferred)
      throws IOException, MailException {
    connection.limitAnswers(ANSWERS);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SMTPTransport.class.getClassLoader()); // Angus looks for its parts by it.
    try {
      MailHandlers.install();
      var url = new URLName("smtp", endpoint.host(), endpoint.port(), null, null, null); //$NON-NLS-1$
      Session session = Session.getInstance(properties(connection, endpoint));
      session.setDebugOut(AngusTrace.to(connection.log()));
      session.setDebug(true);
      var smtp = new SMTPTransport(session, url);
      try {
        smtp.connect(connection.socket());
        if (!endpoint.user().isEmpty()) {
          new SubmissionSignIn(smtp, preferred).run(endpoint.user(), credentials.password());
        }
      } catch (MessagingException e) {
        throw translated(e, smtp, endpoint);
      } catch (RuntimeException e) {
        throw new MailException.Malformed("an answer Angus Mail stumbles over", e); //$NON-NLS-1$ // It does: nulls, bounds, charsets.
      }
      return smtp;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Properties properties(Connection connection, Endpoint endpoint) throws IOException {
    var properties = new Properties();
    boolean startTls = endpoint.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.auth", "false"); // We sign in ourselves. //$NON-NLS-1$ //$NON-NLS-2$
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls)); //$NON-NLS-1$
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls)); //$NON-NLS-1$
    properties.put("mail.smtp.ssl.socketFactory", connection.tlsFactory()); //$NON-NLS-1$
    properties.setProperty("mail.smtp.socketFactory.fallback", "false"); //$NON-NLS-1$ //$NON-NLS-2$
    // Says nothing about this machine (RFC 5321 section 4.1.4).
    properties.setProperty("mail.smtp.localhost", "[127.0.0.1]"); //$NON-NLS-1$ //$NON-NLS-2$
    return properties;
  }

  /** @throws IOException what the network threw below Angus, for {@link Connection#exchange} to translate */
  private static MailException translated(MessagingException e, SMTPTransport smtp, Endpoint endpoint) throws IOException {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof IOException network) {
        throw network;
      }
    }
    int code = smtp.getLastReturnCode();
    if (code >= 400 && code < 500) {
      return new MailException.Busy(Optional.empty(), said(smtp), e);
    }
    if (endpoint.security() == Security.STARTTLS && code == 250 && !smtp.supportsExtension("STARTTLS")) { //$NON-NLS-1$
      return new Unreachable(Reason.NO_TLS, "server does not offer STARTTLS", e); //$NON-NLS-1$
    }
    return code >= 500 ? new MailException.Refused("submission refused", said(smtp), e) //$NON-NLS-1$
        : new Unreachable(Reason.NOT_A_MAIL_SERVER, "no SMTP spoken here", e); //$NON-NLS-1$
  }

  /** What it means that a sign-in was not accepted. */
  static MailException refused(int code, SMTPTransport smtp) {
    return code >= 400 && code < 500 ? new MailException.Busy(Optional.empty(), said(smtp), null)
        : new MailException.SignInRefused(code >= 500 ? said(smtp) : "", null); //$NON-NLS-1$
  }

  /** The last answer without its codes, its lines joined. */
  private static String said(SMTPTransport smtp) {
    String answer = smtp.getLastServerResponse();
    return answer == null ? "" : answer.replaceAll("(?m)^[2-5][0-9][0-9][ -]", "").strip(); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** Says QUIT if that is quick; never throws, never waits longer than half a second. */
  @Override
  public void close() {
    connection.close(() -> {
      try {
        smtp.close();
      } catch (MessagingException e) {
        throw new IOException(e);
      }
      return null;
    });
  }
}
