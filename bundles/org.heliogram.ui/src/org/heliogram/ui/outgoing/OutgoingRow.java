/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;

/** One change as the user made it. */
sealed interface OutgoingRow {
  Account account();

  /** What it does, in words. */
  String what();

  Instant since();

  /** The messages it is about; some may be gone. */
  List<MessageKey> messages();

  /** The messages of an entry that are in view: what is on its way to another account is to be seen only there. */
  static List<MessageKey> shown(Queued entry) {
    return entry.operation() instanceof Operation.Transfer transfer && transfer.removing() && entry.copies().size() == entry.messages().size()
        ? entry.copies() : entry.messages();
  }

  /** Names the row while what is known of it changes. */
  Object id();

  /**
   * It waits for the server.
   *
   * @param entries what the store made of it, oldest first: a change of very many messages is several entries
   * @param first   whether it is the next of its account
   */
  record Waiting(Account account, String what, List<Queued> entries, boolean first) implements OutgoingRow {
    public Waiting {
      Objects.requireNonNull(account);
      Objects.requireNonNull(what);
      entries = List.copyOf(entries);
    }

    @Override
    public Instant since() {
      return entries.get(0).since();
    }

    @Override
    public List<MessageKey> messages() {
      return entries.stream().flatMap(entry -> shown(entry).stream()).toList();
    }

    int attempts() {
      return entries.get(0).attempts();
    }

    /** Whether all or a part of it can still be taken back. */
    boolean withdrawable() {
      return entries.stream().anyMatch(entry -> !entry.attempted());
    }

    @Override
    public Object id() {
      return entries.get(entries.size() - 1).sequence();
    }
  }

  /** The server refused it, and it was taken back. */
  record Refused(Account account, String what, Refusals.Refusal refusal) implements OutgoingRow {
    public Refused {
      Objects.requireNonNull(account);
      Objects.requireNonNull(what);
      Objects.requireNonNull(refusal);
    }

    @Override
    public Instant since() {
      return refusal.at();
    }

    @Override
    public List<MessageKey> messages() {
      return OutgoingReading.messages(refusal.operation());
    }

    @Override
    public Object id() {
      return refusal;
    }
  }
}
