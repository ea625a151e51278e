/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliogram.core.model.Leaving;
import org.heliogram.it.chaos.AccountBook.Intent;
import org.heliogram.it.chaos.OtherDevice.Stored;

/**
 * What must be in a maildrop and on the machines that take mail from it: every message once on each machine, unless its user deleted it or
 * another machine was quicker and its user wants nothing to stay; and in the maildrop as long as every machine's setting says.
 */
final class MaildropBook {
  /** Where a message is on a machine. */
  enum Place { INBOX, ELSEWHERE, GONE }

  /** A message on a machine. @param flags lower case @param digest "-" where the content is not there */
  record Row(String folder, String token, String flags, String digest) {}

  /** What one machine does with one message. */
  private static final class Fate {
    Set<Place> places = Set.of(Place.INBOX);
    Set<Boolean> flagged = Set.of(false);
    boolean taken;
  }

  /** A message. */
  private static final class Mail {
    final String digest;
    final List<Fate> fates = new ArrayList<>();
    boolean delivered;

    Mail(String digest, int machines) {
      this.digest = digest;
      for (int i = 0; i < machines; i++) {
        fates.add(new Fate());
      }
    }
  }

  private final List<Leaving> settings;
  private final Map<String, Mail> mails = new TreeMap<>(); // guarded by this, like everything in them
  private int serial;

  MaildropBook(List<Leaving> settings) {
    this.settings = List.copyOf(settings);
  }

  /** @return the token of a message on its way */
  synchronized String newToken() {
    return "t" + ++serial;
  }

  synchronized void delivering(String token, byte[] content) {
    mails.put(token, new Mail(ChaosChild.digest(content), settings.size()));
  }

  synchronized void delivered(String token) {
    mails.get(token).delivered = true;
  }

  synchronized int size() {
    return mails.size();
  }

  /** Some message that may still be on a machine. */
  synchronized String any(Random random, int machine) {
    List<String> some = mails.entrySet().stream().filter(e -> !e.getValue().fates.get(machine).places.equals(Set.of(Place.GONE))).map(Map.Entry::getKey).toList();
    return some.isEmpty() ? "" : some.get(random.nextInt(some.size()));
  }

  synchronized Intent place(String token, int machine, Place to) {
    Fate fate = mails.get(token).fates.get(machine);
    Set<Place> before = fate.places;
    var both = new TreeSet<>(before);
    both.add(to);
    fate.places = both;
    return Intent.of(this, () -> {
      fate.places = Set.of(to);
      fate.taken = true;
    }, () -> fate.places = before);
  }

  synchronized Intent flag(String token, int machine, boolean set) {
    Fate fate = mails.get(token).fates.get(machine);
    Set<Boolean> before = fate.flagged;
    fate.flagged = Set.of(true, false);
    return Intent.of(this, () -> {
      fate.flagged = Set.of(set);
      fate.taken = true;
    }, () -> fate.flagged = before);
  }

  /** What is known to have arrived. */
  synchronized Set<String> delivered() {
    var tokens = new TreeSet<String>();
    mails.forEach((token, mail) -> {
      if (mail.delivered) {
        tokens.add(token);
      }
    });
    return tokens;
  }

  /**
   * With everything in motion: what had been delivered, and then was not in the maildrop any more, must then be on this machine, if it
   * alone deletes there.
   */
  synchronized List<String> tooSoon(int machine, Set<String> delivered, Collection<Stored> later, Collection<Row> rows) {
    var wrong = new ArrayList<String>();
    for (int other = 0; other < settings.size(); other++) {
      if (other != machine && settings.get(other) != Leaving.EVERYTHING && settings.get(other) != Leaving.SOME_DAYS) {
        return wrong;
      }
    }
    Set<String> there = tokens(later);
    mails.forEach((token, mail) -> {
      if (delivered.contains(token) && !there.contains(token) && !mail.fates.get(machine).places.contains(Place.GONE)
          && rows.stream().noneMatch(row -> row.token().equals(token) && row.digest().equals(mail.digest))) {
        wrong.add(token + " was deleted on the server before machine " + machine + " had it");
      }
    });
    return wrong;
  }

  private static Set<String> tokens(Collection<Stored> stored) {
    var tokens = new TreeSet<String>();
    stored.forEach(one -> tokens.add(one.token()));
    return tokens;
  }

  /** When all is quiet and everybody has looked twice. @param late whether the days are over after which nothing stays */
  synchronized List<String> compare(List<Stored> server, List<List<Row>> machines, boolean late) {
    var wrong = new ArrayList<String>();
    var there = new HashMap<String, Integer>();
    server.forEach(one -> there.merge(one.token(), 1, Integer::sum));
    mails.forEach((token, mail) -> {
      boolean mayBeGone = !mail.delivered;
      boolean mustBeGone = false;
      boolean listed = there.containsKey(token);
      for (int machine = 0; machine < settings.size(); machine++) {
        List<Row> rows = machines.get(machine).stream().filter(row -> row.token().equals(token)).toList();
        Fate fate = mail.fates.get(machine);
        compare(token + " on machine " + machine, mail, fate, rows, listed, wrong);
        Set<Boolean> over = over(settings.get(machine), fate, rows, late);
        mayBeGone |= over.contains(true);
        mustBeGone |= over.equals(Set.of(true));
      }
      if (there.getOrDefault(token, 0) > 1) {
        wrong.add(token + " is on the server twice");
      } else if (listed && mustBeGone) {
        wrong.add(token + " is still on the server, and should not be");
      } else if (!listed && !mayBeGone) {
        wrong.add(token + " was deleted on the server, and should not have been");
      }
    });
    return wrong;
  }

  private static void compare(String what, Mail mail, Fate fate, List<Row> rows, boolean listed, List<String> wrong) {
    if (rows.size() > 1) {
      wrong.add(what + " is there " + rows.size() + " times: " + rows);
    } else if (rows.isEmpty()) {
      if (!fate.places.contains(Place.GONE) && (fate.taken || listed)) {
        wrong.add(what + (fate.taken ? " is LOST" : " was not fetched"));
      }
    } else {
      Row row = rows.get(0);
      if (!fate.places.contains(place(row))) {
        wrong.add(what + " is in " + row.folder() + ", should be " + fate.places);
      }
      if (!row.digest().equals(mail.digest)) {
        wrong.add(what + " has other content: " + row.digest());
      }
      if (!fate.flagged.contains(flagged(row))) {
        wrong.add(what + " has flags " + row.flags());
      }
    }
  }

  private static Place place(Row row) {
    return row.folder().equals("INBOX") ? Place.INBOX : Place.ELSEWHERE;
  }

  private static boolean flagged(Row row) {
    return row.flags().toLowerCase(Locale.ROOT).contains("\\flagged");
  }

  /** Whether this machine was to delete it on the server; both where nobody knows whether the machine ever had it. */
  private static Set<Boolean> over(Leaving setting, Fate fate, List<Row> rows, boolean late) {
    boolean had = !rows.isEmpty() || fate.taken;
    Set<Boolean> unlessNeverHad = had ? Set.of(true) : fate.places.contains(Place.GONE) ? Set.of(true, false) : Set.of(false);
    return switch (setting) {
      case EVERYTHING -> Set.of(false);
      case UNTIL_TAKEN -> unlessNeverHad;
      case SOME_DAYS -> !late || !rows.isEmpty() && flagged(rows.get(0)) ? Set.of(false) : unlessNeverHad;
      case UNTIL_DELETED -> !rows.isEmpty() && place(rows.get(0)) == Place.INBOX ? Set.of(false) : unlessNeverHad;
    };
  }

  /** After a reckoning with nothing wrong: what is so is so. */
  synchronized void settle(List<Stored> server, List<List<Row>> machines) {
    Set<String> there = tokens(server);
    mails.forEach((token, mail) -> {
      mail.delivered |= there.contains(token);
      for (int machine = 0; machine < settings.size(); machine++) {
        Fate fate = mail.fates.get(machine);
        List<Row> rows = machines.get(machine).stream().filter(row -> row.token().equals(token)).toList();
        fate.taken |= !rows.isEmpty();
        fate.places = Set.of(rows.isEmpty() ? Place.GONE : place(rows.get(0)));
        fate.flagged = Set.of(!rows.isEmpty() && flagged(rows.get(0)));
      }
    });
  }
}
