/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.heliogram.it.chaos.AccountBook.Intent;
import org.heliogram.it.chaos.MaildropBook.Place;
import org.heliogram.it.chaos.MaildropBook.Row;
import org.heliogram.it.chaos.OtherDevice.Stored;

/** One of the machines that take mail from a maildrop, with its user, and somebody who pulls its plug, fills its disk and sets its clock. */
final class Machine {
  private static final Duration ANSWER = Duration.ofMinutes(3);
  private static final List<String> FOLDERS = List.of("Trash", "Archive");
  private static final int PIECE = 1 << 20;
  private final int number;
  private final Child child;
  private final int imapPort;
  private final Optional<Path> disk;
  private final MaildropBook book;
  private final Story story;
  private final Lock serverUp;
  private final Queue<String> accidents;

  /** @param imapPort where to see what the maildrop holds @param disk a small one that can be filled @param serverUp held while looking there */
  Machine(int number, Child child, int imapPort, Optional<Path> disk, MaildropBook book, Story story, Lock serverUp, Queue<String> accidents) {
    this.number = number;
    this.child = child;
    this.imapPort = imapPort;
    this.disk = disk;
    this.book = book;
    this.story = story;
    this.serverUp = serverUp;
    this.accidents = accidents;
  }

  Child child() {
    return child;
  }

  void work(Random random, BooleanSupplier on) {
    tell("online");
    while (on.getAsBoolean()) {
      switch (random.nextInt(20)) {
        case 0 -> tell("offline");
        case 1, 2, 3 -> tell("online");
        case 4, 5 -> {
          Pause.of(Duration.ofMillis(random.nextInt(500)), on);
          kill();
          revive();
        }
        case 6 -> setClock(random);
        case 7 -> fillDisk(random, on);
        default -> change(random, random.nextInt(30) == 0);
      }
      Pause.of(Duration.ofMillis(random.nextInt(150)), on);
    }
    tell("offline");
  }

  private void tell(String command) {
    story.tell(child.name(), command);
    child.demand(command, ANSWER);
  }

  private void kill() {
    story.tell(child.name(), "SIGKILL");
    story.count("clients killed");
    child.kill();
  }

  private void revive() {
    child.start();
    story.tell(child.name(), "started again");
    lookBehind();
    tell("online");
  }

  /** What the server has not any more when it was killed must be here now. */
  private void lookBehind() {
    serverUp.lock();
    try (var device = new OtherDevice(imapPort)) {
      Set<String> delivered = book.delivered();
      List<Stored> there = device.read("INBOX");
      List<String> wrong = book.tooSoon(number, delivered, there, rows());
      wrong.forEach(line -> accidents.add(child.name() + ": " + line));
      story.count("looked behind");
    } catch (IOException e) {
      story.tell(child.name(), "the server cannot be seen: " + e.getMessage());
    } finally {
      serverUp.unlock();
    }
  }

  /** Everything here. */
  List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (String line : child.demandLines("dump", ANSWER)) {
      String[] words = line.split(" ");
      if (words[0].equals("row")) {
        rows.add(new Row(words[1], words[2], words[4], words[5]));
      }
    }
    return rows;
  }

  /** Years ahead or back: nobody was away for so long. */
  private void setClock(Random random) {
    int days = 100 + random.nextInt(4_000);
    tell("clock P" + (random.nextBoolean() ? "" : "-") + days + "D");
    story.count("clocks set");
  }

  private void fillDisk(Random random, BooleanSupplier on) {
    if (disk.isEmpty()) {
      return;
    }
    Path ballast = disk.get().resolve("ballast");
    story.tell(child.name(), "disk full");
    story.count("disks full");
    try {
      fill(ballast);
      Pause.of(Duration.ofMillis(random.nextInt(1_500)), on);
      if (random.nextInt(3) == 0) {
        kill();
      }
      Files.delete(ballast);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    story.tell(child.name(), "disk has space again");
    if (!child.alive()) {
      revive();
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      for (int size = PIECE; size >= 1_024; size /= 2) {
        pour(out, size);
      }
    }
  }

  private static void pour(java.io.OutputStream out, int size) {
    try {
      while (true) {
        out.write(new byte[size]);
      }
    } catch (IOException e) {
      return; // Full, as it should be.
    }
  }

  private void change(Random random, boolean deadly) {
    String token = book.any(random, number);
    if (token.isEmpty()) {
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> perform("delete " + token, book.place(token, number, Place.GONE), random, deadly);
      case 1, 2 -> perform("move " + token + ' ' + FOLDERS.get(random.nextInt(FOLDERS.size())), book.place(token, number, Place.ELSEWHERE), random, deadly);
      default -> {
        boolean set = random.nextInt(3) == 0;
        perform("flag " + token + ' ' + (set ? '+' : '-') + " \\Flagged", book.flag(token, number, set), random, deadly);
      }
    }
  }

  private void perform(String command, Intent intent, Random random, boolean deadly) {
    story.count("operations");
    child.tell(command);
    if (deadly) {
      Pause.of(Duration.ofMillis(random.nextInt(25)), () -> true);
      kill();
    }
    Optional<String> answer = child.answer(ANSWER);
    story.tell(child.name(), command + " : " + answer.orElse("(no answer)"));
    if (answer.isEmpty()) {
      if (!deadly) {
        throw new AssertionError(child.name() + " died by itself: " + child.errors());
      }
      intent.doubtful();
    } else if (answer.get().startsWith("done")) {
      intent.accepted();
    } else {
      intent.dropped();
    }
    if (deadly) {
      revive();
    }
  }

  static byte[] letter(String token, int lines) {
    return ("From: Ada <ada@example.org>\r\nTo: user1@example.org\r\nSubject: " + token + "\r\nMessage-ID: " + AccountBook.messageId(token)
        + "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\n" + ("." + token + "\r\n").repeat(lines)).getBytes(StandardCharsets.US_ASCII);
  }
}
