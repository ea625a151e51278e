/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
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
    readSingles(Stream.concat(groups.stream().map(Group::shown), refusals.stream().map(refusal -> messages(refusal.operation()))).toList());
    var rows = new ArrayList<OutgoingRow>();
    for (Refusals.Refusal refusal : refusals) {
      Optional<Account> account = accounts.stream().filter(each -> each.id().equals(refusal.operation().account())).findFirst();
      if (account.isPresent()) {
        rows.add(new OutgoingRow.Refused(account.get(), what(refusal.operation(), messages(refusal.operation()), Optional.empty()), refusal));
      }
    }
    for (Group group : groups) {
      String what = what(group.operation(), group.shown(), Optional.of(group.entries().get(0).source()));
      rows.add(new OutgoingRow.Waiting(group.account(), what, group.entries(), group.first()));
    }
    return List.copyOf(rows);
  }

  /** @param first whether it is the next that can be done */
  private record Group(Account account, List<Queued> entries, boolean first) {
    Operation operation() {
      return entries.get(0).operation();
    }

    List<MessageKey> shown() {
      return entries.stream().flatMap(entry -> OutgoingRow.shown(entry).stream()).toList();
    }

    /** Whether an entry is the next piece of the same change: pieces are full but for the last. */
    boolean goesOnWith(Queued next) {
      Queued last = entries.get(entries.size() - 1);
      return last.operation() instanceof Operation.OnMessages before && next.operation() instanceof Operation.OnMessages after
          && before.messages().size() == limit(before) && last.source().equals(next.source()) && before.on(after.messages()).equals(after);
    }
  }

  private static int limit(Operation.OnMessages operation) {
    return operation instanceof Operation.Transfer ? Operation.Transfer.LIMIT : Operation.LIMIT;
  }

  private static List<Group> groups(Account account, List<Queued> queue) {
    var groups = new ArrayList<Group>();
    for (Queued entry : queue) {
      if (!groups.isEmpty() && groups.get(groups.size() - 1).goesOnWith(entry)) {
        groups.get(groups.size() - 1).entries().add(entry);
      } else {
        boolean next = entry.standing() == Queued.Standing.READY && groups.stream().noneMatch(Group::first);
        groups.add(new Group(account, new ArrayList<>(List.of(entry)), next));
      }
    }
    return groups;
  }

  /** Those whose subject is told. */
  private void readSingles(List<List<MessageKey>> changed) throws StoreException {
    List<MessageKey> wanted = changed.stream().filter(some -> some.size() == 1).map(one -> one.get(0)).distinct().toList();
    for (int from = 0; from < wanted.size(); from += SUMMARIES_AT_ONCE) {
      for (MessageSummary row : reader.summaries(wanted.subList(from, Math.min(wanted.size(), from + SUMMARIES_AT_ONCE)))) {
        messages.put(row.key(), row);
      }
    }
  }

  static List<MessageKey> messages(Operation operation) {
    return operation instanceof Operation.OnMessages some ? some.messages() : List.of();
  }

  /** @param source where the messages are for the server; empty: where they are here */
  private String what(Operation operation, List<MessageKey> shown, Optional<FolderKey> source) throws StoreException {
    return switch (operation) {
      case Operation.OnMessages some -> what(some, shown, source);
      case Operation.CreateFolder create -> OutgoingWords.create(text(create.path()));
      case Operation.RenameFolder rename -> OutgoingWords.rename(name(rename.folder()), text(rename.to()));
      case Operation.DeleteFolder delete -> OutgoingWords.deleteFolder(name(delete.folder()));
      case Operation.Subscribe subscribe -> OutgoingWords.subscribe(name(subscribe.folder()), subscribe.subscribed());
    };
  }

  private String what(Operation.OnMessages operation, List<MessageKey> shown, Optional<FolderKey> source) throws StoreException {
    Optional<MessageSummary> only = shown.size() == 1 ? Optional.ofNullable(messages.get(shown.get(0))) : Optional.empty();
    String object = OutgoingWords.object(shown.size(), only.map(MessageSummary::subject));
    String from = source.or(() -> only.map(MessageSummary::folder)).isPresent() ? name(source.orElseGet(() -> only.get().folder())) : ""; //$NON-NLS-1$
    return switch (operation) {
      case Operation.ChangeFlags change -> OutgoingWords.mark(change.change(), object, from);
      case Operation.Move move -> OutgoingWords.move(object, from, name(move.to()));
      case Operation.Copy copy -> OutgoingWords.copy(object, from, name(copy.to()));
      case Operation.Transfer transfer -> {
        String place = source.or(() -> only.map(MessageSummary::folder)).isPresent() ? place(source.orElseGet(() -> only.get().folder())) : ""; //$NON-NLS-1$
        yield transfer.removing() ? OutgoingWords.move(object, place, place(transfer.to())) : OutgoingWords.copy(object, place, place(transfer.to()));
      }
      case Operation.Delete delete -> OutgoingWords.delete(object, from);
    };
  }

  private static String text(FolderPath path) {
    return String.join(" \u203a ", path.segments()); //$NON-NLS-1$
  }

  /** The folder with its account. */
  private String place(FolderKey key) throws StoreException {
    Optional<Folder> folder = reader.folder(key);
    Optional<Account> account = folder.isPresent() ? reader.account(folder.get().account()) : Optional.empty();
    return account.isPresent() ? OutgoingWords.place(name(key), account.get().label()) : name(key);
  }

  private String name(FolderKey key) throws StoreException {
    String known = folders.get(key);
    if (known == null) {
      Optional<Folder> folder = reader.folder(key);
      known = folder.isPresent() ? FolderNames.path(folder.get()) : nameOfDeleted(key);
      folders.put(key, known);
    }
    return known;
  }

  /** A folder that is to be deleted is not in view any more, but the server has it. */
  private String nameOfDeleted(FolderKey key) {
    try {
      return text(reader.remote(key).path());
    } catch (StoreException e) {
      return ""; //$NON-NLS-1$ // it is gone altogether
    }
  }
}
