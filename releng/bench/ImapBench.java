/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.service.SyncResult;
import org.heliogram.imap.ImapBackendFactory;
import org.heliogram.mime.Mime4jCodec;
import org.heliogram.store.derby.DerbyMailStore;
import org.heliogram.sync.LocalFirstMailService;
import org.heliogram.testing.server.FaultProxy;

/**
 * IMAP against mutt and mbsync: each case takes turns with its peer on the same mailbox, so that a busy machine is as busy for both.
 * Arguments: work folder, IMAP port of a Dovecot whose user1 has the messages in INBOX, how many, runs, and the cases
 * (headers, pull, far, delta). Prints a line a case: medians and the ratio.
 */
public final class ImapBench {
  private static final int ROUND_TRIP_MILLIS = 40;
  private static final int MOVED = 100;
  private final Path work;
  private final int port;
  private final int count;
  private final int runs;

  private interface Measured {
    /** @return seconds */
    double run() throws Exception;
  }

  private ImapBench(Path work, int port, int count, int runs) {
    this.work = work;
    this.port = port;
    this.count = count;
    this.runs = runs;
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new ImapBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
    System.out.printf("%,d messages%-28s %9s   %-8s %8s   %s%n", bench.count, "", "ours", "peer", "", "ours / peer");
    bench.headers(bench.port); // the server parses each message once, and the compiler warms up
    for (String name : Arrays.asList(arguments).subList(4, arguments.length)) {
      switch (name) {
        case "headers" -> bench.compare("first header sync", "mutt", () -> bench.headers(bench.port), () -> bench.mutt(bench.port));
        case "pull" -> bench.compare("full pull", "mbsync", () -> bench.pull(bench.port), () -> bench.mbsync(bench.port, true));
        case "far" -> bench.far();
        case "delta" -> bench.delta();
        default -> throw new IllegalArgumentException(name);
      }
    }
    System.exit(0); // jobs of the platform run on
  }

  /** In turns, the peer first every other time; medians. */
  private void compare(String name, String peerName, Measured ours, Measured peer) throws Exception {
    double[] us = new double[runs];
    double[] them = new double[runs];
    for (int i = 0; i < runs; i++) {
      if (i % 2 == 1) {
        them[i] = peer.run();
      }
      us[i] = ours.run();
      if (i % 2 == 0) {
        them[i] = peer.run();
      }
    }
    print(name, median(us), peerName, median(them));
  }

  private static void print(String name, double ours, String peerName, double peer) {
    System.out.printf("%-40s %8.3f s   %-8s %6.3f s   %s%n", name, ours, peerName, peer,
        peer > 0 ? String.format("%.2f", ours / peer) : "(not measured)");
  }

  private static double median(double[] seconds) {
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The same from far away: every octet takes half a round trip longer. */
  private void far() throws Exception {
    try (var proxy = new FaultProxy(port)) {
      proxy.set(FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_SERVER, ROUND_TRIP_MILLIS / 2),
          FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_CLIENT, ROUND_TRIP_MILLIS / 2));
      compare("first header sync, " + ROUND_TRIP_MILLIS + " ms away", "mutt", () -> headers(proxy.port()), () -> mutt(proxy.port()));
      compare("full pull, " + ROUND_TRIP_MILLIS + " ms away", "mbsync", () -> pull(proxy.port()), () -> mbsync(proxy.port(), true));
    }
  }

  /** What a client costs that has everything: when nothing changed, and when something did. */
  private void delta() throws Exception {
    boolean peer = count <= 20_000; // its first pull would take minutes
    Bodies bodies = peer ? Bodies.ALL : Bodies.NONE;
    try (var client = new Client(Files.createTempDirectory(work, "home"), port)) {
      client.synchronise(bodies);
      if (peer) {
        mbsync(port, true);
      }
      FolderKey inbox = client.inbox();
      client.synchronise(inbox, bodies);
      double[] nothing = new double[5 * runs];
      double[] server = new double[5 * runs];
      for (int i = 0; i < nothing.length; i++) {
        nothing[i] = client.synchronise(inbox, bodies);
        server[i] = reselect();
      }
      print("nothing changed, running client", median(nothing), "server", median(server));
      double[] them = new double[runs];
      for (int i = 0; peer && i < runs; i++) {
        them[i] = mbsync(port, false);
      }
      print("nothing changed, whole run of the peer", median(nothing), "mbsync", median(them));
      double[] ours = new double[runs];
      for (int i = 0; i < runs; i++) {
        change(i);
        ours[i] = client.synchronise(inbox, bodies);
        them[i] = peer ? mbsync(port, false) : 0;
      }
      print("1% flags, " + MOVED + " new, " + MOVED + " gone" + (peer ? "" : ", headers"), median(ours), "mbsync", median(them));
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
      return since(begin);
    }
  }

  private double headers(int at) throws Exception {
    return first(at, Bodies.NONE);
  }

  private double pull(int at) throws Exception {
    return first(at, Bodies.ALL);
  }

  /** A first synchronisation into a new store, durable, from sign-in to the last row or body. */
  private double first(int at, Bodies bodies) throws Exception {
    Path home = Files.createTempDirectory(work, "home");
    try (var client = new Client(home, at)) {
      return client.synchronise(bodies);
    } finally {
      delete(home);
    }
  }

  private double mutt(int at) throws Exception {
    Path settings = work.resolve("muttrc");
    Files.writeString(settings, """
        set folder="imap://user1:pass1@127.0.0.1:%d/"
        set spoolfile="+INBOX"
        set ssl_starttls=no
        set ssl_force_tls=no
        set quit=yes
        unset header_cache
        push q
        """.formatted(at));
    return process("script", "-qec", "stty cols 120 rows 40; mutt -n -F " + settings, "/dev/null");
  }

  private double mbsync(int at, boolean anew) throws Exception {
    Path folder = work.resolve("mbsync");
    if (anew) {
      delete(folder);
      Files.createDirectories(folder.resolve("mail"));
    }
    Path settings = folder.resolve("rc");
    Files.writeString(settings, """
        IMAPAccount a
        Host 127.0.0.1
        Port %d
        User user1
        Pass pass1
        SSLType None
        AuthMechs LOGIN

        IMAPStore far
        Account a

        MaildirStore near
        Path %2$s/mail/
        Inbox %2$s/mail/INBOX

        Channel c
        Far :far:
        Near :near:
        Patterns INBOX
        Create Near
        Expunge Near
        Sync Pull
        SyncState *
        """.formatted(at, folder));
    return process("mbsync", "-c", settings.toString(), "c");
  }

  /** @return seconds; 0 where the program is not installed */
  private double process(String... command) throws Exception {
    String wanted = command[0].equals("script") ? "mutt" : command[0];
    if (Stream.of(System.getenv("PATH").split(":")).noneMatch(folder -> Files.isExecutable(Path.of(folder, wanted)))) {
      return 0;
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(work.resolve("peer.log").toFile())
        .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("TERM", "xterm");
    long begin = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = since(begin);
    if (status != 0) {
      throw new IllegalStateException(wanted + " ended with " + status + ": " + Files.readString(work.resolve("peer.log")));
    }
    return seconds;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
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

  /** The parts that Declarative Services join in the product, joined by hand. */
  private final class Client implements AutoCloseable {
    private final DerbyMailStore store;
    private final LocalFirstMailService service;
    private final Account account;

    Client(Path home, int at) throws Exception {
      store = new DerbyMailStore(home);
      store.open();
      service = new LocalFirstMailService(store, new Mime4jCodec(), new Secrets());
      Method add = LocalFirstMailService.class.getDeclaredMethod("addBackend", Backend.Factory.class, Map.class);
      add.setAccessible(true);
      add.invoke(service, new ImapBackendFactory(), Map.of("protocol", "imap"));
      account = new Account(AccountId.create(), "bench", "", "user1@example.org", Protocol.IMAP,
          new Endpoint("127.0.0.1", at, Security.NONE, "user1"), Optional.empty(), AccountOptions.DEFAULT);
      service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
    }

    FolderKey inbox() throws Exception {
      return store.read(r -> r.folders(account.id())).stream().filter(folder -> folder.role() == FolderRole.INBOX).findFirst().orElseThrow()
          .key();
    }

    /** All folders, the first time. */
    double synchronise(Bodies bodies) throws Exception {
      long begin = System.nanoTime();
      SyncResult result = service.synchronise(new SyncRequest(account.id(), Optional.empty(), bodies), new NullProgressMonitor());
      double seconds = since(begin);
      if (result.added() != count || bodies == Bodies.ALL && result.bodies() != count) {
        throw new IllegalStateException(result.added() + " of " + count + " messages came, with " + result.bodies() + " bodies");
      }
      return seconds;
    }

    double synchronise(FolderKey folder, Bodies bodies) throws Exception {
      long begin = System.nanoTime();
      service.synchronise(new SyncRequest(account.id(), Optional.of(folder), bodies), new NullProgressMonitor());
      return since(begin);
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
}
