/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.util.List;
import java.util.function.IntSupplier;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Display;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.StoreException;

/** Marks a message as read when it has been looked at for a while; once for each time it is opened. UI thread only. */
final class ReadMark {
  private final Display display;
  private final MailService service;
  private final IntSupplier seconds;
  private final Runnable mark = this::mark;
  private MessageSummary row;

  /** @param seconds how long a message is looked at; negative for never */
  ReadMark(Display display, MailService service, IntSupplier seconds) {
    this.display = display;
    this.service = service;
    this.seconds = seconds;
  }

  /** The message is on screen. */
  void shown(MessageSummary shown) {
    stop();
    int wait = seconds.getAsInt();
    if (wait >= 0 && shown.unread()) {
      row = shown;
      display.timerExec(wait * 1_000, mark);
    }
  }

  /** Another message is opened, or none. */
  void stop() {
    row = null;
    display.timerExec(-1, mark);
  }

  private void mark() {
    if (row == null) {
      return;
    }
    var operation = new Operation.ChangeFlags(row.account(), List.of(row.key()), FlagChange.set(Flag.SEEN));
    row = null;
    try {
      service.perform(operation);
    } catch (StoreException e) {
      ILog.of(ReadMark.class).warn("A message could not be marked as read", e); //$NON-NLS-1$
    }
  }
}
