/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.StoreException;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.accounts.TroubleText;
import org.heliogram.ui.notify.MessageOpening;

/** What can be done about outgoing changes. Called on the UI thread. */
final class OutgoingActions {
  private final MailServices services;
  private final Refusals refusals;
  private final Executor background;
  private final Executor ui;
  private final Consumer<String> say;

  /** @param say tells the user something, on the UI thread */
  OutgoingActions(MailServices services, Refusals refusals, Executor background, Executor ui, Consumer<String> say) {
    this.services = services;
    this.refusals = refusals;
    this.background = background;
    this.ui = ui;
    this.say = say;
  }

  /** Takes back what no server has seen yet, the youngest first. */
  void withdraw(List<OutgoingRow> rows) {
    List<Queued> entries = rows.stream().filter(OutgoingRow.Waiting.class::isInstance).map(OutgoingRow.Waiting.class::cast)
        .flatMap(row -> row.entries().stream()).toList().reversed();
    if (!entries.isEmpty()) {
      background.execute(() -> {
        String result = withdrawEach(entries);
        ui.execute(() -> say.accept(result));
      });
    }
  }

  private String withdrawEach(List<Queued> entries) {
    int left = 0;
    try {
      for (Queued entry : entries) {
        left += services.mail().undo(new Ticket(List.of(entry.sequence()))) ? 0 : 1;
      }
    } catch (StoreException e) {
      ILog.of(OutgoingActions.class).error("change not withdrawn", e); //$NON-NLS-1$
      return TroubleText.of(e, ""); //$NON-NLS-1$
    }
    return left == 0 ? "" : left == entries.size() ? Messages.Withdraw_tooLate : Messages.Withdraw_partly; //$NON-NLS-1$
  }

  /** Tries the accounts of these rows now. */
  void tryNow(List<OutgoingRow> rows) {
    rows.stream().map(row -> row.account().id()).distinct().forEach(services.mail()::refresh);
  }

  /** Goes to the first message that still exists. */
  void show(List<OutgoingRow> rows) {
    rows.stream().flatMap(row -> row.messages().stream()).findFirst().ifPresent(new MessageOpening(services.store())::open);
  }

  void dismiss(List<OutgoingRow> rows) {
    refusals.dismiss(rows.stream().filter(OutgoingRow.Refused.class::isInstance).map(row -> ((OutgoingRow.Refused) row).refusal()).toList());
  }
}
