/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.testing.server.FaultProxy;

/**
 * IMAP against mutt and mbsync: each case takes turns with its peer on the same mailbox, so that a busy machine is as busy for both.
 * Arguments: work folder, IMAP port of a Dovecot whose user1 has the messages in INBOX, how many, runs, and the cases
 * (headers, pull, far, delta, memory).
 */
public final class ImapBench {
  private static final int ROUND_TRIP_MILLIS = 40;
  private static final int MOVED = 100;
  private final Path work;
  private final int port;
  private final int count;
  private final int runs;
  private final Table table;
  private final Peers peers;

  private ImapBench(Path work, int port, int count, int runs) {
    this.work = work;
    this.port = port;
    this.count = count;
    this.runs = runs;
    this.table = new Table(runs);
    this.peers = new Peers(work);
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new ImapBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
    Table.head(String.format("IMAP, %,d messages", bench.count));
    // The server parses each message once, before anything is compared; and the compiler warms up.
    Table.line("first header sync, the first of all", bench.headers(bench.port), "mutt", bench.peers.mutt(bench.port), 0);
    for (String name : Arrays.asList(arguments).subList(4, arguments.length)) {
      switch (name) {
        case "headers" -> bench.table.compare("first header sync", "mutt", () -> bench.headers(bench.port),
            () -> bench.peers.mutt(bench.port), bench.count >= 1_000_000 ? 0.9 : 1.5);
        case "pull" -> bench.table.compare("full pull", "mbsync", () -> bench.pull(bench.port), () -> bench.peers.mbsync(bench.port, true), 0.6);
        case "far" -> bench.far();
        case "delta" -> bench.delta();
        case "memory" -> bench.memory();
        default -> throw new IllegalArgumentException(name);
      }
    }
    System.exit(0); // jobs of the platform run on
  }

  /** The same from far away: every octet takes half a round trip longer. */
  private void far() throws Exception {
    try (var proxy = new FaultProxy(port)) {
      proxy.set(FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_SERVER, ROUND_TRIP_MILLIS / 2),
          FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_CLIENT, ROUND_TRIP_MILLIS / 2));
      table.compare("first header sync, " + ROUND_TRIP_MILLIS + " ms away", "mutt", () -> headers(proxy.port()),
          () -> peers.mutt(proxy.port()), 0);
      table.compare("full pull, " + ROUND_TRIP_MILLIS + " ms away", "mbsync", () -> pull(proxy.port()),
          () -> peers.mbsync(proxy.port(), true), 0.6);
    }
  }

  /** What a client costs that has everything: when nothing changed, and when something did. */
  private void delta() throws Exception {
    boolean peer = count <= 20_000; // its first pull would take minutes
    Bodies bodies = peer ? Bodies.ALL : Bodies.NONE;
    try (var client = client(Files.createTempDirectory(work, "home"), port)) {
      client.synchronise(bodies, count);
      if (peer) {
        peers.mbsync(port, true);
      }
      FolderKey inbox = client.inbox();
      client.synchronise(inbox, bodies);
      double[] nothing = new double[5 * runs];
      double[] server = new double[5 * runs];
      for (int i = 0; i < nothing.length; i++) {
        nothing[i] = client.synchronise(inbox, bodies);
        server[i] = reselect();
      }
      Table.difference("nothing changed, running client", Table.median(nothing), "server", Table.median(server), 0.02);
      double[] them = new double[runs];
      for (int i = 0; peer && i < runs; i++) {
        them[i] = peers.mbsync(port, false);
      }
      Table.line("nothing changed, whole run of the peer", Table.median(nothing), "mbsync", Table.median(them), 0);
      double[] ours = new double[runs];
      for (int i = 0; i < runs; i++) {
        change(i);
        ours[i] = client.synchronise(inbox, bodies);
        them[i] = peer ? peers.mbsync(port, false) : 0;
      }
      Table.line("1% flags, " + MOVED + " new, " + MOVED + " gone" + (peer ? "" : ", headers"), Table.median(ours), "mbsync", Table.median(them), 0.7);
    }
  }

  /** Flags of one message in a hundred, some copies, and as many of the oldest gone: what another client might do. */
  private void change(int round) throws IOException {
    try (var other = new Wire(port)) {
      other.ask("SELECT INBOX");
      String flag = round % 2 == 0 ? "+FLAGS.SILENT" : "-FLAGS.SILENT";
      other.ask("STORE " + MOVED * 3 + ':' + (MOVED * 3 + count / 100) + ' ' + flag + " (\\Flagged)");
      other.ask("COPY " + (count / 2) + ':' + (count / 2 + MOVED - 1) + " INBOX");
      other.ask("STORE 1:" + MOVED + " +FLAGS.SILENT (\\Deleted)");
      other.ask("EXPUNGE");
    }
  }

  /** How long the server itself needs to say that nothing changed, on a connection that is signed in. */
  private double reselect() throws IOException {
    try (var wire = new Wire(port)) {
      long begin = System.nanoTime();
      wire.ask("SELECT INBOX");
      return Table.since(begin);
    }
  }

  private double headers(int at) throws Exception {
    return first(at, Bodies.NONE);
  }

  private double pull(int at) throws Exception {
    return first(at, Bodies.ALL);
  }

  private BenchClient client(Path home, int at) throws Exception {
    return new BenchClient(home, Protocol.IMAP, at, "user1");
  }

  /** What stays in memory when all is here: to be the same for any number of messages. */
  private void memory() throws Exception {
    Path home = Files.createTempDirectory(work, "home");
    try (var client = client(home, port)) {
      client.synchronise(Bodies.NONE, count);
      System.gc();
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      Table.note("heap in use after a first header sync", used / 1_000_000 + " MB", "of " + Runtime.getRuntime().maxMemory() / 1_000_000 + " MB");
    } finally {
      Peers.delete(home);
    }
  }

  /** A first synchronisation into a new store, durable, from sign-in to the last row or body. */
  private double first(int at, Bodies bodies) throws Exception {
    Path home = Files.createTempDirectory(work, "home");
    try (var client = client(home, at)) {
      return client.synchronise(bodies, count);
    } finally {
      Peers.delete(home);
    }
  }

  /** A bare connection that is signed in. */
  private static final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private int tags;

    Wire(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      ask("LOGIN user1 pass1");
    }

    /** Waits for the end of the command. */
    void ask(String command) throws IOException {
      String tag = "b" + ++tags;
      socket.getOutputStream().write((tag + ' ' + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (String line = line(); !line.startsWith(tag + ' '); line = line()) {
        // what another client's command answers is of no interest
      }
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new IOException("server closed");
        }
        line.append((char) octet);
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
