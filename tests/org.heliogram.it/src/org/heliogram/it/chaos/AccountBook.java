/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.heliogram.it.chaos.OtherDevice.Stored;

/**
 * What must be on the server. Every message has a token (its Message-ID) and every property of it one owner, who alone changes it, so
 * that what it must be can be decided: where a message is and whether it is at all is its owner's; flags that everybody sets on messages
 * that stay where they are have an owner each. An intent whose acceptance was not heard of, because the client was killed at that moment,
 * leaves both possible. Folders have the names of the {@link FolderBook}.
 *
 * <p>Flags are only held against the book where their owner also owns the place, or where the message never moves: a mark made here on
 * a message that somebody else moves at the same time may go with the row it was made on.
 */
final class AccountBook {
  static final String COPIES = "Copies";
  static final String SHUTTLE = "Shuttle";
  static final String GONE = "(gone)";
  static final List<String> PLACES = List.of("INBOX", "Work", "Archive", "Trash");
  private static final String DOMAIN = "@ledger";
  private final Random random;
  private final int clients;
  private final Map<String, Entry> entries = new TreeMap<>(); // guarded by this, like everything in them
  private int serial;
  private int copies;
  private int deletions;

  /** What moves it. */
  enum Kind { STAYS, MOVES, SHUTTLES }

  /** One message. */
  final class Entry {
    final String token;
    final Kind kind;
    final int owner;
    private final String digest;
    private Set<String> places = new TreeSet<>();
    private final Map<String, Set<Boolean>> flags = new HashMap<>();
    private int copiesLeast;
    private int copiesMost;

    private Entry(String token, Kind kind, int owner, String place, String digest) {
      this.token = token;
      this.kind = kind;
      this.owner = owner;
      this.digest = digest;
      places.add(place);
    }

    boolean certainlyGone() {
      return places.equals(Set.of(GONE));
    }

    boolean certain() {
      return places.size() == 1 && !certainlyGone();
    }

    /** Where it is, if that is certain. */
    String place() {
      return places.iterator().next();
    }

    /** Who may set a flag so that it is held against the book. */
    boolean holds(String flag) {
      return kind == Kind.STAYS || kind == Kind.MOVES && flagsOf(owner).contains(flag);
    }
  }

  /** An intent on its way: exactly one of the three is called. */
  interface Intent {
    /** It was accepted. */
    void accepted();

    /** It was not: nothing was changed. */
    void dropped();

    /** Nobody knows. */
    void doubtful();

    /** Both stay possible as long as nobody knows. */
    static Intent of(Object guard, Runnable whenAccepted, Runnable whenDropped) {
      return new Change(guard, whenAccepted, whenDropped);
    }

    /** Two that are one. */
    static Intent both(Intent one, Intent other) {
      return new Change(new Object(), () -> {
        one.accepted();
        other.accepted();
      }, () -> {
        one.dropped();
        other.dropped();
      });
    }
  }

  AccountBook(Random random, int clients) {
    this.random = random;
    this.clients = clients;
  }

  static String messageId(String token) {
    return '<' + token + DOMAIN + '>';
  }

  static String token(String messageId) {
    return messageId.startsWith("<") && messageId.endsWith(DOMAIN + '>') ? messageId.substring(1, messageId.length() - DOMAIN.length() - 1) : messageId;
  }

  /** The flags that a client, or the other device (the last number), sets. */
  List<String> flagsOf(int owner) {
    return switch (owner) {
      case 0 -> List.of("\\Seen", "$C0");
      case 1 -> List.of("\\Flagged", "$C1");
      default -> owner == clients ? List.of("\\Answered", "$Other") : List.of("$C" + owner, "$Forwarded");
    };
  }

  int other() {
    return clients;
  }

  synchronized String newToken() {
    return "t" + ++serial;
  }

  synchronized int serial() {
    return serial;
  }

  synchronized int copies() {
    return copies;
  }

  synchronized int deletions() {
    return deletions;
  }

  /** A message is on its way to the server. */
  synchronized Intent delivery(String token, Kind kind, String place, byte[] content) {
    int owner = kind == Kind.MOVES ? random.nextInt(clients + 1) : clients;
    var entry = new Entry(token, kind, owner, place, ChaosChild.digest(content));
    for (int who = 0; who <= clients; who++) {
      flagsOf(who).stream().filter(entry::holds).forEach(flag -> entry.flags.put(flag, Set.of(false)));
    }
    entries.put(token, entry);
    entry.places.add(GONE);
    return new Change(this, () -> entry.places = Set.of(place), () -> entry.places = Set.of(GONE));
  }

  synchronized List<Entry> living(Predicate<Entry> wanted) {
    return new ArrayList<>(entries.values().stream().filter(e -> !e.certainlyGone()).filter(wanted).toList());
  }

  synchronized Intent place(Entry entry, String to) {
    Set<String> before = entry.places;
    var both = new TreeSet<>(before);
    both.add(to);
    entry.places = both;
    return new Change(this, () -> {
      entry.places = Set.of(to);
      deletions += to.equals(GONE) ? 1 : 0;
    }, () -> entry.places = before);
  }

  /** Everything that is, or may be, in a folder goes with it. */
  synchronized Intent emptied(String folder) {
    var before = new HashMap<Entry, Set<String>>();
    entries.values().stream().filter(entry -> entry.places.contains(folder)).forEach(entry -> {
      before.put(entry, entry.places);
      var both = new TreeSet<>(entry.places);
      both.add(GONE);
      entry.places = both;
    });
    return new Change(this, () -> before.forEach((entry, places) -> {
      var rest = new TreeSet<>(places);
      rest.remove(folder);
      rest.add(GONE);
      entry.places = rest;
      deletions += rest.size() == 1 ? 1 : 0;
    }), () -> before.forEach((entry, places) -> entry.places = places));
  }

  synchronized Intent flag(Entry entry, String flag, boolean set) {
    if (!entry.holds(flag)) {
      return new Change(this, () -> { }, () -> { });
    }
    Set<Boolean> before = entry.flags.get(flag);
    entry.flags.put(flag, Set.of(true, false));
    return new Change(this, () -> entry.flags.put(flag, Set.of(set)), () -> entry.flags.put(flag, before));
  }

  synchronized Intent copy(Entry entry) {
    entry.copiesMost++;
    return new Change(this, () -> {
      entry.copiesLeast++;
      copies++;
    }, () -> entry.copiesMost--);
  }

  private record Change(Object guard, Runnable whenAccepted, Runnable whenDropped) implements Intent {
    @Override
    public void accepted() {
      synchronized (guard) {
        whenAccepted.run();
      }
    }

    @Override
    public void dropped() {
      synchronized (guard) {
        whenDropped.run();
      }
    }

    @Override
    public void doubtful() {
      // Both stay possible.
    }
  }

  /** @param server everything there, by the names folders have now @return what is wrong, each with the token it is about */
  synchronized List<String> compare(List<Stored> server) {
    var wrong = new ArrayList<String>();
    var byToken = new HashMap<String, List<Stored>>();
    server.stream().filter(stored -> !stored.marked()).forEach(stored -> byToken.computeIfAbsent(stored.token(), t -> new ArrayList<>()).add(stored));
    byToken.keySet().stream().filter(token -> !entries.containsKey(token)).forEach(token -> wrong.add(token + " was never delivered"));
    for (Entry entry : entries.values()) {
      compare(entry, byToken.getOrDefault(entry.token, List.of()), wrong);
    }
    return wrong;
  }

  private void compare(Entry entry, List<Stored> there, List<String> wrong) {
    String which = entry.token + " (" + entry.kind + ", owner " + entry.owner + ") ";
    List<Stored> copied = there.stream().filter(stored -> stored.folder().equals(COPIES)).toList();
    List<Stored> kept = there.stream().filter(stored -> !stored.folder().equals(COPIES)).toList();
    if (copied.size() < entry.copiesLeast || copied.size() > entry.copiesMost) {
      wrong.add(which + "has " + copied.size() + " copies, not " + entry.copiesLeast + " to " + entry.copiesMost);
    }
    there.stream().filter(stored -> !stored.digest().equals(entry.digest)).forEach(stored -> wrong.add(which + "has other content in " + stored.folder()));
    if (kept.size() > 1) {
      wrong.add(which + "is there " + kept.size() + " times: " + kept.stream().map(stored -> stored.folder() + '/' + stored.uid()).toList());
    } else if (kept.isEmpty()) {
      if (!entry.places.contains(GONE)) {
        wrong.add(which + "is LOST, should be in " + entry.places);
      }
    } else {
      compare(entry, kept.get(0), which, wrong);
    }
  }

  private void compare(Entry entry, Stored stored, String which, List<String> wrong) {
    String place = FolderBook.known(stored.folder());
    if (!entry.places.contains(place)) {
      wrong.add(which + "is in " + place + ", should be in " + entry.places);
    }
    entry.flags.forEach((flag, may) -> {
      boolean set = stored.flags().contains(flag.toLowerCase(Locale.ROOT));
      if (!may.contains(set)) {
        wrong.add(which + (set ? "has " : "lacks ") + flag + " in " + place);
      }
    });
  }

  /** After a round with nothing wrong, what the server has is what is so: nothing is in doubt any more. */
  synchronized void settle(List<Stored> server) {
    var byToken = new HashMap<String, List<Stored>>();
    server.stream().filter(stored -> !stored.marked()).forEach(stored -> byToken.computeIfAbsent(stored.token(), t -> new ArrayList<>()).add(stored));
    for (Entry entry : entries.values()) {
      List<Stored> there = byToken.getOrDefault(entry.token, List.of());
      entry.copiesLeast = (int) there.stream().filter(stored -> stored.folder().equals(COPIES)).count();
      entry.copiesMost = entry.copiesLeast;
      entry.places = Set.of(GONE);
      there.stream().filter(stored -> !stored.folder().equals(COPIES)).forEach(stored -> {
        entry.places = Set.of(FolderBook.known(stored.folder()));
        entry.flags.replaceAll((flag, may) -> Set.of(stored.flags().contains(flag.toLowerCase(Locale.ROOT))));
      });
    }
  }
}
