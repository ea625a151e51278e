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
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private final int number;
  private final Child child;
  private final AccountBook book;
  private final Story story;

  User(int number, Child child, AccountBook book, Story story) {
    this.number = number;
    this.child = child;
    this.book = book;
    this.story = story;
  }

  Child child() {
    return child;
  }

  void work(Random random, BooleanSupplier on) {
    tell("online");
    while (on.getAsBoolean()) {
      switch (random.nextInt(24)) {
        case 0 -> tell("offline");
        case 1, 2, 3 -> tell("online");
        case 4 -> killIdle(random, on);
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
      String to = AccountBook.PLACES.get(random.nextInt(AccountBook.PLACES.size()));
      perform("move " + entry.token + ' ' + to, book.place(entry, to), random, deadly);
    }
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
