/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.heliogram.it.chaos.AccountBook.Entry;
import org.heliogram.it.chaos.AccountBook.Intent;
import org.heliogram.it.chaos.AccountBook.Kind;

/** A user at one of the clients, and somebody who pulls the plug. */
final class User {
  private static final Duration ANSWER = Duration.ofMinutes(3);
  private final int number;
  private final Child child;
  private final AccountBook book;
  private final FolderBook folders;
  private final Story story;

  User(int number, Child child, AccountBook book, FolderBook folders, Story story) {
    this.number = number;
    this.child = child;
    this.book = book;
    this.folders = folders;
    this.story = story;
  }

  Child child() {
    return child;
  }

  void work(Random random, BooleanSupplier on) {
    tell("online");
    while (on.getAsBoolean()) {
      switch (random.nextInt(28)) {
        case 0 -> tell("offline");
        case 1, 2, 3 -> tell("online");
        case 4 -> killIdle(random, on);
        case 5 -> sleep(Duration.ofMillis(random.nextInt(2_000)), on);
        case 6, 7, 8, 9 -> changeFolder(random, random.nextInt(8) == 0);
        default -> change(random, random.nextInt(40) == 0);
      }
      Pause.of(Duration.ofMillis(random.nextInt(120)), on);
    }
    // Stops at the next folder's end at the latest.
    tell("offline");
  }

  private void tell(String command) {
    story.tell(child.name(), command);
    if (child.ask(command, ANSWER).isEmpty()) {
      throw new AssertionError(child.name() + " died by itself: " + child.errors());
    }
  }

  private void killIdle(Random random, BooleanSupplier on) {
    Pause.of(Duration.ofMillis(random.nextInt(300)), on);
    kill();
    revive();
  }

  /** The lid is closed. */
  private void sleep(Duration time, BooleanSupplier on) {
    story.tell(child.name(), "sleeps");
    story.count("clients asleep");
    child.signal("STOP");
    Pause.of(time, on);
    child.signal("CONT");
    story.tell(child.name(), "wakes up");
  }

  private void kill() {
    story.tell(child.name(), "SIGKILL");
    story.count("clients killed");
    child.kill();
  }

  private void revive() {
    child.start();
    story.tell(child.name(), "started again");
    tell("online");
  }

  private void change(Random random, boolean deadly) {
    boolean flag = random.nextInt(10) < 6;
    List<Entry> some = book.living(e -> flag ? e.kind != Kind.SHUTTLES || random.nextInt(4) == 0 : e.kind == Kind.MOVES && e.owner == number);
    if (some.isEmpty()) {
      return;
    }
    Entry entry = some.get(random.nextInt(some.size()));
    if (flag) {
      String name = book.flagsOf(number).get(random.nextInt(2));
      boolean set = random.nextBoolean();
      perform("flag " + entry.token + ' ' + (set ? '+' : '-') + ' ' + name, book.flag(entry, name, set), random, deadly);
    } else if (random.nextInt(6) == 0) {
      perform("delete " + entry.token, book.place(entry, AccountBook.GONE), random, deadly);
    } else if (random.nextInt(5) == 0) {
      perform("copy " + entry.token + ' ' + AccountBook.COPIES, book.copy(entry), random, deadly);
    } else {
      String to = place(random);
      perform("move " + entry.token + ' ' + to, book.place(entry, to), random, deadly);
    }
  }

  private String place(Random random) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> FolderBook.own(number);
      case 2 -> FolderBook.sub(number);
      case 3 -> FolderBook.bin(number);
      default -> AccountBook.PLACES.get(random.nextInt(AccountBook.PLACES.size()));
    };
  }

  private void changeFolder(Random random, boolean deadly) {
    story.count("folder operations");
    String own = FolderBook.own(number);
    String bin = FolderBook.bin(number);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        String to = any(FolderBook.choices(own), random);
        perform("rename " + own + ' ' + to, folders.named(own, to), random, deadly);
      }
      case 3, 4 -> perform("make " + bin, folders.made(bin), random, deadly);
      case 5 -> perform("drop " + bin, Intent.both(folders.deleted(bin), book.emptied(bin)), random, deadly);
      case 6 -> perform("rename " + AccountBook.SHUTTLE + ' ' + any(FolderBook.choices(AccountBook.SHUTTLE), random), Intent.of(this, () -> { }, () -> { }),
          random, deadly);
      default -> {
        String folder = FolderBook.subscribed(number);
        boolean subscribe = random.nextBoolean();
        perform("subscribe " + folder + ' ' + (subscribe ? '+' : '-'), folders.subscribed(folder, subscribe), random, deadly);
      }
    }
  }

  private static String any(List<String> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }

  /** @param deadly kills it at once, so that it may or may not have heard */
  private void perform(String command, Intent intent, Random random, boolean deadly) {
    story.count("operations");
    child.tell(command);
    if (deadly) {
      Pause.of(Duration.ofMillis(random.nextInt(25)), () -> true);
      kill();
    }
    Optional<String> answer = child.answer(ANSWER);
    story.tell(child.name(), command + " : " + answer.orElse("(no answer)"));
    if (answer.isEmpty() && !deadly) {
      throw new AssertionError(child.name() + " died by itself: " + child.errors());
    }
    if (answer.isEmpty()) {
      intent.doubtful();
    } else if (answer.get().startsWith("done")) {
      story.count("accepted");
      intent.accepted();
    } else {
      intent.dropped();
    }
    if (deadly) {
      revive();
    }
  }
}
