/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.FolderNames;

/** Reads the queues of all accounts as rows: refusals first, then what waits, oldest first. For one reading. */
final class OutgoingReading {
  private static final int SUMMARIES_AT_ONCE = 1_000;
  private final StoreReader reader;
  private final Map<FolderKey, String> folders = new HashMap<>();
  private final Map<MessageKey, MessageSummary> messages = new HashMap<>();

  private OutgoingReading(StoreReader reader) {
    this.reader = reader;
  }

  static List<OutgoingRow> rows(StoreReader reader, List<Refusals.Refusal> refusals) throws StoreException {
    return new OutgoingReading(reader).rows(refusals);
  }

  private List<OutgoingRow> rows(List<Refusals.Refusal> refusals) throws StoreException {
    List<Account> accounts = reader.accounts();
    var groups = new ArrayList<Group>();
    for (Account account : accounts) {
      groups.addAll(groups(account, reader.queue(account.id())));
    }
    readSingles(Stream.concat(groups.stream().map(Group::operation), refusals.stream().map(Refusals.Refusal::operation)).toList());
    var rows = new ArrayList<OutgoingRow>();
    for (Refusals.Refusal refusal : refusals) {
      Optional<Account> account = accounts.stream().filter(each -> each.id().equals(refusal.operation().account())).findFirst();
      if (account.isPresent()) {
        rows.add(new OutgoingRow.Refused(account.get(), what(refusal.operation(), refusal.operation().messages().size(), Optional.empty()), refusal));
      }
    }
    for (Group group : groups) {
      String what = what(group.operation(), group.messages(), Optional.of(group.entries().get(0).source()));
      rows.add(new OutgoingRow.Waiting(group.account(), what, group.entries(), group.first()));
    }
    return List.copyOf(rows);
  }

  private record Group(Account account, List<Queued> entries, boolean first) {
    Operation operation() {
      return entries.get(0).operation();
    }

    int messages() {
      return entries.stream().mapToInt(entry -> entry.operation().messages().size()).sum();
    }

    /** Whether an entry is the next piece of the same change: pieces are full but for the last. */
    boolean goesOnWith(Queued next) {
      Queued last = entries.get(entries.size() - 1);
      return last.operation().messages().size() == Operation.LIMIT && last.source().equals(next.source())
          && last.operation().on(next.operation().messages()).equals(next.operation());
    }
  }

  private static List<Group> groups(Account account, List<Queued> queue) {
    var groups = new ArrayList<Group>();
    for (Queued entry : queue) {
      if (!groups.isEmpty() && groups.get(groups.size() - 1).goesOnWith(entry)) {
        groups.get(groups.size() - 1).entries().add(entry);
      } else {
        groups.add(new Group(account, new ArrayList<>(List.of(entry)), groups.isEmpty()));
      }
    }
    return groups;
  }

  /** Those whose subject is told. */
  private void readSingles(List<Operation> operations) throws StoreException {
    List<MessageKey> wanted = operations.stream().map(Operation::messages).filter(some -> some.size() == 1).map(one -> one.get(0)).distinct().toList();
    for (int from = 0; from < wanted.size(); from += SUMMARIES_AT_ONCE) {
      for (MessageSummary row : reader.summaries(wanted.subList(from, Math.min(wanted.size(), from + SUMMARIES_AT_ONCE)))) {
        messages.put(row.key(), row);
      }
    }
  }

  /** @param source where the messages are for the server; empty: where they are here */
  private String what(Operation operation, int count, Optional<FolderKey> source) throws StoreException {
    Optional<MessageSummary> only = count == 1 ? Optional.ofNullable(messages.get(operation.messages().get(0))) : Optional.empty();
    String object = OutgoingWords.object(count, only.map(MessageSummary::subject));
    Optional<FolderKey> from = source.or(() -> place(operation, only));
    return OutgoingWords.what(operation, object, from.isPresent() ? name(from.get()) : "", //$NON-NLS-1$
        target(operation).isPresent() ? name(target(operation).get()) : ""); //$NON-NLS-1$
  }

  private Optional<FolderKey> place(Operation operation, Optional<MessageSummary> only) {
    return only.or(() -> operation.messages().stream().map(messages::get).filter(Objects::nonNull).findFirst()).map(MessageSummary::folder);
  }

  private static Optional<FolderKey> target(Operation operation) {
    return switch (operation) {
      case Operation.Move move -> Optional.of(move.to());
      case Operation.Copy copy -> Optional.of(copy.to());
      case Operation.ChangeFlags change -> Optional.empty();
      case Operation.Delete delete -> Optional.empty();
    };
  }

  private String name(FolderKey key) throws StoreException {
    String known = folders.get(key);
    if (known == null) {
      known = reader.folder(key).map(FolderNames::path).orElse(""); //$NON-NLS-1$
      folders.put(key, known);
    }
    return known;
  }
}
