/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/** What an account's worker is asked to do. Asked again before it was begun, a thing is done once. Safe for any thread. */
final class Requests {
  /** A message whose body somebody waits for. */
  record Demand(MessageKey message, CompletableFuture<Body> body) {}

  /** What to do next. */
  sealed interface Request {
    /** Those of {@link #takeDemands}. */
    record Bodies() implements Request {}

    record OneFolder(FolderKey folder) implements Request {}

    /** Folders of which the server told that they have news, by the server's names. */
    record News(Set<String> folders) implements Request {}

    /** Folders that were read, but whose bodies are still to be fetched. */
    record BodiesOf(Set<FolderKey> folders) implements Request {}

    /** Content that transfers wait for. */
    record Content() implements Request {}

    /** Changes, folders, and news of all of them. */
    record Everything() implements Request {}

    /** What was refused is to be tried once more: the user asks. */
    record Again() implements Request {}

    /** Send what is queued. */
    record Changes() implements Request {}
  }

  private final Deque<Demand> demands = new ArrayDeque<>(); // guarded by this, like all below
  private final Set<FolderKey> folders = new LinkedHashSet<>();
  private final Set<String> news = new LinkedHashSet<>();
  private final Set<FolderKey> unfetched = new LinkedHashSet<>();
  private boolean again;
  private boolean everything;
  private boolean changes;
  private boolean content;

  synchronized void add(Demand demand) {
    demands.add(demand);
  }

  /** Nobody waits for it any more. */
  synchronized void remove(Demand demand) {
    demands.remove(demand);
  }

  synchronized void folder(FolderKey folder) {
    folders.add(folder);
  }

  synchronized void news(Set<String> names) {
    news.addAll(names);
  }

  synchronized void bodiesOf(Collection<FolderKey> read) {
    unfetched.addAll(read);
  }

  synchronized void again() {
    again = true;
  }

  synchronized void everything() {
    everything = true;
  }

  synchronized void content() {
    content = true;
  }

  synchronized void changes() {
    changes = true;
  }

  /** The most urgent one, which is no longer asked for then. */
  synchronized Optional<Request> next() {
    if (!demands.isEmpty()) {
      return Optional.of(new Request.Bodies());
    }
    if (!folders.isEmpty()) {
      FolderKey folder = folders.iterator().next();
      folders.remove(folder);
      return Optional.of(new Request.OneFolder(folder));
    }
    if (!news.isEmpty()) {
      return Optional.of(new Request.News(takeNews()));
    }
    if (!unfetched.isEmpty()) {
      var taken = new Request.BodiesOf(Set.copyOf(unfetched));
      unfetched.clear();
      return Optional.of(taken);
    }
    if (content) {
      content = false;
      return Optional.of(new Request.Content());
    }
    if (again) {
      again = false;
      return Optional.of(new Request.Again());
    }
    if (everything) {
      everything = false;
      changes = false;
      return Optional.of(new Request.Everything());
    }
    return takeChanges() ? Optional.of(new Request.Changes()) : Optional.empty();
  }

  synchronized List<Demand> takeDemands() {
    List<Demand> taken = List.copyOf(demands);
    demands.clear();
    return taken;
  }

  synchronized Set<String> takeNews() {
    Set<String> taken = Set.copyOf(news);
    news.clear();
    return taken;
  }

  synchronized boolean takeChanges() {
    boolean taken = changes;
    changes = false;
    return taken;
  }

  /** All but demands, which somebody waits for. */
  synchronized void forget() {
    again = false;
    everything = false;
    changes = false;
    content = false;
    folders.clear();
    news.clear();
    unfetched.clear();
  }
}
