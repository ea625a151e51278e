/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.core.store.Work;
import org.heliogram.imap.ImapBackendFactory;
import org.heliogram.mime.Mime4jCodec;
import org.heliogram.pop3.Pop3BackendFactory;
import org.heliogram.store.derby.DerbyMailStore;
import org.heliogram.sync.LocalFirstMailService;

/** The part of the benchmark that runs in one Java process; releng/bench/run starts it. Prints a line a figure: name, median seconds, what it is compared with. */
public final class Bench {
  private static final String HEADERS =
      "(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC REPLY-TO SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES)])";
  private final Path work;
  private final int imap;
  private final int pop3;
  private final int count;
  private final int runs;

  private interface Measured {
    /** @return seconds of the part that counts */
    double run() throws Exception;
  }

  private Bench(String[] arguments) {
    work = Path.of(arguments[0]);
    imap = Integer.parseInt(arguments[1]);
    pop3 = Integer.parseInt(arguments[2]);
    count = Integer.parseInt(arguments[3]);
    runs = Integer.parseInt(arguments[4]);
  }

  /** @param arguments work folder, IMAP port, POP3 port, messages on the server, runs */
  public static void main(String[] arguments) throws Exception {
    var bench = new Bench(arguments);
    bench.wire(); // Dovecot parses each message once; a mailbox in use has been
    double wire = bench.median(bench.runs, bench::wire);
    print("headers, bare socket", wire, "");
    double first = bench.median(1, () -> bench.synchronise(Protocol.IMAP, SyncRequest.Bodies.NONE));
    print("headers, first in the process", first, String.format("%.1f x the bare socket", first / wire));
    double warm = bench.median(bench.runs, () -> bench.synchronise(Protocol.IMAP, SyncRequest.Bodies.NONE));
    print("headers, running process", warm, String.format("%.1f x the bare socket", warm / wire));
    print("IMAP, everything", bench.median(2, () -> bench.synchronise(Protocol.IMAP, SyncRequest.Bodies.ALL)), "");
    print("POP3, everything", bench.median(3, () -> bench.synchronise(Protocol.POP3, SyncRequest.Bodies.POLICY)), "");
    bench.list(100_000);
    System.exit(0); // jobs of the platform run on
  }

  private static void print(String name, double seconds, String remark) {
    System.out.printf("%-34s %8.3f s   %s%n", name, seconds, remark);
  }

  private double median(int times, Measured measured) throws Exception {
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      seconds[i] = measured.run();
    }
    Arrays.sort(seconds);
    return seconds[times / 2];
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
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
    return since(begin);
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

  /** A whole first synchronisation into a new store, durable: sign-in, folders, listing, headers, and the bodies asked for. */
  private double synchronise(Protocol protocol, SyncRequest.Bodies bodies) throws Exception {
    try (var client = new Client(Files.createTempDirectory(work, "home"))) {
      var endpoint = new Endpoint("127.0.0.1", protocol == Protocol.IMAP ? imap : pop3, Security.NONE, "user1");
      var account = account(protocol, endpoint);
      client.service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
      long begin = System.nanoTime();
      SyncResult result = client.service.synchronise(new SyncRequest(account.id(), Optional.empty(), bodies), new NullProgressMonitor());
      double seconds = since(begin);
      if (result.added() != count) {
        throw new IllegalStateException(result.added() + " of " + count + " messages came");
      }
      return seconds;
    }
  }

  private static Account account(Protocol protocol, Endpoint endpoint) {
    return new Account(AccountId.create(), "bench", "", "user1@example.org", protocol, endpoint, Optional.empty(), AccountOptions.DEFAULT);
  }

  /** The parts that Declarative Services join in the product, joined by hand. */
  private static final class Client implements AutoCloseable {
    final DerbyMailStore store;
    final MailService service;

    Client(Path home) throws Exception {
      store = new DerbyMailStore(home);
      store.open();
      var joined = new LocalFirstMailService(store, new Mime4jCodec(), new Secrets());
      join(joined, new ImapBackendFactory(), "imap");
      join(joined, new Pop3BackendFactory(), "pop3");
      service = joined;
    }

    private static void join(LocalFirstMailService service, Backend.Factory factory, String protocol) throws Exception {
      Method add = LocalFirstMailService.class.getDeclaredMethod("addBackend", Backend.Factory.class, Map.class);
      add.setAccessible(true);
      add.invoke(service, factory, Map.of("protocol", protocol));
    }

    @Override
    public void close() throws Exception {
      end(service);
      end(store);
    }

    private static void end(Object component) throws Exception {
      Method close = component.getClass().getDeclaredMethod("close");
      close.setAccessible(true);
      close.invoke(component);
    }
  }

  private static final class Secrets implements CredentialStore {
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();

    @Override
    public Optional<Credentials> find(AccountId account, Purpose purpose) {
      return Optional.ofNullable(known.get(account + "/" + purpose));
    }

    @Override
    public void put(AccountId account, Purpose purpose, Credentials credentials) {
      known.put(account + "/" + purpose, credentials);
    }

    @Override
    public void remove(AccountId account) {
      known.keySet().removeIf(key -> key.startsWith(account + "/"));
    }
  }

  /** What a list of many messages costs the store: filling, first rows, all keys, a page of rows anywhere. */
  private void list(int messages) throws Exception {
    try (var client = new Client(Files.createTempDirectory(work, "list"))) {
      var account = account(Protocol.IMAP, new Endpoint("localhost", 143, Security.NONE, "nobody"));
      var inbox = new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.MIRRORED, true);
      FolderKey folder = client.store.write(s -> {
        s.put(account);
        s.folders(account.id(), List.of(inbox));
        return s.folders(account.id()).get(0).key();
      });
      long begin = System.nanoTime();
      for (int from = 0; from < messages; from += 1_000) {
        var plan = SyncPlan.adding(made(from, 1_000));
        client.store.write(s -> {
          s.apply(folder, plan);
          return null;
        });
      }
      print("store: " + messages + " summaries", since(begin), String.format("%.0f a second, durable", messages / since(begin)));
      Query query = Query.newestFirst(folder);
      var random = new Random(1);
      print("store: first 100 rows", median(21, () -> rows(client, s -> s.first(query, 100))), "");
      print("store: all keys, newest first", median(9, () -> keys(client, query)), "");
      print("store: all keys, by subject", median(5, () -> keys(client, new Query(folder, Query.Column.SUBJECT, false, false))), "");
      MessageKeys all = client.store.read(s -> s.list(query));
      print("store: 100 rows anywhere", median(101, () -> {
        int at = random.nextInt(messages - 100);
        return rows(client, s -> MessageKeys.copyOf(all.subList(at, at + 100)));
      }), "");
    }
  }

  private static double keys(Client client, Query query) throws Exception {
    long begin = System.nanoTime();
    client.store.read(s -> s.list(query));
    return since(begin);
  }

  private static double rows(Client client, Work<StoreReader, MessageKeys> which) throws Exception {
    long begin = System.nanoTime();
    client.store.read(s -> s.summaries(which.run(s)));
    return since(begin);
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
