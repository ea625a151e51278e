/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** Looks for a row from the focused one on, round the end, in a job; shows it when found. Called on the UI thread. */
final class ListSearch {
  private static final int PAGE = 500;
  private final MailStore store;
  private final MessageListControl list;
  private final Display display;
  private Job running;

  ListSearch(MailStore store, MessageListControl list, Display display) {
    this.store = store;
    this.list = list;
    this.display = display;
  }

  private interface Search {
    Optional<MessageKey> run(IProgressMonitor monitor) throws StoreException;
  }

  void unread(boolean forward) {
    Optional<Query> shown = list.query();
    if (shown.isEmpty()) {
      return;
    }
    MessageKeys keys = list.keys();
    Optional<MessageKey> focus = list.focus();
    start(monitor -> {
      Query query = shown.get();
      var unread = new HashSet<>(store.read(s -> s.list(new Query(query.folder(), query.column(), query.descending(), true))));
      return new Circle(keys, focus, forward).first(unread::contains);
    }, found -> {});
  }

  /** @param result told on the UI thread whether there was one */
  void text(String typed, boolean forward, Consumer<Boolean> result) {
    MessageKeys keys = list.keys();
    Optional<MessageKey> focus = list.focus();
    String wanted = typed.toLowerCase(Locale.ROOT);
    start(monitor -> {
      SubMonitor progress = SubMonitor.convert(monitor, keys.size());
      for (List<MessageKey> page : new Circle(keys, focus, forward).pages(PAGE)) {
        progress.split(page.size());
        for (MessageSummary row : store.read(s -> s.summaries(page))) {
          if (matches(row, wanted)) {
            return Optional.of(row.key());
          }
        }
      }
      return Optional.empty();
    }, result);
  }

  private static boolean matches(MessageSummary row, String wanted) {
    return row.subject().toLowerCase(Locale.ROOT).contains(wanted) || row.from().name().toLowerCase(Locale.ROOT).contains(wanted)
        || row.from().mailbox().toLowerCase(Locale.ROOT).contains(wanted) || row.to().name().toLowerCase(Locale.ROOT).contains(wanted)
        || row.to().mailbox().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private void start(Search search, Consumer<Boolean> result) {
    if (running != null) {
      running.cancel();
    }
    running = Job.create(Messages.Find_job, (ICoreRunnable) monitor -> {
      try {
        Optional<MessageKey> found = search.run(monitor);
        display.asyncExec(() -> {
          found.ifPresent(list::reveal);
          result.accept(found.isPresent());
        });
      } catch (StoreException e) {
        ILog.of(ListSearch.class).warn("Search in the list failed", e); //$NON-NLS-1$
      }
    });
    running.schedule();
  }
}
