/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.core.runtime.ILog;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.StoreReads;

/**
 * The rows of a list: all keys in memory, the rows themselves read a page at a time when they are asked for, the most recently used kept.
 * Knows no widget. UI thread only; reading happens elsewhere.
 *
 * <p>Whatever is read carries the generation it was read for; an answer for a folder or an order that is no longer shown is dropped.
 */
final class MessageRows {
  static final int PAGE = 100;
  private static final int KEPT = 50 * PAGE;
  private static final int PAGES_WAITING = 6;
  private static final int SUMMARIES_AT_ONCE = 1_000;

  /** What shows the rows. */
  interface Face {
    /** Another folder or order: what was shown is void. */
    void opened(MessageKeys keys);

    /** The same folder and order, other messages. */
    void relisted(MessageKeys before, MessageKeys now);

    /** The same folder in another order. */
    void reordered(MessageKeys before, MessageKeys now);

    /** These rows can be shown now, or look different. */
    void changed(int from, int to);

    /** First and last index on screen. */
    int[] visible();

    /** The list could not be read. */
    void failed(StoreException e);
  }

  private record Start(MessageKeys keys, List<MessageSummary> rows) {}

  private final StoreReads reads;
  private final Executor later;
  private final Face face;
  private final Map<Long, MessageSummary> rows = new LinkedHashMap<>(256, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, MessageSummary> eldest) {
      return size() > KEPT;
    }
  };
  private final Deque<Integer> wanted = new ArrayDeque<>();
  private final Set<Integer> loading = new HashSet<>();
  private Optional<Query> query = Optional.empty();
  private MessageKeys keys = MessageKeys.none();
  private long generation;
  private boolean listing;
  private boolean listAgain;

  /** @param later runs on the UI thread after a moment: while much mail comes in, the list is not read all the time */
  MessageRows(StoreReads reads, Executor later, Face face) {
    this.reads = Objects.requireNonNull(reads);
    this.later = Objects.requireNonNull(later);
    this.face = Objects.requireNonNull(face);
  }

  Optional<Query> query() {
    return query;
  }

  MessageKeys keys() {
    return keys;
  }

  /** The row if it is at hand. */
  Optional<MessageSummary> loaded(MessageKey key) {
    return Optional.ofNullable(rows.get(key.value()));
  }

  /** The row if it is at hand; otherwise it is fetched, and the face told. */
  Optional<MessageSummary> row(int index) {
    if (index < 0 || index >= keys.size()) {
      return Optional.empty();
    }
    MessageSummary row = rows.get(keys.value(index));
    if (row == null) {
      want(index / PAGE);
    }
    return Optional.ofNullable(row);
  }

  /** Shows the first rows as soon as they are there, then the whole list. */
  void open(Query wantedQuery) {
    reset(Optional.of(wantedQuery));
    long mine = generation;
    listing = true;
    reads.read(store -> start(store, wantedQuery), start -> {
      if (mine == generation) {
        keep(start.rows());
        keys = start.keys();
        face.opened(keys);
        listing = false;
        if (keys.size() == PAGE || listAgain) {
          list();
        }
      }
    }, e -> failed(mine, e));
  }

  private static Start start(StoreReader store, Query query) throws StoreException {
    if (store.folder(query.folder()).isEmpty()) {
      return new Start(MessageKeys.none(), List.of()); // it went while it was chosen
    }
    MessageKeys first = store.first(query, PAGE);
    return new Start(first, store.summaries(first));
  }

  /** The same folder in another order: the list stays as it is until it is sorted. */
  void reorder(Query wantedQuery) {
    generation++;
    query = Optional.of(wantedQuery);
    wanted.clear();
    loading.clear();
    listAgain = false;
    listing = true;
    long mine = generation;
    reads.read(store -> all(store, wantedQuery), now -> {
      if (mine == generation) {
        MessageKeys before = keys;
        keys = now;
        listing = false;
        face.reordered(before, now);
        listLater();
      }
    }, e -> failed(mine, e));
  }

  /** Shows nothing. */
  void close() {
    reset(Optional.empty());
    face.opened(keys);
  }

  private void reset(Optional<Query> next) {
    generation++;
    query = next;
    keys = MessageKeys.none();
    rows.clear();
    wanted.clear();
    loading.clear();
    listing = false;
    listAgain = false;
  }

  private void list() {
    if (query.isEmpty()) {
      return;
    }
    if (listing) {
      listAgain = true;
      return;
    }
    listing = true;
    listAgain = false;
    long mine = generation;
    Query current = query.get();
    reads.read(store -> all(store, current), now -> {
      if (mine == generation) {
        listing = false;
        relisted(now);
        listLater();
      }
    }, e -> failed(mine, e));
  }

  private static MessageKeys all(StoreReader store, Query query) throws StoreException {
    return store.folder(query.folder()).isEmpty() ? MessageKeys.none() : store.list(query);
  }

  private void listLater() {
    if (listAgain) {
      long mine = generation;
      later.execute(() -> {
        if (mine == generation && listAgain) {
          list();
        }
      });
    }
  }

  private void relisted(MessageKeys now) {
    MessageKeys before = keys;
    keys = now;
    wanted.clear();
    loading.clear();
    face.relisted(before, now);
  }

  private void failed(long mine, StoreException e) {
    ILog.of(MessageRows.class).warn("A message list could not be read", e); //$NON-NLS-1$
    if (mine == generation) {
      listing = false;
      face.failed(e);
    }
  }

  /** Takes in what changed in the store. */
  void accept(List<Change> changes) {
    if (query.isEmpty()) {
      return;
    }
    var stale = new HashSet<Long>();
    boolean relist = false;
    for (Change change : changes) {
      relist |= switch (change) {
        case Change.MessagesAdded added -> here(added.folder());
        case Change.MessagesRemoved removed -> here(removed.folder());
        case Change.MessagesChanged changed -> here(changed.folder()) && changed(changed, stale);
        case Change.FolderChanged f -> false;
        case Change.FoldersChanged f -> false;
        case Change.QueueChanged q -> false;
        case Change.AccountsChanged a -> false;
      };
    }
    if (!stale.isEmpty()) {
      reread(stale);
    }
    if (relist) {
      list();
    }
  }

  private boolean here(Object folder) {
    return query.get().folder().equals(folder);
  }

  private boolean changed(Change.MessagesChanged change, Set<Long> stale) {
    change.messages().forEach(key -> stale.add(key.value()));
    return change.aspects().contains(Change.Aspect.ENVELOPE);
  }

  /** Rows on screen keep their old look until the new one is there, so that nothing flickers; others are forgotten. */
  private void reread(Set<Long> stale) {
    int[] visible = face.visible();
    var shown = new ArrayList<MessageKey>();
    for (int i = Math.max(0, visible[0]); i <= visible[1] && i < keys.size(); i++) {
      if (stale.remove(keys.value(i)) && shown.size() < SUMMARIES_AT_ONCE) {
        shown.add(keys.get(i));
      }
    }
    stale.removeIf(key -> rows.remove(key) == null);
    if (stale.size() > PAGE) {
      face.changed(0, keys.size() - 1);
    } else {
      stale.forEach(this::changed);
    }
    fetch(shown);
  }

  private void fetch(List<MessageKey> some) {
    if (some.isEmpty()) {
      return;
    }
    long mine = generation;
    reads.read(store -> store.summaries(some), read -> {
      if (mine == generation) {
        show(read);
      }
    }, e -> ILog.of(MessageRows.class).warn("Rows could not be read again", e)); //$NON-NLS-1$
  }

  private void show(List<MessageSummary> read) {
    keep(read);
    read.forEach(row -> changed(row.key().value()));
  }

  private void changed(long key) {
    int index = keys.indexOf(new MessageKey(key));
    if (index >= 0) {
      face.changed(index, index);
    }
  }

  private void want(int page) {
    if (loading.contains(page) || wanted.contains(page)) {
      return;
    }
    wanted.addFirst(page);
    if (wanted.size() > PAGES_WAITING) {
      int dropped = wanted.removeLast();
      face.changed(dropped * PAGE, last(dropped));
    }
    next();
  }

  private void next() {
    if (wanted.isEmpty() || !loading.isEmpty()) {
      return;
    }
    int page = wanted.removeFirst();
    if (page * PAGE >= keys.size()) {
      next();
      return;
    }
    loading.add(page);
    long mine = generation;
    MessageKeys of = keys;
    List<MessageKey> some = List.copyOf(keys.subList(page * PAGE, last(page) + 1));
    reads.read(store -> store.summaries(some), read -> arrived(mine, of, page, read), e -> {
      ILog.of(MessageRows.class).warn("A page of rows could not be read", e); //$NON-NLS-1$
      arrived(mine, of, page, List.of());
    });
  }

  private void arrived(long mine, MessageKeys of, int page, List<MessageSummary> read) {
    if (mine != generation) {
      return;
    }
    keep(read);
    if (of == keys) {
      loading.remove(page);
      if (!read.isEmpty()) {
        face.changed(page * PAGE, last(page));
      }
    } else {
      show(read);
    }
    next();
  }

  private int last(int page) {
    return Math.min(keys.size(), (page + 1) * PAGE) - 1;
  }

  private void keep(Collection<MessageSummary> read) {
    read.forEach(row -> rows.put(row.key().value(), row));
  }
}
