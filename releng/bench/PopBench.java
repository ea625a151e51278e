/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.testing.server.FaultProxy;

/**
 * POP3 against mpop with pipelining, in turns. Arguments: work folder, POP3 port of a Dovecot, runs, and how many messages user1 (all are
 * fetched), user2 (fetched from far away) and user3 (asked for news) have.
 */
public final class PopBench {
  private static final int ROUND_TRIP_MILLIS = 40;
  private final Path work;
  private final int port;
  private final Table table;
  private final Peers peers;

  private PopBench(Path work, int port, int runs) {
    this.work = work;
    this.port = port;
    this.table = new Table(runs);
    this.peers = new Peers(work);
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new PopBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    int all = Integer.parseInt(arguments[3]);
    int far = Integer.parseInt(arguments[4]);
    int many = Integer.parseInt(arguments[5]);
    Table.head("POP3");
    bench.first(bench.port, "user2", far); // the compiler warms up
    bench.table.compare(String.format("everything, %,d messages", all), "mpop", () -> bench.first(bench.port, "user1", all),
        () -> bench.peers.mpop(bench.port, "user1"), 1.0);
    try (var proxy = new FaultProxy(bench.port)) {
      proxy.set(FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_SERVER, ROUND_TRIP_MILLIS / 2),
          FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_CLIENT, ROUND_TRIP_MILLIS / 2));
      bench.table.compare(String.format("everything, %,d messages, %d ms away", far, ROUND_TRIP_MILLIS), "mpop",
          () -> bench.first(proxy.port(), "user2", far), () -> bench.peers.mpop(proxy.port(), "user2"), 0.7);
    }
    bench.poll(many);
    System.exit(0); // jobs of the platform run on
  }

  /** Everything into a new store, durable, from sign-in to the last message. */
  private double first(int at, String user, int count) throws Exception {
    Path home = Files.createTempDirectory(work, "home");
    try (var client = new BenchClient(home, Protocol.POP3, at, user)) {
      return client.synchronise(Bodies.POLICY, count);
    } finally {
      Peers.delete(home);
    }
  }

  /** Asking for news where there are none, of a maildrop from which everything was taken. */
  private void poll(int count) throws Exception {
    Path home = Files.createTempDirectory(work, "home");
    try (var client = new BenchClient(home, Protocol.POP3, port, "user3")) {
      client.synchronise(Bodies.POLICY, count);
      FolderKey inbox = client.inbox();
      client.synchronise(inbox, Bodies.POLICY);
      double[] ours = new double[9];
      double[] uidl = new double[ours.length];
      for (int i = 0; i < ours.length; i++) {
        ours[i] = client.synchronise(inbox, Bodies.POLICY);
        uidl[i] = uidl();
      }
      Table.line(String.format("nothing new, %,d messages", count), Table.median(ours), "UIDL", Table.median(uidl), 1.2);
    } finally {
      Peers.delete(home);
    }
  }

  /** Signing in, UIDL and QUIT, read by nobody. */
  private double uidl() throws Exception {
    long begin = System.nanoTime();
    try (var socket = new Socket("127.0.0.1", port)) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      line(in);
      for (String command : new String[] {"USER user3", "PASS pass3", "UIDL"}) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        line(in);
      }
      while (line(in) != '.') {
        continue;
      }
      socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      line(in);
    }
    return Table.since(begin);
  }

  /** @return its first octet */
  private static int line(InputStream in) throws Exception {
    int first = in.read();
    for (int octet = first; octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IllegalStateException("server closed");
      }
    }
    return first;
  }
}
