/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliogram.core.model.Leaving;
import org.heliogram.it.chaos.MaildropBook.Row;
import org.heliogram.it.chaos.OtherDevice.Stored;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.FaultProxy.Kind;
import org.heliogram.testing.server.FaultProxy.Way;

/** One maildrop and the machines that take mail from it, for some rounds. A round is a time of chaos, then quiet, then reckoning. */
final class MaildropRun implements AutoCloseable {
  private static final List<List<Leaving>> SETTINGS = List.of(
      List.of(Leaving.UNTIL_TAKEN, Leaving.EVERYTHING),
      List.of(Leaving.UNTIL_DELETED, Leaving.EVERYTHING),
      List.of(Leaving.UNTIL_DELETED, Leaving.SOME_DAYS),
      List.of(Leaving.UNTIL_TAKEN, Leaving.UNTIL_DELETED),
      List.of(Leaving.SOME_DAYS, Leaving.EVERYTHING));
  private static final int FIRST_MAIL = 20;
  private static final int TRIES = 8;
  private static final int CROWDED = 250;
  private static final int DISK_MEGABYTES = 64;
  private static final Duration SYNC = Duration.ofMinutes(3);
  private static final Pattern TOKEN = Pattern.compile("\\bt\\d+\\b");
  private final long seed;
  private final Random random;
  private final Path work;
  private final List<Leaving> settings;
  private final Story story = new Story();
  private final Queue<String> accidents = new ConcurrentLinkedQueue<>();
  private final List<FaultProxy> lines = new ArrayList<>();
  private final List<Machine> machines = new ArrayList<>();
  private final MaildropBook book;
  private final DovecotServer server;
  private final Weather weather;
  private Optional<Path> disk = Optional.empty();

  MaildropRun(long seed, Path work) throws IOException {
    this.seed = seed;
    this.work = work;
    this.random = new Random(seed);
    this.settings = SETTINGS.get((int) Math.floorMod(seed, SETTINGS.size()));
    this.book = new MaildropBook(settings);
    this.server = start(seed);
    this.weather = new Weather(server, Math.floorMod(seed, 2) == 0 ? ServerKind.EVERYTHING : ServerKind.MULTI_DBOX, story, "RETR|DELE|QUIT|UIDL", List.of("INBOX"));
    for (int i = 0; i < FIRST_MAIL; i++) {
      deliver(random);
    }
    Path anchors = Files.writeString(work.resolve("anchors.pem"), server.anchors());
    for (int i = 0; i < settings.size(); i++) {
      machines.add(machine(i, anchors));
    }
    machines.forEach(machine -> machine.child().start());
    synchronise();
  }

  /** Half of them let one in at a time. */
  private static DovecotServer start(long seed) throws IOException {
    Path extra = Files.createTempFile("dvt", ".conf", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    Files.writeString(extra, "protocol pop3 {\n  pop3_lock_session = " + (Math.floorMod(seed, 4) < 2 ? "yes" : "no") + "\n}\n");
    Files.setPosixFilePermissions(extra, PosixFilePermissions.fromString("rw-r--r--"));
    extra.toFile().deleteOnExit();
    return DovecotServer.start("MAIL=" + (Math.floorMod(seed, 2) == 0 ? "maildir" : "mdbox"), "EXTRA=" + extra, "RAWLOG=1");
  }

  private Machine machine(int number, Path anchors) throws IOException {
    boolean secure = number > 0;
    var line = new FaultProxy(secure ? server.pop3sPort() : server.pop3Port());
    lines.add(line);
    String name = "machine" + number;
    Path place = Files.createDirectories(work.resolve(name));
    if (number == 0 && mounted("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", place.toString())) {
      disk = Optional.of(place);
    }
    var child = new Child(name, place, List.of(Integer.toString(line.port()), secure ? "TLS" : "NONE", anchors.toString(), "ALL", "false",
        settings.get(number).name()), said -> {
          story.tell(name, "! " + said);
          accidents.add(name + ": " + said);
        });
    return new Machine(number, child, server.imapPort(), number == 0 ? disk : Optional.empty(), book, story, weather.up().readLock(), accidents);
  }

  private static boolean mounted(String... line) {
    try {
      return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Story story() {
    return story;
  }

  private void deliver(Random dice) throws IOException {
    String token = book.newToken();
    byte[] content = Machine.letter(token, 1 + dice.nextInt(dice.nextInt(10) == 0 ? 8_000 : 60));
    book.delivering(token, content);
    story.tell("sender", "delivers " + token);
    try (var device = new OtherDevice(server.imapPort())) {
      device.append("INBOX", content);
    }
    book.delivered(token);
    story.count("delivered");
  }

  private void send(Random dice, BooleanSupplier on) {
    while (on.getAsBoolean()) {
      weather.up().readLock().lock();
      try {
        if (book.size() < CROWDED) {
          deliver(dice);
        }
      } catch (IOException e) {
        story.tell("sender", "broken: " + e.getMessage());
      } finally {
        weather.up().readLock().unlock();
      }
      Pause.of(Duration.ofMillis(dice.nextInt(400)), on);
    }
  }

  /** Now and then the server dies when it is told to delete: the session does not end well, and nobody may believe it did. */
  private void dieAtTheEnd(Random dice, BooleanSupplier on) {
    while (on.getAsBoolean()) {
      Pause.of(Duration.ofMillis(500 + dice.nextInt(3_000)), on);
      FaultProxy line = lines.get(0);
      long before = line.fired();
      line.set(FaultProxy.on(Way.TO_SERVER, "QUIT", FaultProxy.fault(Kind.HANG, dice.nextBoolean() ? Way.TO_SERVER : Way.TO_CLIENT, dice.nextInt(8))));
      for (int i = 0; i < 20 && line.fired() == before; i++) {
        Pause.of(Duration.ofMillis(50), on);
      }
      if (line.fired() > before) {
        weather.up().writeLock().lock();
        try {
          story.tell("server", "killed at QUIT");
          story.count("server killed at QUIT");
          server.kill9();
          server.crashStart();
        } finally {
          weather.up().writeLock().unlock();
        }
      }
      line.set();
    }
  }

  /** Chaos for a while, then the reckoning. */
  void round(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    BooleanSupplier on = () -> System.nanoTime() < end && accidents.isEmpty();
    var actors = new ArrayList<Thread>();
    for (int i = 0; i < machines.size(); i++) {
      int number = i;
      Random dice = new Random(random.nextLong());
      Random sky = new Random(random.nextLong());
      actors.add(actor("user " + i, () -> machines.get(number).work(dice, on)));
      if (number > 0 || random.nextBoolean()) {
        actors.add(actor("line " + i, () -> weather.onTheLine(lines.get(number), number > 0, "machine" + number, sky, on)));
      } else {
        actors.add(actor("end", () -> dieAtTheEnd(sky, on)));
      }
    }
    Random dice = new Random(random.nextLong());
    Random sky = new Random(random.nextLong());
    actors.add(actor("sender", () -> send(dice, on)));
    actors.add(actor("server", () -> weather.atTheServer(sky, on)));
    actors.forEach(MaildropRun::join);
    story.count("rounds");
    reckon(false);
  }

  private Thread actor(String name, Runnable deeds) {
    Thread thread = new Thread(deeds, name);
    thread.setUncaughtExceptionHandler((dead, reason) -> accidents.add(name + ": " + reason));
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The days go by, a few hours at a time: what was to stay so long goes now. */
  void daysGoBy() throws IOException {
    for (int i = 0; i < 6; i++) {
      machines.forEach(machine -> machine.child().demand("clock PT7H", SYNC));
      synchronise();
    }
    reckon(true);
  }

  private void reckon(boolean late) throws IOException {
    if (!accidents.isEmpty()) {
      fail(List.copyOf(accidents));
    }
    story.tell("all", "quiet");
    synchronise();
    synchronise();
    var rows = new ArrayList<List<Row>>();
    List<Stored> stored;
    try (var device = new OtherDevice(server.imapPort())) {
      stored = device.read("INBOX");
    }
    machines.forEach(machine -> rows.add(machine.rows()));
    var wrong = new ArrayList<>(book.compare(stored, rows, late));
    wrong.addAll(accidents);
    if (!wrong.isEmpty()) {
      fail(wrong);
    }
    book.settle(stored, rows);
    story.tell("all", "all is well, " + stored.size() + " messages in the maildrop");
  }

  /** Every machine until it is done; with nothing in the way it must be soon. */
  private void synchronise() {
    for (Machine machine : machines) {
      String said = "";
      for (int tries = 0; tries < TRIES && !said.startsWith("done"); tries++) {
        said = machine.child().demand("sync", SYNC);
        story.tell(machine.child().name(), "sync : " + said);
      }
      if (!said.startsWith("done")) {
        fail(List.of(machine.child().name() + " does not come to an end: " + said));
      }
    }
  }

  /** What every store says of itself. */
  void checkStores() {
    for (Machine machine : machines) {
      String said = machine.child().demand("check", SYNC);
      if (!said.equals("done []")) {
        fail(List.of(machine.child().name() + ": " + said));
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
    Path file = Path.of(System.getProperty("heliogram.chaos.log", System.getProperty("java.io.tmpdir")), "maildrop-" + seed + ".log");
    story.write(file);
    throw new AssertionError("seed " + seed + ", " + settings + ": " + wrong.size() + " things are wrong\n"
        + String.join("\n", wrong.subList(0, Math.min(40, wrong.size()))) + "\n\nThe whole story is in " + file + "; of these:\n" + story.of(tokens)
        + "\n\nWhat the machines said besides:\n"
        + String.join("\n", machines.stream().map(machine -> machine.child().name() + ": " + machine.child().errors()).toList()));
  }

  @Override
  public void close() {
    machines.forEach(machine -> machine.child().close());
    disk.ifPresent(place -> mounted("umount", "-l", place.toString()));
    lines.forEach(FaultProxy::close);
    server.close();
  }
}
