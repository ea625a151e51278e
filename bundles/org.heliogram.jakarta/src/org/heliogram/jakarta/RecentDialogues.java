/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.ProtocolLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the last lines of every open connection, of the last {@value #ENDED} that ended of each account, and of the {@value #ACCOUNTS}
 * accounts that were heard of last.
 */
@Component(service = {ProtocolLogs.class, WireLogs.class})
public final class RecentDialogues implements ProtocolLogs, WireLogs {
  private static final int ENDED = 4;
  private static final int ACCOUNTS = 50;
  private final AtomicLong ids = new AtomicLong();
  private final Map<AccountId, Shelf> shelves = new LinkedHashMap<>(16, 0.75f, true); // guarded by this, as its content

  @Activate
  public RecentDialogues() {}

  /** One account's, newest first. */
  private static final class Shelf {
    private final AtomicLong revision = new AtomicLong();
    private final Deque<Recording> recordings = new ArrayDeque<>();

    void add(Recording recording) {
      recordings.addFirst(recording);
      int ended = 0;
      for (Iterator<Recording> each = recordings.iterator(); each.hasNext();) {
        if (!each.next().isOpen() && ++ended > ENDED) {
          each.remove();
        }
      }
    }

    boolean idle() {
      return recordings.stream().noneMatch(Recording::isOpen);
    }
  }

  @Override
  public synchronized Log begin(AccountId account, Dialect dialect, String purpose, String user) {
    Shelf shelf = shelves.computeIfAbsent(account, any -> new Shelf());
    Recording recording = new Recording(ids.incrementAndGet(), account, dialect, purpose, user, shelf.revision);
    shelf.add(recording);
    forget();
    return recording;
  }

  private void forget() {
    Iterator<Shelf> each = shelves.values().iterator();
    while (shelves.size() > ACCOUNTS && each.hasNext()) {
      if (each.next().idle()) {
        each.remove();
      }
    }
  }

  private synchronized List<Recording> recordings(AccountId account) {
    Shelf shelf = shelves.get(account);
    return shelf == null ? List.of() : new ArrayList<>(shelf.recordings);
  }

  @Override
  public List<Dialogue> dialogues(AccountId account) {
    return recordings(account).stream().map(Recording::dialogue).toList();
  }

  @Override
  public List<Line> tail(AccountId account, int lines) {
    return recordings(account).stream().map(recording -> recording.tail(lines)).filter(tail -> !tail.isEmpty()).findFirst().orElse(List.of());
  }

  @Override
  public synchronized long revision(AccountId account) {
    Shelf shelf = shelves.get(account);
    return shelf == null ? 0 : shelf.revision.get();
  }
}
