/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.Assertions;

/**
 * A server on a loopback port that plays a dialogue written by a test, once for each connection. What the client sent is kept in
 * {@link #received()}. A client that says something else than {@link Dialogue#expect} told ends the dialogue, and {@link #verify} fails.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What the server does with one connection. Ends the connection when it returns. */
  @FunctionalInterface
  public interface Script {
    void play(Dialogue dialogue) throws IOException;
  }

  private final ServerSocket listener;
  private final SSLContext tls;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Dialogue> dialogues = new CopyOnWriteArrayList<>();

  private ScriptedServer(Script script, SSLContext tls) throws IOException {
    this.tls = tls;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> accept(script), "ScriptedServer"); //$NON-NLS-1$
    thread.setDaemon(true);
    thread.start();
  }

  public static ScriptedServer start(Script script) {
    return start(script, null);
  }

  /** @param tls for {@link Dialogue#startTls} */
  public static ScriptedServer start(Script script, SSLContext tls) {
    try {
      return new ScriptedServer(script, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Dialogue dialogue = new Dialogue(listener.accept());
        dialogues.add(dialogue);
        Thread thread = new Thread(() -> play(script, dialogue), "ScriptedServer dialogue"); //$NON-NLS-1$
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void play(Script script, Dialogue dialogue) {
    try (dialogue) {
      script.play(dialogue);
    } catch (IOException e) {
      received.add("(ended: " + e.getClass().getSimpleName() + ")"); //$NON-NLS-1$ //$NON-NLS-2$
    } catch (AssertionError e) {
      failures.add(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public Endpoint endpoint(Security security, String user) {
    return new Endpoint("localhost", port(), security, user); //$NON-NLS-1$
  }

  /** The lines clients sent, and "(ended: ...)" where a connection broke under the server. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** How many clients connected. */
  public int connections() {
    return dialogues.size();
  }

  /** Fails if a client did not keep to the script. */
  public void verify() {
    for (Throwable failure : failures) {
      throw new AssertionError("the client left the script: " + failure.getMessage(), failure); //$NON-NLS-1$
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Dialogue dialogue : dialogues) {
        dialogue.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection, seen from the server. */
  public final class Dialogue implements AutoCloseable {
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private String tag = ""; //$NON-NLS-1$

    private Dialogue(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(60));
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Reads a line without its end. */
    public String line() throws IOException {
      var line = new StringBuilder();
      int octet = in.read();
      while (octet != '\n') {
        if (octet < 0) {
          throw new EOFException();
        }
        if (octet != '\r') {
          line.append((char) octet);
        }
        octet = in.read();
      }
      received.add(line.toString());
      return line.toString();
    }

    /** Reads so many octets, one character for each; they are not among {@link #received}. */
    public String octets(int count) throws IOException {
      byte[] octets = in.readNBytes(count);
      if (octets.length < count) {
        throw new EOFException();
      }
      return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Reads an IMAP command; {@code %t} in replies stands for its tag from now on. @return the command without the tag */
    public String command() throws IOException {
      String line = line();
      int space = line.indexOf(' ');
      tag = space < 0 ? line : line.substring(0, space);
      return line.substring(space + 1);
    }

    /** The tag of the last command. */
    public String tag() {
      return tag;
    }

    /** Reads an IMAP command that must be this one, or match where it begins with "~". @return the groups of the match */
    public Matcher expect(String command) throws IOException {
      String said = command();
      Matcher matcher = Pattern.compile(command.startsWith("~") ? command.substring(1) : Pattern.quote(command)).matcher(said); //$NON-NLS-1$
      if (!matcher.matches()) {
        Assertions.fail("expected " + command + " but was " + said); //$NON-NLS-1$ //$NON-NLS-2$
      }
      return matcher;
    }

    /** Sends lines, each ended by CRLF. "%t" is the tag of the last command. */
    public Dialogue reply(String... lines) throws IOException {
      for (String line : lines) {
        send(line.replace("%t", tag) + "\r\n"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      return this;
    }

    /** Sends octets, one for each character. */
    public Dialogue send(String octets) throws IOException {
      out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return this;
    }

    public Dialogue send(byte[] octets) throws IOException {
      out.write(octets);
      out.flush();
      return this;
    }

    /** Sends the same again and again until the client has had enough. @return octets sent; at most {@code limit} */
    public long sendEndlessly(byte[] chunk, long limit) throws IOException {
      long sent = 0;
      while (sent < limit) {
        out.write(chunk);
        sent += chunk.length;
      }
      return sent;
    }

    /** Speaks TLS from now on. */
    public void startTls() throws IOException {
      SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      out = secure.getOutputStream();
    }

    /** Says nothing until the client goes away. */
    public void silence() throws IOException {
      while (in.read() >= 0) {
        // whatever it says
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
