/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server said on one connection, and after how many of the client's octets. Recorded by standing between a client and a real server; played again, with
 * changes, by {@link MutantServer}.
 */
record RecordedDialogue(List<Piece> pieces) {
  private static final int CHUNK = 65_536;

  /** @param after octets the client had sent when the server said it */
  record Piece(long after, byte[] octets) {}

  /** What all pieces say, one after the other. */
  byte[] all() {
    var all = new ByteArrayOutputStream();
    pieces.forEach(piece -> all.writeBytes(piece.octets));
    return all.toByteArray();
  }

  /** Stands between; one connection. */
  static final class Recorder implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Piece> pieces = new ArrayList<>(); // guarded by itself
    private Optional<IOException> broken = Optional.empty();
    private long sent; // guarded by pieces
    private final Thread thread;

    Recorder(int target) throws IOException {
      this.target = target;
      this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      this.thread = new Thread(this::record, "recorder");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    private void record() {
      try (Socket client = listener.accept(); Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        Thread back = new Thread(() -> pass(server, client, true), "recorder back");
        back.setDaemon(true);
        back.start();
        pass(client, server, false);
        server.shutdownOutput();
        back.join();
      } catch (IOException e) {
        broken = Optional.of(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void pass(Socket from, Socket to, boolean recorded) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[CHUNK];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          synchronized (pieces) {
            if (recorded) {
              pieces.add(new Piece(sent, java.util.Arrays.copyOf(buffer, count)));
            } else {
              sent += count;
            }
          }
          out.write(buffer, 0, count);
        }
      } catch (IOException e) {
        broken = Optional.of(e); // One of them went away, as they do in the end.
      }
    }

    /** After the client closed its connection. */
    RecordedDialogue recorded() throws InterruptedException {
      thread.join();
      synchronized (pieces) {
        if (pieces.isEmpty()) {
          throw new AssertionError("nothing was recorded: " + broken);
        }
        return new RecordedDialogue(List.copyOf(pieces));
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
