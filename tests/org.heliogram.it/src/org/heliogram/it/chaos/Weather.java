/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.heliogram.testing.server.FaultProxy.Fault;
import org.heliogram.testing.server.FaultProxy.Kind;
import org.heliogram.testing.server.FaultProxy.Way;

/** Bad luck: connections break, the server hangs, dies, and renumbers mailboxes. */
final class Weather {
  private final String commands;
  private final List<String> places;
  private final DovecotServer server;
  private final ServerKind kind;
  private final Story story;
  private final ReadWriteLock up = new ReentrantReadWriteLock(true);
  private long validity = 3_000_000_000L;

  /** @param commands what faults are aimed at on a line in the open @param places folders that are renumbered */
  Weather(DovecotServer server, ServerKind kind, Story story, String commands, List<String> places) {
    this.commands = commands;
    this.places = places;
    this.server = server;
    this.kind = kind;
    this.story = story;
  }

  /** Held by those who want no harm to come to the server meanwhile. */
  ReadWriteLock up() {
    return up;
  }

  /** One line's weather. @param secure whether an octet that is changed is noticed */
  void onTheLine(FaultProxy proxy, boolean secure, String name, Random random, BooleanSupplier on) {
    while (on.getAsBoolean()) {
      Pause.of(Duration.ofMillis(random.nextInt(800)), on);
      if (random.nextInt(8) == 0) {
        story.tell(name, "line: all connections cut");
        story.count("connections cut");
        proxy.cutAll();
        continue;
      }
      Fault fault = secure ? blind(random) : aimed(random);
      story.tell(name, "line: " + (fault.when() == null ? fault.kind() + " " + fault.way() + " at " + fault.at()
          : "on " + fault.when() + " " + fault.then().kind() + " " + fault.then().way()));
      long before = proxy.fired();
      proxy.set(fault);
      Pause.of(Duration.ofMillis(200 + random.nextInt(2_500)), on);
      proxy.set();
      if (proxy.fired() > before || fault.kind() == Kind.DELAY || fault.kind() == Kind.TRICKLE) {
        story.count("line " + (fault.then() == null ? fault.kind() : fault.then().kind()));
      }
    }
    proxy.set();
    proxy.cutAll(); // One that hangs would hang for ever.
  }

  /** On TLS nobody knows what passes; but nothing that is changed goes unnoticed. */
  private static Fault blind(Random random) {
    Way way = random.nextBoolean() ? Way.TO_CLIENT : Way.TO_SERVER;
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    return switch (kind) {
      case DELAY -> FaultProxy.fault(kind, way, 1 + random.nextInt(80));
      case REFUSE, TRICKLE -> FaultProxy.fault(kind, way, 0);
      case DROP, DOUBLE -> FaultProxy.fault(kind, way, random.nextInt(4_000), 1 + random.nextInt(40));
      case CUT, RESET, HANG, GARBLE -> FaultProxy.fault(kind, way, random.nextInt(8_000));
    };
  }

  /** In the open: just before a command arrives, just after it did, or in the middle of its answer. */
  private Fault aimed(Random random) {
    Kind kind = List.of(Kind.CUT, Kind.RESET, Kind.HANG).get(random.nextInt(3));
    Fault then = random.nextBoolean() ? FaultProxy.fault(kind, Way.TO_CLIENT, random.nextInt(60))
        : FaultProxy.fault(kind, Way.TO_SERVER, random.nextInt(30));
    return FaultProxy.on(Way.TO_SERVER, commands, then);
  }

  /** The server's. */
  void atTheServer(Random random, BooleanSupplier on) {
    while (on.getAsBoolean()) {
      Pause.of(Duration.ofMillis(500 + random.nextInt(3_000)), on);
      if (!on.getAsBoolean()) {
        return;
      }
      up.writeLock().lock();
      try {
        strike(random, on);
      } finally {
        up.writeLock().unlock();
      }
    }
  }

  private void strike(Random random, BooleanSupplier on) {
    switch (random.nextInt(5)) {
      case 0 -> {
        story.tell("server", "paused");
        story.count("server paused");
        server.pause();
        Pause.of(Duration.ofMillis(random.nextInt(5_500)), on);
        server.resume();
        story.tell("server", "resumed");
      }
      case 1 -> {
        story.tell("server", "killed");
        story.count("server killed");
        server.kill9();
        Pause.of(Duration.ofMillis(random.nextInt(1_000)), on);
        server.crashStart();
        story.tell("server", "started");
      }
      case 2 -> renumber(folder(random));
      default -> {
        validity += 1 + random.nextInt(1_000);
        String folder = folder(random);
        story.tell("server", "UIDVALIDITY of " + folder + " is " + validity);
        story.count("UIDVALIDITY reset");
        server.uidValidity("user1", folder, validity);
      }
    }
  }

  private String folder(Random random) {
    return places.get(random.nextInt(places.size()));
  }

  /** A maildir whose list of UIDs is lost gets new ones for everything, in another order. */
  private void renumber(String folder) {
    if (!kind.maildir()) {
      return;
    }
    story.tell("server", "killed, and lost the UIDs of " + folder);
    story.count("UIDs renumbered");
    server.kill9();
    Path maildir = server.home("user1").resolve("Maildir");
    Path place = folder.equals("INBOX") ? maildir : maildir.resolve(folder);
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(f -> f.getFileName().toString().matches("dovecot-uidlist|dovecot\\.index.*")).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.crashStart();
    story.tell("server", "started");
  }
}
