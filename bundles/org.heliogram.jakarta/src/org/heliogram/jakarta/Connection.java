/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.ProgressMonitorWrapper;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;

/**
 * A connection to a mail server, on which a protocol is spoken by lines and counted octets. It knows nothing of the protocol.
 *
 * <p>All talk happens inside {@link #exchange}: there the time is limited, a cancelled monitor closes the socket, and everything that
 * can be thrown comes out as a {@link MailException} or {@link OperationCanceledException}. Confined to one thread at a time.
 *
 * <p>A usual user: {@code open}, {@code exchange(monitor, () -> { read the greeting; send STARTTLS; read its OK; startTls(); sign in })}.
 */
public final class Connection implements AutoCloseable {
  private static final int DEFLATE_BUFFER = 8 * 1024;
  private final Endpoint endpoint;
  private final Guard guard;
  private final WireLogs.Log log;
  private final Socket plain;
  private Socket current;
  private WireInput input;
  private OutputStream output;
  private boolean secure;
  private boolean connecting = true;
  private volatile boolean ended;

  private Connection(Endpoint endpoint, Guard guard, WireLogs.Log log, Socket plain) throws IOException {
    this.endpoint = endpoint;
    this.guard = guard;
    this.log = log;
    this.plain = plain;
    this.current = plain;
    this.input = new WireInput(plain.getInputStream(), log);
    this.output = new BufferedOutputStream(plain.getOutputStream());
  }

  /** Connects without a log. */
  public static Connection open(Endpoint endpoint, Timeouts timeouts, IProgressMonitor monitor) throws MailException {
    return open(endpoint, timeouts, WireLogs.Log.NONE, monitor);
  }

  /**
   * Connects, and under {@link Security#TLS} agrees on TLS. Nothing is read or sent beyond that.
   *
   * @param log of this connection; it ends with it
   */
  public static Connection open(Endpoint endpoint, Timeouts timeouts, WireLogs.Log log, IProgressMonitor monitor) throws MailException {
    IProgressMonitor watched = monitor == null ? new NullProgressMonitor() : monitor;
    Guard guard = new Guard(timeouts);
    guard.begin(watched);
    try {
      Connection connection = new Connection(endpoint, guard, log, Dialer.dial(endpoint.host(), endpoint.port(), guard, watched));
      log.note("connected to " + endpoint.host() + " port " + endpoint.port()); //$NON-NLS-1$ //$NON-NLS-2$
      if (endpoint.security() == Security.TLS) {
        connection.handshake();
      }
      connection.connecting = false;
      return connection;
    } catch (IOException e) {
      guard.abort();
      if (guard.cancelled()) {
        log.end("cancelled"); //$NON-NLS-1$
        throw new OperationCanceledException();
      }
      MailException trouble = NetworkTrouble.translate(e, guard, true);
      log.end(trouble.getMessage());
      throw trouble;
    } catch (OperationCanceledException e) {
      guard.abort();
      log.end("cancelled"); //$NON-NLS-1$
      throw e;
    } finally {
      guard.end();
    }
  }

  /**
   * Runs a dialogue. Whatever goes wrong with the connection in it ends the connection; a {@link MailException} of the dialogue's own does
   * not, unless it is {@link MailException.Malformed} or {@link Unreachable}. May be nested: the outermost sets the monitor.
   *
   * @throws OperationCanceledException at most a second after the monitor was cancelled; the connection is closed
   */
  public <T, X extends Exception> T exchange(IProgressMonitor monitor, Exchange<T, X> exchange) throws MailException, X {
    if (guard.watching()) {
      return run(exchange);
    }
    guard.begin(monitor == null ? new NullProgressMonitor() : monitor);
    try {
      return run(exchange);
    } finally {
      guard.end();
    }
  }

  /** The same, all of it within a time: for a question whose answer tells only whether the server is still there. */
  public <T, X extends Exception> T exchange(IProgressMonitor monitor, Duration within, Exchange<T, X> exchange) throws MailException, X {
    long end = System.nanoTime() + within.toNanos();
    IProgressMonitor asked = monitor == null ? new NullProgressMonitor() : monitor;
    var deadline = new ProgressMonitorWrapper(asked) {
      @Override
      public boolean isCanceled() {
        return super.isCanceled() || System.nanoTime() - end > 0;
      }
    };
    try {
      return exchange(deadline, exchange);
    } catch (OperationCanceledException e) {
      if (asked.isCanceled()) {
        throw e;
      }
      throw new Unreachable(Reason.TIMED_OUT, "no answer in time", e); //$NON-NLS-1$
    }
  }

  private <T, X extends Exception> T run(Exchange<T, X> exchange) throws MailException, X {
    boolean well = false;
    try {
      T result = exchange.run();
      connecting = false;
      well = true;
      return result;
    } catch (IOException e) {
      throw translated(e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw translated(e);
    } catch (MailException e) {
      well = !(e instanceof MailException.Malformed) && !(e instanceof Unreachable);
      if (!well) {
        log.end(e.getMessage());
      }
      throw e;
    } finally {
      if (!well) {
        abort();
      }
    }
  }

  private MailException translated(Throwable thrown) {
    if (guard.cancelled()) {
      log.end("cancelled"); //$NON-NLS-1$
      abort();
      throw new OperationCanceledException();
    }
    MailException trouble = thrown instanceof Error ? new MailException.Malformed("answer beyond all limits", thrown) //$NON-NLS-1$
        : NetworkTrouble.translate(thrown, guard, connecting);
    log.end(trouble.getMessage());
    abort();
    return trouble;
  }

  /** Call it between two commands of one {@link #exchange}: the next has the whole time again. */
  public void renewTime() {
    guard.renew();
  }

  /** Whether what is sent is protected by TLS. */
  public boolean isSecure() {
    return secure;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Protects the connection, after the server agreed to STARTTLS or STLS. Anything the server said after that is an attack or a fault
   * and ends the connection (RFC 3207 section 6): it would be taken for part of the protected dialogue.
   */
  public void startTls() throws IOException, MailException {
    if (input.waiting(true) > 0) {
      throw new Unreachable(Reason.NO_TLS, "server spoke between STARTTLS and TLS", null); //$NON-NLS-1$
    }
    connecting = true;
    handshake();
    connecting = false;
  }

  private void handshake() throws IOException {
    SSLSocket tls = (SSLSocket) tlsFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
    tls.setSoTimeout((int) Math.min(Integer.MAX_VALUE, guard.timeouts().connect().toMillis()));
    tls.startHandshake();
    tls.setSoTimeout((int) Math.min(Integer.MAX_VALUE, guard.timeouts().read().toMillis()));
    current = tls;
    input = new WireInput(tls.getInputStream(), log);
    output = new BufferedOutputStream(tls.getOutputStream());
    secure = true;
    log.note(tls.getSession().getProtocol() + ' ' + tls.getSession().getCipherSuite());
  }

  /** Compresses what is said from now on in both directions (RFC 4978), after the server agreed to it. {@link #input} is another one then. */
  public void startCompression() throws IOException {
    input = new WireInput(new Inflating(current.getInputStream(), input.rest()), log);
    output = new DeflaterOutputStream(output, new Deflater(Deflater.DEFAULT_COMPRESSION, true), DEFLATE_BUFFER, true);
    log.note("compression on"); //$NON-NLS-1$
  }

  /** Makes TLS sockets that trust whom the endpoint says and insist on the endpoint's host, whatever host the caller names. */
  SSLSocketFactory tlsFactory() throws IOException {
    try {
      return new HostCheckingFactory(ServerTrust.socketFactory(endpoint.trust()), endpoint.host(), () -> connecting = true);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up", e); //$NON-NLS-1$
    }
  }

  /** What a library speaks on instead of {@link #input} and {@link #write}, inside {@link #exchange} like those. */
  Socket socket() {
    return current;
  }

  /** What is said here. */
  WireLogs.Log log() {
    return log;
  }

  /** Has a secret masked in the log, wherever the server may repeat it; to be called before it is used. */
  public void conceal(String secret) {
    log.conceal(secret);
  }

  /** For the log, in English; nothing secret. */
  public void note(String text) {
    log.note(text);
  }

  /** From now on no more than so many octets may come between two calls of {@link #renewTime}. */
  void limitAnswers(long octets) {
    guard.limit(octets);
  }

  /** What the server sends. Another object after {@link #startTls}: do not keep it across that. */
  public WireInput input() {
    return input;
  }

  /** Whether octets that came are still to be read. */
  public boolean hasInput() throws IOException {
    return input.waiting(false) > 0;
  }

  /**
   * Waits for the server to speak by itself, outside {@link #exchange} and without its limits. {@link #abort} on any thread ends it at once.
   *
   * @return whether there is something to be read
   */
  public boolean awaitInput(Duration atMost) throws MailException {
    try {
      if (hasInput()) {
        return true;
      }
      current.setSoTimeout((int) Math.clamp(atMost.toMillis(), 1, Integer.MAX_VALUE));
      try {
        input.peek();
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        current.setSoTimeout((int) Math.min(Integer.MAX_VALUE, guard.timeouts().read().toMillis()));
      }
    } catch (IOException e) {
      throw translated(e);
    }
  }

  /** Whether this machine still has the address from which the connection was made: without it no answer finds the way back. */
  public boolean onNetwork() {
    InetAddress own = plain.getLocalAddress();
    try {
      return own == null || own.isAnyLocalAddress() || own.isLoopbackAddress() || NetworkInterface.getByInetAddress(own) != null;
    } catch (SocketException e) {
      return true; // Nobody knows; other signs will tell.
    }
  }

  /** Adds to what {@link #flush} sends. */
  public void write(byte[] octets) throws IOException {
    log.client(octets, 0, octets.length);
    output.write(octets);
  }

  public void flush() throws IOException {
    output.flush();
  }

  /** Whether it can still be used, as far as can be told without asking the server. */
  public boolean alive() {
    return !ended && !plain.isClosed();
  }

  /** Ends the connection at once. */
  public void abort() {
    ended = true;
    guard.abort();
    log.end("closed"); //$NON-NLS-1$
  }

  /** Says good-bye with one command and ends the connection; never throws, never takes longer than half a second. */
  public void close(byte[] farewell) {
    close(() -> {
      write(farewell);
      flush();
      while (alive()) {
        input.read();
      }
      return null;
    });
  }

  /** The same in the words of a library. */
  void close(Exchange<Void, IOException> farewell) {
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    try {
      if (alive()) {
        plain.setSoTimeout((int) Duration.ofMillis(300).toMillis());
        exchange(new NullProgressMonitor() {
          @Override
          public boolean isCanceled() {
            return System.nanoTime() > end;
          }
        }, farewell);
      }
    } catch (IOException | MailException | OperationCanceledException e) {
      return; // Nobody is interested any more; what follows ends it.
    } finally {
      abort();
    }
  }

  /** Ends the connection without a word. */
  @Override
  public void close() {
    abort();
  }
}
