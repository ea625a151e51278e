/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Dovecot on free loopback ports, with users user1, user2, user3 (passwords pass1, ...), gone with {@link #close}. Where Dovecot is
 * not installed the test that starts one is skipped, and says so. Set {@code -Dheliogram.servers=required} to have it fail instead.
 */
public final class DovecotServer implements AutoCloseable {
  /** What certificate it shows. */
  public enum Certificate { GOOD, EXPIRED, WRONGHOST, SELFSIGNED }

  private static final int LIMIT_SECONDS = 300;
  private final Path folder;
  private final Path script;
  private final Map<String, Integer> ports = new HashMap<>();

  private DovecotServer(Path folder, Path script) {
    this.folder = folder;
    this.script = script;
  }

  /**
   * Starts one.
   *
   * @param settings of the script, such as {@code MAIL=mdbox}, {@code PLAINAUTH=no}, {@code RAWLOG=1}, {@code EXTRA=/path/of/configuration}
   */
  public static DovecotServer start(String... settings) {
    requireInstalled();
    try {
      Path folder = Files.createTempDirectory("dvt"); //$NON-NLS-1$
      Path script = folder.resolve("dovecot.sh"); //$NON-NLS-1$
      try (InputStream in = DovecotServer.class.getResourceAsStream("dovecot.sh")) { //$NON-NLS-1$
        Files.copy(in, script);
      }
      var server = new DovecotServer(folder.resolve("d"), script); //$NON-NLS-1$
      Set<java.nio.file.attribute.PosixFilePermission> all = java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"); //$NON-NLS-1$
      Files.setPosixFilePermissions(folder, all);
      server.run("start", settings); //$NON-NLS-1$
      for (String line : Files.readAllLines(server.folder.resolve("ports.env"))) { //$NON-NLS-1$
        String[] pair = line.split("="); //$NON-NLS-1$
        server.ports.put(pair[0], Integer.valueOf(pair[1]));
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireInstalled() {
    boolean installed = Files.isExecutable(Path.of("/usr/sbin/dovecot")) && Files.isExecutable(Path.of("/usr/bin/openssl")); //$NON-NLS-1$ //$NON-NLS-2$
    if (!installed && "required".equals(System.getProperty("heliogram.servers"))) { //$NON-NLS-1$ //$NON-NLS-2$
      throw new AssertionError("Dovecot is required but not installed"); //$NON-NLS-1$
    }
    if (!installed) {
      Assumptions.abort("skipped: Dovecot (dovecot-imapd, dovecot-pop3d, openssl) is not installed"); //$NON-NLS-1$
    }
  }

  /** Runs a command of the script. @return its standard output */
  public String run(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of("bash", script.toString(), command, folder.toString())); //$NON-NLS-1$
    line.addAll(Arrays.asList(arguments));
    try {
      Path output = Files.createTempFile(script.getParent(), "out", ""); //$NON-NLS-1$ //$NON-NLS-2$
      Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())) //$NON-NLS-1$
          .redirectOutput(output.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("dovecot.sh " + command + " does not end"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
      Files.delete(output);
      if (process.exitValue() != 0) {
        throw new AssertionError("dovecot.sh " + command + ": " + said); //$NON-NLS-1$ //$NON-NLS-2$
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public int imapPort() {
    return ports.get("IMAP"); //$NON-NLS-1$
  }

  public int imapsPort() {
    return ports.get("IMAPS"); //$NON-NLS-1$
  }

  public int pop3Port() {
    return ports.get("POP3"); //$NON-NLS-1$
  }

  public int pop3sPort() {
    return ports.get("POP3S"); //$NON-NLS-1$
  }

  /** Submission with STARTTLS; empty where dovecot-submissiond is not installed. */
  public java.util.OptionalInt submissionPort() {
    Integer port = ports.get("SUBMISSION"); //$NON-NLS-1$
    return port == null ? java.util.OptionalInt.empty() : java.util.OptionalInt.of(port);
  }

  /** Submission with TLS from the start; empty where dovecot-submissiond is not installed. */
  public java.util.OptionalInt submissionsPort() {
    Integer port = ports.get("SUBMISSIONS"); //$NON-NLS-1$
    return port == null ? java.util.OptionalInt.empty() : java.util.OptionalInt.of(port);
  }

  /** The certificate of the issuer, in PEM. */
  public String anchors() {
    try {
      return Files.readString(folder.resolve("tls/ca.pem")); //$NON-NLS-1$
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to reach it by IMAP, its issuer trusted. */
  public Endpoint imap(Security security, String user) {
    return new Endpoint("localhost", security == Security.TLS ? imapsPort() : imapPort(), security, user, new Trust(anchors(), Set.of())); //$NON-NLS-1$
  }

  /** Where to reach it by POP3, its issuer trusted. */
  public Endpoint pop3(Security security, String user) {
    return new Endpoint("localhost", security == Security.TLS ? pop3sPort() : pop3Port(), security, user, new Trust(anchors(), Set.of())); //$NON-NLS-1$
  }

  /** Where it keeps a user's mail. */
  public Path home(String user) {
    return folder.resolve("home").resolve(user); //$NON-NLS-1$
  }

  /** Shows another certificate from now on; returns when new connections see it. */
  public void certificate(Certificate kind) {
    String before = shownCertificate();
    run("cert", kind.name().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
    String wanted = kind == Certificate.SELFSIGNED ? "CN = localhost" : "CN = " + kind.name().toLowerCase(Locale.ROOT); //$NON-NLS-1$ //$NON-NLS-2$
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String shown = before;
    while (!shown.equals(wanted)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Dovecot still shows " + shown); //$NON-NLS-1$
      }
      shown = shownCertificate();
    }
  }

  private String shownCertificate() {
    try {
      Process process = new ProcessBuilder("bash", "-c", "echo | openssl s_client -connect 127.0.0.1:" + imapsPort() //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
          + " -brief 2>&1 | grep '^Peer certificate'").start(); //$NON-NLS-1$
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.substring(said.indexOf(':') + 1).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void addUser(String user, String password) {
    run("adduser", user, password); //$NON-NLS-1$
  }

  /** Puts generated messages into a mailbox quickly, in threads of five. */
  public void fill(String user, String mailbox, int count, int bytes) {
    run("fill", user, mailbox, Integer.toString(count), Integer.toString(bytes)); //$NON-NLS-1$
  }

  /** Delivers one message, byte for byte but for line ends. */
  public void deliver(String user, String mailbox, byte[] message) {
    try {
      Path file = Files.createTempFile(script.getParent(), "msg", ""); //$NON-NLS-1$ //$NON-NLS-2$
      Files.write(file, message);
      Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--")); //$NON-NLS-1$
      run("doveadm", "save", "-u", user, "-m", mailbox, file.toString()); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a mailbox's UIDVALIDITY behind its clients' backs. */
  public void uidValidity(String user, String mailbox, long value) {
    run("uidvalidity", user, mailbox, Long.toString(value)); //$NON-NLS-1$
  }

  /** Runs doveadm against it. */
  public String doveadm(String... arguments) {
    return run("doveadm", arguments); //$NON-NLS-1$
  }

  /** Kills it, without a chance to say anything. */
  public void kill9() {
    run("kill9"); //$NON-NLS-1$
  }

  /** Kills it and starts it again on the same ports. */
  public void crashStart() {
    run("crashstart"); //$NON-NLS-1$
  }

  /** Stops it in its tracks: connections stay, nothing answers. */
  public void pause() {
    run("pause"); //$NON-NLS-1$
  }

  public void resume() {
    run("resume"); //$NON-NLS-1$
  }

  /** The server's own log: which users signed in, what they changed. */
  public String log() {
    return run("log"); //$NON-NLS-1$
  }

  @Override
  public void close() {
    run("destroy"); //$NON-NLS-1$
    try {
      Files.deleteIfExists(script);
      Files.deleteIfExists(script.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
