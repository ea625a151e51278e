/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a client and an honest IMAP server, on an open line, and changes what the server says, one response at a time. So a
 * dialogue stays what it would be, but for the lie.
 */
public final class LyingProxy implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}\r\n$"); //$NON-NLS-1$
  private static final int CHUNK = 16_384;

  /** Changes responses. */
  @FunctionalInterface
  public interface Lie {
    /**
     * @param number   of the response since the lie was told to the proxy, from 0
     * @param response with its line end and literals, one character an octet
     * @return what to say instead; empty list for nothing; null ends the connection
     */
    List<String> instead(int number, String response);
  }

  /** Says what the server says. */
  public static final Lie HONEST = (number, response) -> List.of(response);

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger said = new AtomicInteger();
  private volatile Lie lie = HONEST;

  public LyingProxy(int target) {
    try {
      this.target = target;
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From the next response on, on all connections. */
  public void tell(Lie other) {
    said.set(0);
    lie = other;
  }

  /** How many responses there were since the lie was told. */
  public int responses() {
    return said.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.addAll(List.of(client, server));
        daemon(() -> copy(client, server));
        daemon(() -> talk(server, client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "LyingProxy"); //$NON-NLS-1$
    thread.setDaemon(true);
    thread.start();
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[CHUNK];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // gone, as is the other side soon
    } finally {
      end(from, to);
    }
  }

  private void talk(Socket from, Socket to) {
    try {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      for (String response = response(in); response != null; response = response(in)) {
        List<String> instead = lie.instead(said.getAndIncrement(), response);
        if (instead == null) {
          return;
        }
        for (String text : instead) {
          out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
      }
    } catch (IOException e) {
      // gone, as is the other side soon
    } finally {
      end(from, to);
    }
  }

  /** A line with its literals; null at the end. */
  private static String response(InputStream in) throws IOException {
    var text = new StringBuilder();
    int from = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      text.append((char) octet);
      if (octet == '\n') {
        Matcher literal = LITERAL.matcher(text.substring(from));
        if (!literal.find()) {
          return text.toString();
        }
        text.append(new String(in.readNBytes(Integer.parseInt(literal.group(1))), StandardCharsets.ISO_8859_1));
        from = text.length();
      }
    }
    return null;
  }

  private void end(Socket... sockets) {
    for (Socket socket : sockets) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException e) {
        continue; // closed is closed
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(this::end);
  }
}
