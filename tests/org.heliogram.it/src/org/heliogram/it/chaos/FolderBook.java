/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliogram.it.chaos.AccountBook.Intent;

/**
 * Folders that do not stay as they are. Each client has one that it alone renames, with a folder in it, one that it alone makes and
 * deletes with what is in it, and one that it alone subscribes to: what these must be can be decided. One more is renamed by everybody;
 * of that one only its messages must be there. Wherever a folder is and however it is called, the book knows it by one name.
 */
final class FolderBook {
  private static final Pattern WANDERING = Pattern.compile("(?:.*/)?(Own\\d|Bin\\d|Shuttle)-?(/Sub)?");
  private static final String ABSENT = "(absent)";
  // Not one that Dovecot makes by itself: it is subscribed to for ever.
  private static final List<String> SUBSCRIBED = List.of("Work", "Lists", AccountBook.COPIES);
  private final Map<String, Set<String>> names = new TreeMap<>(); // guarded by this, as everything
  private final Map<String, Set<Boolean>> subscriptions = new TreeMap<>();

  FolderBook(int clients) {
    for (int client = 0; client < clients; client++) {
      names.put(own(client), Set.of(own(client)));
      names.put(bin(client), Set.of(ABSENT));
      subscriptions.put(subscribed(client), Set.of(false));
    }
  }

  /** The folder that this client renames. */
  static String own(int client) {
    return "Own" + client;
  }

  /** The folder in it. */
  static String sub(int client) {
    return own(client) + "/Sub";
  }

  /** The folder that this client makes and deletes. */
  static String bin(int client) {
    return "Bin" + client;
  }

  /** The folder that this client subscribes to, and no longer. */
  static String subscribed(int client) {
    return SUBSCRIBED.get(client);
  }

  /** What a wandering folder may be called. */
  static List<String> choices(String folder) {
    return List.of(folder, "Work/" + folder, folder + '-', "Archive/" + folder + '-');
  }

  /** The book's name for a folder, whatever it is called now. */
  static String known(String path) {
    Matcher matcher = WANDERING.matcher(path);
    return matcher.matches() ? matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2)) : path;
  }

  synchronized Intent named(String folder, String path) {
    return mayBe(names, folder, path);
  }

  synchronized Intent made(String folder) {
    return mayBe(names, folder, folder);
  }

  synchronized Intent deleted(String folder) {
    return mayBe(names, folder, ABSENT);
  }

  synchronized Intent subscribed(String folder, boolean subscribed) {
    return mayBe(subscriptions, folder, subscribed);
  }

  private <T> Intent mayBe(Map<String, Set<T>> what, String folder, T now) {
    Set<T> before = what.get(folder);
    var both = new java.util.HashSet<>(before);
    both.add(now);
    what.put(folder, both);
    return Intent.of(this, () -> what.put(folder, Set.of(now)), () -> what.put(folder, before));
  }

  /** @param server every folder there that can be opened @param subscriptionsThere the ones subscribed to @return what is wrong */
  synchronized List<String> compare(Collection<String> server, Collection<String> subscriptionsThere) {
    var wrong = new ArrayList<String>();
    names.forEach((folder, may) -> {
      Set<String> there = paths(server, folder);
      if (!(there.isEmpty() ? may.contains(ABSENT) : there.size() == 1 && may.containsAll(there))) {
        wrong.add("folder " + folder + " is " + there + ", should be one of " + may);
      }
      String sub = folder + "/Sub";
      there.forEach(path -> {
        if (folder.startsWith("Own") && !paths(server, sub).equals(Set.of(path + "/Sub"))) {
          wrong.add("folder " + path + " has left the folder in it behind: " + paths(server, sub));
        }
      });
    });
    subscriptions.forEach((folder, may) -> {
      if (!may.contains(subscriptionsThere.contains(folder))) {
        wrong.add("subscribed to " + folder + ": should be " + may);
      }
    });
    if (paths(server, AccountBook.SHUTTLE).size() != 1) {
      wrong.add("folder " + AccountBook.SHUTTLE + " is " + paths(server, AccountBook.SHUTTLE));
    }
    return wrong;
  }

  private static Set<String> paths(Collection<String> server, String folder) {
    var paths = new TreeSet<String>();
    server.stream().filter(path -> known(path).equals(folder)).forEach(paths::add);
    return paths;
  }

  /** After a round with nothing wrong: what the server has is what is so. */
  synchronized void settle(Collection<String> server, Collection<String> subscriptionsThere) {
    names.replaceAll((folder, may) -> {
      Set<String> there = paths(server, folder);
      return there.isEmpty() ? Set.of(ABSENT) : there;
    });
    subscriptions.replaceAll((folder, may) -> Set.of(subscriptionsThere.contains(folder)));
  }
}
