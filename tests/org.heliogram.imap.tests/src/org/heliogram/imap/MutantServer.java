/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.heliogram.imap.RecordedDialogue.Piece;

/** Says what is in a script whatever the client says; one connection after another. Hangs up when the client waits in vain. */
final class MutantServer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 25;
  private final ServerSocket listener;
  private volatile List<Piece> script = List.of();

  MutantServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "MutantServer");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** For the connections to come. */
  void play(List<Piece> other) {
    script = other;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        play(socket, script);
      } catch (IOException e) {
        continue; // the client had enough, or the test
      }
    }
  }

  private static void play(Socket socket, List<Piece> pieces) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] buffer = new byte[65_536];
    long heard = 0;
    for (Piece piece : pieces) {
      while (heard < piece.after()) {
        int count = read(in, buffer);
        if (count < 0) {
          return;
        }
        heard += count;
      }
      out.write(piece.octets());
    }
    out.flush();
    for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
      heard += count;
    }
  }

  /** @return -1 when the client is gone, or waits */
  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketTimeoutException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
