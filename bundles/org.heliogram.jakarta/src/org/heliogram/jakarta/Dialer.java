/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

/** Finds a host and connects to the first of its addresses that answers. */
final class Dialer {
  private static final int LOOK_MILLIS = 100;
  /** Silence before the first question, time between two, and how many without an answer; by the names of the JDK's options. */
  private static final Map<String, Integer> KEEP_ALIVE = Map.of("TCP_KEEPIDLE", 45, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  private Dialer() {}

  /** A connected plain socket, watched by the guard. */
  static Socket dial(String host, int port, Guard guard, IProgressMonitor monitor) throws IOException {
    long deadline = System.nanoTime() + guard.timeouts().connect().toNanos();
    InetAddress[] addresses = resolve(host, deadline, monitor);
    IOException first = null;
    for (InetAddress address : addresses) {
      int left = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
      if (left <= 0) {
        break;
      }
      Socket socket = new GuardedSocket(guard);
      try {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, guard.timeouts().read().toMillis()));
        socket.connect(new InetSocketAddress(address, port), left);
        keepAlive(socket);
        return socket;
      } catch (IOException e) {
        socket.close();
        first = first == null ? e : first;
      }
      if (guard.cancelled()) {
        throw new OperationCanceledException();
      }
    }
    throw first != null ? first : new SocketTimeoutException("no answer in time"); //$NON-NLS-1$
  }

  /**
   * Has the system ask the other side, at no cost for the server's program, whether it is still there: routers then do not forget a silent
   * connection, and one that is gone is noticed in about a minute. A system that cannot goes without.
   */
  private static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    for (SocketOption<?> option : socket.supportedOptions()) {
      Integer seconds = KEEP_ALIVE.get(option.name());
      if (seconds != null && option.type() == Integer.class) {
        @SuppressWarnings("unchecked") // its type was looked at
        var number = (SocketOption<Integer>) option;
        socket.setOption(number, seconds);
      }
    }
  }

  /** The system's look-up cannot be stopped: it gets a thread of its own and is left behind when nobody waits for it any more. */
  private static InetAddress[] resolve(String host, long deadline, IProgressMonitor monitor) throws IOException {
    var found = new CompletableFuture<InetAddress[]>();
    Thread thread = new Thread(() -> {
      try {
        found.complete(InetAddress.getAllByName(host));
      } catch (UnknownHostException e) {
        found.completeExceptionally(e);
      }
    }, "heliogram-look-up"); //$NON-NLS-1$
    thread.setDaemon(true);
    thread.start();
    while (true) {
      try {
        return found.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw new UnknownHostException("host not found"); //$NON-NLS-1$
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationCanceledException();
      } catch (TimeoutException e) {
        if (monitor.isCanceled()) {
          throw new OperationCanceledException();
        }
        if (System.nanoTime() > deadline) {
          throw new SocketTimeoutException("name server does not answer"); //$NON-NLS-1$
        }
      }
    }
  }
}
