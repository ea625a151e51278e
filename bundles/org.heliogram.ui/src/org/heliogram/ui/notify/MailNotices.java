/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.preferences.MailPreferences;

/** Turns what the service tells into at most one notice at a time: what comes within a moment is summed up. */
final class MailNotices {
  private static final long GATHERING_MILLIS = 1_500; // accounts are fetched side by side: one popup for all of them
  private static final int READ_LIMIT = 1_000;
  private final MailStore store;
  private final BooleanSupplier wanted; // whether new mail is to be told of
  private final Consumer<Notice> screen;
  private final MessageOpening opening;
  private final Job gathering;
  private final List<MessageKey> arrived = new ArrayList<>(); // guarded by this
  private final List<ServiceEvent.OperationRefused> refused = new ArrayList<>(); // guarded by this

  MailNotices(MailStore store) {
    this(store, MailPreferences::notifyNewMail, NoticePopup::show);
  }

  MailNotices(MailStore store, BooleanSupplier wanted, Consumer<Notice> screen) {
    this.store = store;
    this.wanted = wanted;
    this.screen = screen;
    opening = new MessageOpening(store);
    gathering = Job.createSystem("heliogram notices", (ICoreRunnable) monitor -> tell()); //$NON-NLS-1$
  }

  /** Any thread; returns at once. */
  void received(ServiceEvent event) {
    boolean told = switch (event) {
      case ServiceEvent.ActivityChanged a -> false;
      case ServiceEvent.MailArrived a -> wanted.getAsBoolean() && add(arrived, a.messages());
      case ServiceEvent.OperationRefused r -> add(refused, List.of(r));
    };
    if (told) {
      gathering.schedule(GATHERING_MILLIS);
    }
  }

  private synchronized <T> boolean add(List<T> waiting, List<T> more) {
    return waiting.addAll(more);
  }

  private synchronized <T> List<T> take(List<T> waiting) {
    List<T> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Reads what came and shows it. In a job. */
  void tell() {
    List<MessageKey> messages = take(arrived);
    List<ServiceEvent.OperationRefused> refusals = take(refused);
    try {
      if (!refusals.isEmpty()) {
        tellRefusals(refusals);
      }
      if (!messages.isEmpty()) {
        tellArrivals(messages);
      }
    } catch (StoreException e) {
      ILog.of(MailNotices.class).error("notice not shown", e); //$NON-NLS-1$
    }
  }

  private void tellArrivals(List<MessageKey> messages) throws StoreException {
    List<MessageKey> read = messages.subList(Math.max(0, messages.size() - READ_LIMIT), messages.size());
    List<MessageSummary> unread = store.read(reader -> reader.summaries(read)).stream().filter(MessageSummary::unread)
        .sorted(Comparator.comparing(MessageSummary::received).reversed()).toList();
    if (unread.isEmpty()) {
      return; // read on another device meanwhile
    }
    ArrivalSummary summary = ArrivalSummary.of(unread, unread.size() + messages.size() - read.size());
    List<Notice.Line> lines = new ArrayList<>();
    summary.rows().forEach(row -> lines.add(new Notice.Line(row.text(), () -> opening.open(row.key()))));
    if (summary.more() > 0) {
      lines.add(Notice.Line.plain(NLS.bind(Messages.Arrival_more, Integer.toString(summary.more()))));
    }
    Notice.Line off = new Notice.Line(Messages.Arrival_turnOff, () -> MailPreferences.notifyNewMail(false));
    screen.accept(new Notice(summary.title(), lines, List.of(off)));
  }

  private void tellRefusals(List<ServiceEvent.OperationRefused> refusals) throws StoreException {
    ServiceEvent.OperationRefused first = refusals.get(0);
    List<Notice.Line> lines = new ArrayList<>();
    lines.add(Notice.Line.plain(RefusalText.of(first, label(first.operation().account()))));
    if (refusals.size() > 1) {
      lines.add(Notice.Line.plain(NLS.bind(Messages.Refusal_more, Integer.toString(refusals.size() - 1))));
    }
    screen.accept(new Notice(Messages.Refusal_title, lines, List.of()));
  }

  private String label(AccountId account) throws StoreException {
    return store.read(reader -> reader.account(account)).map(Account::label).orElse(Messages.Refusal_anAccount);
  }
}
