/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A POP3 server (RFC 1939) that keeps what it has from one session to the next, deletes at QUIT only, and can end a connection at any octet.
 * One session at a time.
 */
public final class PlayedMaildrop implements ScriptedServer.Script {
  /** Content by unique-id, oldest first. Touched by one session at a time, and by the test in between. */
  public final Map<String, String> mails = new LinkedHashMap<>();
  /** Is told of each message the moment before it is deleted. */
  public volatile Consumer<String> deleting = id -> { };
  /** The next session ends after so many octets sent to the client; -1 for never. */
  public volatile long cutAfterSending = -1;
  /** The next session ends after so many octets received from the client; -1 for never. */
  public volatile long cutAfterReceiving = -1;
  /** Octets of the last session that ended by itself, to and from the client. */
  public volatile long sent;
  public volatile long received;

  @Override
  public synchronized void play(ScriptedServer.Dialogue client) throws IOException {
    var session = new Session(client, cutAfterSending, cutAfterReceiving);
    cutAfterSending = -1;
    cutAfterReceiving = -1;
    session.run();
    sent = session.sent;
    received = session.received;
  }

  private final class Session {
    private final ScriptedServer.Dialogue client;
    private final long mostSent;
    private final long mostReceived;
    private final List<String> ids = new ArrayList<>(mails.keySet());
    private final TreeSet<Integer> marked = new TreeSet<>();
    private long sent;
    private long received;

    Session(ScriptedServer.Dialogue client, long mostSent, long mostReceived) {
      this.client = client;
      this.mostSent = mostSent;
      this.mostReceived = mostReceived;
    }

    void run() throws IOException {
      send("+OK ready\r\n");
      boolean on = true;
      while (on) {
        String line = client.line();
        received += line.length() + 2;
        if (mostReceived >= 0 && received > mostReceived) {
          throw new IOException("cut");
        }
        on = answer(line.split(" "));
      }
    }

    private boolean answer(String[] words) throws IOException {
      switch (words[0]) {
        case "CAPA" -> send("+OK\r\nPIPELINING\r\nTOP\r\nUIDL\r\nUSER\r\nRESP-CODES\r\n.\r\n");
        case "LIST", "UIDL" -> list(words[0].equals("UIDL"));
        case "TOP" -> send("+OK\r\n" + content(words).substring(0, content(words).indexOf("\r\n\r\n") + 4) + ".\r\n");
        case "RETR" -> send("+OK\r\n" + content(words) + ".\r\n");
        case "DELE" -> {
          marked.add(Integer.parseInt(words[1]));
          send("+OK\r\n");
        }
        case "QUIT" -> {
          for (int number : marked) {
            deleting.accept(ids.get(number - 1));
            mails.remove(ids.get(number - 1));
          }
          send("+OK bye\r\n");
          return false;
        }
        default -> send("+OK\r\n");
      }
      return true;
    }

    private String content(String[] words) {
      return mails.get(ids.get(Integer.parseInt(words[1]) - 1));
    }

    private void list(boolean names) throws IOException {
      var lines = new StringBuilder("+OK\r\n");
      for (int i = 0; i < ids.size(); i++) {
        lines.append(i + 1).append(' ').append(names ? ids.get(i) : Integer.toString(mails.get(ids.get(i)).length())).append("\r\n");
      }
      send(lines.append(".\r\n").toString());
    }

    private void send(String text) throws IOException {
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      int left = mostSent < 0 ? octets.length : (int) Math.min(octets.length, mostSent - sent);
      client.send(Arrays.copyOf(octets, left));
      sent += left;
      if (left < octets.length) {
        throw new IOException("cut");
      }
    }
  }
}
