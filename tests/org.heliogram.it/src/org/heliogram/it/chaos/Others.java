/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.heliogram.it.chaos.AccountBook.Entry;
import org.heliogram.it.chaos.AccountBook.Intent;
import org.heliogram.it.chaos.AccountBook.Kind;

/** What happens on the server by the hand of others: mail comes in, another device marks, moves, deletes and renames. */
final class Others {
  private static final int CROWDED = 140;
  private final int port;
  private final AccountBook book;
  private final Story story;
  private final Lock serverUp;
  private Optional<OtherDevice> device = Optional.empty();

  Others(int port, AccountBook book, Story story, Lock serverUp) {
    this.port = port;
    this.book = book;
    this.story = story;
    this.serverUp = serverUp;
  }

  void work(Random random, BooleanSupplier on) {
    while (on.getAsBoolean()) {
      act(random);
      Pause.of(Duration.ofMillis(random.nextInt(250)), on);
    }
    device = Optional.empty();
  }

  private void act(Random random) {
    serverUp.lock();
    try {
      if (device.isEmpty()) {
        device = Optional.of(new OtherDevice(port));
      }
      step(random);
    } catch (IOException e) {
      story.tell("other", "broken: " + e.getMessage());
      device = Optional.empty();
    } finally {
      serverUp.unlock();
    }
  }

  private void step(Random random) throws IOException {
    int what = random.nextInt(20);
    if (what < 7 && book.living(e -> true).size() < CROWDED) {
      deliver(random);
    } else if (what < 12) {
      flag(random);
    } else if (what < 18) {
      moveOrDelete(random);
    } else if (what == 18) {
      rename(random);
    } else {
      comeAndGo();
    }
  }

  /** Some mail. */
  void deliver(Random random) throws IOException {
    int kind = random.nextInt(8);
    deliver(random, kind < 3 ? Kind.STAYS : kind < 7 ? Kind.MOVES : Kind.SHUTTLES);
  }

  private void deliver(Random random, Kind kind) throws IOException {
    deliver(random, kind, kind == Kind.SHUTTLES ? AccountBook.SHUTTLE : random.nextInt(3) > 0 ? "INBOX" : "Work");
  }

  /** @return its token */
  String deliver(Random random, Kind kind, String place) throws IOException {
    if (device.isEmpty()) {
      device = Optional.of(new OtherDevice(port));
    }
    String token = book.newToken();
    byte[] content = ("From: Ada <ada@example.org>\r\nTo: user1@example.org\r\nSubject: " + token + "\r\nMessage-ID: " + AccountBook.messageId(token)
        + "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\n" + (token + "\r\n").repeat(1 + random.nextInt(random.nextInt(10) == 0 ? 8_000 : 60)))
            .getBytes(StandardCharsets.US_ASCII);
    Intent delivery = book.delivery(token, kind, place, content);
    story.tell("other", "delivers " + token + " into " + place);
    try {
      device.get().append(kind == Kind.SHUTTLES ? device.get().place(place) : place, content);
      delivery.accepted();
      story.count("delivered");
      return token;
    } catch (IOException e) {
      delivery.doubtful();
      throw e;
    }
  }

  /** Does it to one message, and tells the book. @param from where it is */
  private void perform(Entry entry, String from, String what, String command, Intent intent) throws IOException {
    try {
      device.get().select(entry.kind == Kind.SHUTTLES ? device.get().place(from) : from);
      List<Long> uids = device.get().find(entry.token);
      story.tell("other", what + ' ' + entry.token + " : " + uids);
      if (uids.isEmpty()) {
        intent.dropped();
        return;
      }
      device.get().command(command.replace("%", Long.toString(uids.get(0))));
      if (what.equals("deletes")) {
        device.get().command("UID EXPUNGE " + uids.get(0));
      }
      intent.accepted();
      story.count("by others");
    } catch (IOException e) {
      intent.doubtful();
      throw e;
    }
  }

  private Optional<Entry> any(Random random, java.util.function.Predicate<Entry> wanted) {
    List<Entry> some = book.living(wanted.and(Entry::certain));
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  private void flag(Random random) throws IOException {
    Optional<Entry> entry = any(random, e -> e.kind == Kind.STAYS || e.owner == book.other());
    if (entry.isPresent()) {
      String flag = book.flagsOf(book.other()).get(random.nextInt(2));
      boolean set = random.nextBoolean();
      perform(entry.get(), entry.get().place(), (set ? "sets " : "clears ") + flag + " of", "UID STORE % " + (set ? '+' : '-') + "FLAGS (" + flag + ')',
          book.flag(entry.get(), flag, set));
    }
  }

  private void moveOrDelete(Random random) throws IOException {
    boolean crowded = book.living(e -> true).size() > CROWDED / 2;
    Optional<Entry> entry = any(random, e -> e.owner == book.other() && (e.kind == Kind.MOVES || crowded && random.nextInt(4) == 0));
    if (entry.isEmpty()) {
      return;
    }
    String from = entry.get().place();
    if (entry.get().kind != Kind.MOVES || random.nextInt(4) == 0) {
      perform(entry.get(), from, "deletes", "UID STORE % +FLAGS (\\Deleted)", book.place(entry.get(), AccountBook.GONE));
    } else {
      String to = AccountBook.PLACES.get(random.nextInt(AccountBook.PLACES.size()));
      if (!to.equals(from)) {
        perform(entry.get(), from, "moves to " + to, "UID MOVE % \"" + to + '"', book.place(entry.get(), to));
      }
    }
  }

  private void rename(Random random) throws IOException {
    String from = device.get().place(AccountBook.SHUTTLE);
    List<String> choices = FolderBook.choices(AccountBook.SHUTTLE).stream().filter(name -> !name.equals(from)).toList();
    String to = choices.get(random.nextInt(choices.size()));
    story.tell("other", "renames " + from + " to " + to);
    device.get().command("RENAME \"" + from + "\" \"" + to + '"');
    story.count("folders renamed by others");
  }

  private void comeAndGo() throws IOException {
    boolean there = device.get().folders().contains("Passing");
    story.tell("other", (there ? "deletes" : "creates") + " folder Passing");
    device.get().command((there ? "DELETE" : "CREATE") + " Passing");
  }
}
