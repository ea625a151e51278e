/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heliogram.it.chaos.OtherDevice.Stored;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;

/** One mailbox and its clients for some rounds. A round is a time of chaos, then quiet, then reckoning. */
final class ChaosRun implements AutoCloseable {
  static final int CLIENTS = 3;
  private static final int FIRST_MAIL = 40;
  private static final int TRIES = 8;
  private static final Duration SYNC = Duration.ofMinutes(3);
  private static final Pattern WANDERING = Pattern.compile("(?:Own|Bin|Shuttle)(\\d?)");
  private static final Pattern TOKEN = Pattern.compile("\\bt\\d+\\b");
  private final long seed;
  private final Random random;
  private final ServerKind kind;
  private final Path work;
  private final Story story = new Story();
  private final Queue<String> accidents = new ConcurrentLinkedQueue<>();
  private final List<FaultProxy> lines = new ArrayList<>();
  private final List<User> users = new ArrayList<>();
  private final AccountBook book;
  private final FolderBook folderBook = new FolderBook(CLIENTS);
  private final DovecotServer server;
  private final Weather weather;
  private final Others others;

  ChaosRun(long seed, Path work) throws IOException {
    this.seed = seed;
    this.work = work;
    this.random = new Random(seed);
    this.kind = ServerKind.values()[(int) Math.floorMod(seed, ServerKind.values().length)];
    this.book = new AccountBook(new Random(random.nextLong()), CLIENTS);
    this.server = kind.start();
    this.weather = new Weather(server, kind, story, "UID (MOVE|COPY|STORE|EXPUNGE|FETCH)", AccountBook.PLACES);
    this.others = new Others(server.imapPort(), book, story, weather.up().readLock());
    prepare();
  }

  Story story() {
    return story;
  }

  private void prepare() throws IOException {
    for (String folder : List.of("Work", "Lists", AccountBook.COPIES, AccountBook.SHUTTLE)) {
      server.doveadm("mailbox", "create", "-u", "user1", folder);
    }
    for (int i = 0; i < CLIENTS; i++) {
      server.doveadm("mailbox", "create", "-u", "user1", FolderBook.own(i), FolderBook.sub(i));
    }
    for (int i = 0; i < FIRST_MAIL; i++) {
      others.deliver(random);
    }
    try (var device = new OtherDevice(server.imapPort())) {
      folderBook.settle(device.folders(), device.subscribed());
    }
    Path anchors = Files.writeString(work.resolve("anchors.pem"), server.anchors());
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      boolean secure = secure(i);
      var line = new FaultProxy(secure ? server.imapsPort() : server.imapPort());
      lines.add(line);
      String name = "client" + i;
      var child = new Child(name, work.resolve(name), List.of(Integer.toString(line.port()), secure ? "TLS" : "NONE", anchors.toString(), i == 0 ? "ALL" : "NONE",
              Boolean.toString(told(i))),
          said -> heard(number, name, said));
      users.add(new User(i, child, book, folderBook, story));
    }
    startAll();
    synchronise();
  }

  private void startAll() {
    List<Thread> starting = users.stream().map(user -> actor("start " + user.child().name(), user.child()::start)).toList();
    for (Thread thread : starting) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** On a line in the open faults can be aimed at commands; but an octet that is changed on it would go unnoticed. */
  private static boolean secure(int client) {
    return client > 0;
  }

  /** Whether the server tells a client what happens; the others ask all the time. */
  private boolean told(int client) {
    return (client + seed) % 2 == 0;
  }

  private void heard(int client, String name, String said) {
    story.tell(name, "! " + said);
    Matcher wandering = WANDERING.matcher(said);
    if (said.startsWith("refused") && wandering.find() && !wandering.group(1).equals(Integer.toString(client))) {
      story.count("operations refused"); // Somebody else renamed or deleted the folder at that moment; nobody holds what is done there against the book.
    } else {
      accidents.add(name + ": " + said);
    }
  }

  /** Chaos for a while, then the reckoning. */
  void round(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    BooleanSupplier on = () -> System.nanoTime() < end && accidents.isEmpty();
    var actors = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Random dice = new Random(random.nextLong());
      Random sky = new Random(random.nextLong());
      actors.add(actor("user " + i, () -> users.get(number).work(dice, on)));
      actors.add(actor("line " + i, () -> weather.onTheLine(lines.get(number), secure(number), "client" + number, sky, on)));
    }
    Random dice = new Random(random.nextLong());
    Random sky = new Random(random.nextLong());
    actors.add(actor("others", () -> others.work(dice, on)));
    actors.add(actor("server", () -> weather.atTheServer(sky, on)));
    for (Thread actor : actors) {
      join(actor);
    }
    story.count("rounds");
    reckon();
  }

  private Thread actor(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setUncaughtExceptionHandler((dead, reason) -> accidents.add(name + ": " + reason));
    thread.start();
    return thread;
  }

  private void reckon() throws IOException {
    if (!accidents.isEmpty()) {
      fail(List.copyOf(accidents));
    }
    story.tell("all", "quiet");
    synchronise();
    synchronise();
    var wrong = new ArrayList<String>();
    for (User user : users) {
      String said = user.child().demand("sync", SYNC);
      if (!said.startsWith("done 0 0 0 0 ")) {
        wrong.add(user.child().name() + " has still something to do: " + said);
      }
    }
    List<Stored> stored = new ArrayList<>();
    List<String> folders;
    List<String> subscribed;
    try (var device = new OtherDevice(server.imapPort())) {
      folders = device.folders();
      subscribed = device.subscribed();
      for (String folder : folders) {
        stored.addAll(device.read(folder));
      }
    }
    wrong.addAll(book.compare(stored));
    wrong.addAll(folderBook.compare(folders, subscribed));
    for (User user : users) {
      wrong.addAll(compare(user.child(), folders, stored));
    }
    wrong.addAll(accidents);
    if (!wrong.isEmpty()) {
      fail(wrong);
    }
    book.settle(stored);
    folderBook.settle(folders, subscribed);
    story.tell("all", "all is well, " + stored.size() + " messages");
    push();
  }

  /** A message that comes now is soon at every client that the server tells of it, though none asks. */
  private void push() throws IOException {
    String token = others.deliver(random, AccountBook.Kind.STAYS, "INBOX");
    for (int i = 0; i < CLIENTS; i++) {
      if (told(i)) {
        Child client = users.get(i).child();
        String said = client.demand("told " + token, SYNC);
        story.tell(client.name(), "told of " + token + " : " + said);
        if (!said.equals("done")) {
          fail(List.of(client.name() + " was not told of " + token + ": " + said));
        }
        story.count("told");
      }
    }
  }

  /** Every client until it is done; with nothing in the way it must be soon. */
  private void synchronise() {
    for (User user : users) {
      String said = "";
      for (int tries = 0; tries < TRIES && !said.startsWith("done"); tries++) {
        said = user.child().demand("sync", SYNC);
        story.tell(user.child().name(), "sync : " + said);
      }
      if (!said.startsWith("done")) {
        fail(List.of(user.child().name() + " does not come to an end: " + said));
      }
    }
  }

  private List<String> compare(Child client, List<String> folders, List<Stored> stored) {
    Set<String> there = new TreeSet<>();
    stored.stream().filter(s -> !(kind.marks() && s.marked()))
        .forEach(s -> there.add(s.folder() + ' ' + s.token() + ' ' + s.uid() + ' ' + s.flags().toString().replace(" ", "")));
    Set<String> here = new TreeSet<>();
    Set<String> names = new HashSet<>();
    var wrong = new ArrayList<String>();
    for (String line : client.demandLines("dump", SYNC)) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "folder" -> names.add(words[1]);
        case "row" -> {
          here.add(String.join(" ", words[1], words[2], words[3], words[4]));
          digest(client.name(), words, stored, wrong);
        }
        default -> wrong.add(client.name() + " has something queued: " + line);
      }
    }
    difference(Set.copyOf(folders), names).forEach(name -> wrong.add(client.name() + " has no folder " + name));
    difference(names, Set.copyOf(folders)).forEach(name -> wrong.add(client.name() + " has a folder that is not there: " + name));
    difference(here, there).forEach(row -> wrong.add(client.name() + " has what the server has not: " + row));
    difference(there, here).forEach(row -> wrong.add(client.name() + " has not what the server has: " + row));
    return wrong;
  }

  private static Set<String> difference(Set<String> some, Set<String> others) {
    var rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static void digest(String client, String[] words, List<Stored> stored, List<String> wrong) {
    boolean same = words[5].equals("-") || stored.stream().filter(s -> s.token().equals(words[2])).allMatch(s -> s.digest().equals(words[5]));
    if (!same) {
      wrong.add(client + " has other content of " + words[2] + " in " + words[1]);
    }
  }

  /** What every store says of itself. */
  void checkStores() {
    for (User user : users) {
      String said = user.child().demand("check", SYNC);
      if (!said.equals("done []")) {
        fail(List.of(user.child().name() + ": " + said));
      }
    }
  }

  private void fail(List<String> wrong) {
    var tokens = new TreeSet<String>();
    for (String line : wrong) {
      for (Matcher matcher = TOKEN.matcher(line); matcher.find();) {
        tokens.add(matcher.group());
      }
    }
    Path file = Path.of(System.getProperty("heliogram.chaos.log", System.getProperty("java.io.tmpdir")), "chaos-" + seed + ".log");
    story.write(file);
    keepDialogues(file.resolveSibling("chaos-" + seed + "-dialogues"));
    throw new AssertionError("seed " + seed + ", server " + kind.name().toLowerCase(Locale.ROOT) + ": " + wrong.size() + " things are wrong\n"
        + String.join("\n", wrong.subList(0, Math.min(40, wrong.size()))) + "\n\nThe whole story is in " + file + "; of these:\n" + story.of(tokens) + "\n\nWhat the clients said besides:\n"
        + String.join("\n", users.stream().map(user -> user.child().name() + ": " + user.child().errors()).toList()));
  }

  /** What clients and server said to each other. */
  private void keepDialogues(Path to) {
    try (Stream<Path> files = Files.list(server.home("user1").getParent().resolveSibling("rawlog").resolve("user1"))) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      story.tell("all", "the dialogues could not be kept: " + e);
    }
  }

  @Override
  public void close() {
    users.forEach(user -> user.child().close());
    lines.forEach(FaultProxy::close);
    server.close();
  }
}
