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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.core.store.Work;

/** The limits: what a bare socket reads in which time, and what a long list costs the store. releng/bench/run starts it. */
public final class Bench {
  private static final String HEADERS =
      "(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC REPLY-TO SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES)])";
  private final Path work;
  private final int imap;
  private final int count;
  private final int runs;

  private Bench(String[] arguments) {
    work = Path.of(arguments[0]);
    imap = Integer.parseInt(arguments[1]);
    count = Integer.parseInt(arguments[2]);
    runs = Integer.parseInt(arguments[3]);
  }

  /** @param arguments work folder, IMAP port, messages on the server, runs */
  public static void main(String[] arguments) throws Exception {
    var bench = new Bench(arguments);
    bench.wire(); // Dovecot parses each message once; a mailbox in use has been
    Table.head("The machine and the store");
    figure(String.format("headers of %,d messages, bare socket", bench.count), bench.median(bench.runs, bench::wire), "");
    bench.list(100_000);
    System.exit(0); // jobs of the platform run on
  }

  private static void figure(String name, double seconds, String remark) {
    Table.note(name, String.format("%.4f s", seconds), remark);
  }

  private double median(int times, Table.Measured measured) throws Exception {
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      seconds[i] = measured.run();
    }
    return Table.median(seconds);
  }

  /** The limit: the same FETCH, read and thrown away. */
  private double wire() throws Exception {
    long begin = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", imap)) {
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      String commands = "a LOGIN user1 pass1\r\nb SELECT INBOX\r\nc UID FETCH 1:* " + HEADERS + "\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      readUntil(in, "\nc OK");
    }
    return Table.since(begin);
  }

  private static void readUntil(InputStream in, String wanted) throws Exception {
    byte[] buffer = new byte[1 << 16];
    String tail = "";
    while (!tail.contains(wanted)) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new IllegalStateException("server closed");
      }
      String text = tail + new String(buffer, Math.max(0, read - 200), Math.min(read, 200), StandardCharsets.ISO_8859_1);
      tail = text.contains(wanted) ? wanted : text.substring(Math.max(0, text.length() - wanted.length()));
    }
  }

  /** What a list of many messages costs the store: filling, first rows, all keys, a page of rows anywhere. */
  private void list(int messages) throws Exception {
    try (var client = new BenchClient(Files.createTempDirectory(work, "list"), Protocol.IMAP, imap, "user1")) {
      AccountId account = client.account.id();
      var inbox = new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.MIRRORED, true);
      FolderKey folder = client.store.write(s -> {
        s.folders(account, List.of(inbox));
        return s.folders(account).get(0).key();
      });
      long begin = System.nanoTime();
      for (int from = 0; from < messages; from += 1_000) {
        var plan = SyncPlan.adding(made(from, 1_000));
        client.store.write(s -> {
          s.apply(folder, plan);
          return null;
        });
      }
      figure("store: " + messages + " summaries", Table.since(begin), String.format("%.0f a second, durable", messages / Table.since(begin)));
      Query query = Query.newestFirst(folder);
      var random = new Random(1);
      figure("store: first 100 rows", median(21, () -> rows(client, s -> s.first(query, 100))), "");
      figure("store: all keys, newest first", median(9, () -> keys(client, query)), "");
      figure("store: all keys, by subject", median(5, () -> keys(client, new Query(folder, Query.Column.SUBJECT, false, false))), "");
      MessageKeys all = client.store.read(s -> s.list(query));
      figure("store: 100 rows anywhere", median(101, () -> {
        int at = random.nextInt(messages - 100);
        return rows(client, s -> MessageKeys.copyOf(all.subList(at, at + 100)));
      }), "");
    }
  }

  private static double keys(BenchClient client, Query query) throws Exception {
    long begin = System.nanoTime();
    client.store.read(s -> s.list(query));
    return Table.since(begin);
  }

  private static double rows(BenchClient client, Work<StoreReader, MessageKeys> which) throws Exception {
    long begin = System.nanoTime();
    client.store.read(s -> s.summaries(which.run(s)));
    return Table.since(begin);
  }

  private static List<NewMessage> made(int from, int count) {
    var made = new ArrayList<NewMessage>(count);
    for (int i = from; i < from + count; i++) {
      var envelope = new Envelope("Re: subject number " + i * 7919 % 10_007, List.of(new Address("Person " + i % 977, "p" + i % 977 + "@example.org")),
          List.of(new Address("List", "list@example.org")), List.of(), List.of(), Optional.of(Instant.ofEpochSecond(1_700_000_000L + i * 61L)),
          "<" + i + "@example.org>", "<" + (i - 1) + "@example.org>", List.of("<" + (i - 1) + "@example.org>"));
      made.add(new NewMessage(RemoteId.of(i + 1L), Flags.NONE, Instant.ofEpochSecond(1_700_000_000L + i * 61L), 20_000, i % 9 == 0, envelope, Optional.empty()));
    }
    return made;
  }
}
