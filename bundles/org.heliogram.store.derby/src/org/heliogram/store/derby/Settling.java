/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.store.StoreException;

/** Ends queue entries, by what the server said or because their messages are gone. */
final class Settling {
  private final DerbyWriter writer;
  private final List<Operations.Entry> dropped = new ArrayList<>();

  Settling(DerbyWriter writer) {
    this.writer = writer;
  }

  void settle(Operations.Entry entry, Outcome outcome) throws StoreException {
    switch (outcome) {
      case Outcome.Done done when entry.transfers() -> {
        var all = new HashMap<MessageKey, Optional<RemoteId>>();
        entry.onMessages().messages().forEach(key -> all.put(key, Optional.ofNullable(done.receipt().get(key))));
        partly(entry, all);
      }
      case Outcome.Done done -> {
        writer.log.queue(entry.account());
        writer.operations.remove(entry.sequence());
        if (entry.onFolder().isPresent()) {
          new FolderNews(writer, entry.account()).done(entry, done.folder());
        } else {
          done(entry, done.receipt());
        }
      }
      case Outcome.Partly partly -> partly(entry, partly.done());
      case Outcome.Moot moot -> drop(entry, ""); //$NON-NLS-1$
      case Outcome.Rejected rejected -> drop(entry, rejected.why());
      case Outcome.Postponed postponed -> {
        if (writer.operations.waits(entry, postponed.why())) {
          writer.log.queue(entry.account());
        }
      }
    }
  }

  private void drop(Operations.Entry entry, String why) throws StoreException {
    if (entry.transfers()) {
      new Transfers(writer).refused(entry, why);
    } else {
      toDrop(entry);
      dropAll();
    }
  }

  private void partly(Operations.Entry entry, Map<MessageKey, Optional<RemoteId>> done) throws StoreException {
    List<Operations.Member> some = new ArrayList<>(entry.members().stream().filter(member -> done.containsKey(new MessageKey(member.message()))).toList());
    if (entry.transfers()) {
      some.retainAll(new Transfers(writer).sendable(entry));
    }
    if (some.isEmpty()) {
      return;
    }
    writer.log.queue(entry.account());
    writer.operations.removeMembers(some);
    writer.operations.removeEmpty(List.of(entry.sequence()));
    var receipt = new HashMap<MessageKey, RemoteId>();
    done.forEach((key, id) -> id.ifPresent(known -> receipt.put(key, known)));
    done(entry.with(some), receipt);
  }

  /** Marks an entry; {@link #dropAll} then drops all of them together. */
  void toDrop(Operations.Entry entry) {
    dropped.add(entry);
  }

  /** Forgets entries and the copies that nobody made. */
  void dropAll() throws StoreException {
    for (Operations.Entry entry : dropped) {
      writer.operations.remove(entry.sequence());
      writer.log.queue(entry.account());
    }
    for (Operations.Entry entry : dropped) {
      writer.rows.rederive(entry.messages());
      List<Row> copies = List.copyOf(writer.rows.get(entry.copies()).values());
      writer.rows.saveQueued(copies);
      if (entry.transfers()) {
        new Transfers(writer).freed(entry.members());
      }
      fall(copies.stream().filter(copy -> !copy.known()).toList());
    }
    for (Operations.Entry entry : dropped) {
      if (entry.onFolder().isPresent()) {
        new FolderChanges(writer, entry.account()).dropped(entry);
      }
    }
    dropped.clear();
  }

  private void done(Operations.Entry entry, Map<MessageKey, RemoteId> receipt) throws StoreException {
    Operation.OnMessages operation = entry.onMessages();
    Map<Long, Row> rows = writer.rows.get(entry.messages());
    switch (operation) {
      case Operation.ChangeFlags change -> {
        rows.values().forEach(row -> row.flags = row.flags.with(change.change()));
        writer.rows.saveQueued(rows.values());
      }
      case Operation.Move move -> {
        for (Row row : rows.values()) {
          moved(row, move.to().value(), Optional.ofNullable(receipt.get(new MessageKey(row.key))));
        }
        writer.rows.saveQueued(rows.values());
      }
      case Operation.Copy copy -> {
        writer.rows.saveQueued(rows.values());
        copied(entry, receipt);
      }
      case Operation.Transfer transfer -> new Transfers(writer).done(entry, receipt);
      case Operation.Delete delete -> {
        new Transfers(writer).deleted(rows.values());
        erase(rows.values());
      }
    }
  }

  /** The copies of an entry are where they belong. */
  void copied(Operations.Entry entry, Map<MessageKey, RemoteId> receipt) throws StoreException {
    Map<Long, Row> copies = writer.rows.get(entry.copies());
    for (Operations.Member member : entry.members()) {
      Row copy = copies.get(member.copy());
      if (copy != null && !copy.place.startsWith(Place.LOCAL)) {
        if (!Place.born(copy.place)) {
          copy.waits(copy.folder);
        }
        arrived(copy, Optional.ofNullable(receipt.get(new MessageKey(member.message()))));
      }
    }
    writer.rows.saveQueued(copies.values());
  }

  private void moved(Row row, long to, Optional<RemoteId> receipt) throws StoreException {
    if (row.folder != to) {
      row.waits(to);
      arrived(row, receipt);
    } else if (!row.known()) {
      arrived(row, receipt);
    }
  }

  /** The row is in its place now. An id that another row has is of a numbering not known yet: then the row waits to be recognised. */
  private void arrived(Row row, Optional<RemoteId> receipt) throws StoreException {
    if (receipt.isPresent() && writer.known(row.folder, receipt.get()).filter(other -> other.key != row.key).isEmpty()) {
      row.place = Place.known(receipt.get());
    }
  }

  /** Does an operation here and now, where this machine has the last word. */
  void locally(Operation.OnMessages operation, List<Row> rows) throws StoreException {
    switch (operation) {
      case Operation.ChangeFlags change -> {
        rows.forEach(row -> row.flags = row.flags.with(change.change()));
        writer.rows.save(rows);
      }
      case Operation.Move move -> {
        rows.forEach(row -> row.folder = move.to().value());
        writer.rows.save(rows);
      }
      case Operation.Copy copy -> { }
      case Operation.Transfer transfer -> throw new IllegalStateException("it is on the way"); //$NON-NLS-1$
      case Operation.Delete delete -> {
        new Transfers(writer).deleted(rows);
        erase(rows);
      }
    }
  }

  /**
   * Messages are gone: so are they from every entry that named them, and with them the copies that cannot be made any more. A copy the
   * server may have made already waits to be recognised, and what is being transferred and is whole goes on by itself.
   */
  void erase(Collection<Row> gone) throws StoreException {
    erase(gone, false);
  }

  /** Copies are not made: gone is what was made of them, too. */
  void fall(Collection<Row> copies) throws StoreException {
    erase(copies, true);
  }

  private void erase(Collection<Row> gone, boolean falls) throws StoreException {
    var work = new ArrayDeque<Row>(gone);
    Set<Long> done = new HashSet<>();
    while (!work.isEmpty()) {
      List<Row> batch = new ArrayList<>();
      for (Row row = work.poll(); row != null; row = work.poll()) {
        if (done.add(row.key)) {
          batch.add(row);
        }
      }
      writer.rows.delete(batch);
      work.addAll(leaveQueue(batch.stream().filter(row -> row.saved.queued() > 0).map(row -> row.key).toList(), falls));
    }
  }

  /** @return copies nobody will make */
  private List<Row> leaveQueue(List<Long> keys, boolean falls) throws StoreException {
    if (keys.isEmpty()) {
      return List.of();
    }
    var entries = new HashMap<Long, Operations.Entry>();
    var members = new ArrayList<Operations.Member>();
    var orphans = new ArrayList<Row>();
    for (Operations.Member member : writer.operations.naming(keys)) {
      Operations.Entry entry = entry(entries, member);
      if (!falls && new Transfers(writer).goesOn(entry, member)) {
        continue;
      }
      members.add(member);
      Optional<Row> copy = member.copy() == 0 ? Optional.empty() : writer.rows.get(member.copy()).filter(row -> !row.known());
      if (copy.isPresent() && !copy.get().place.startsWith(Place.LOCAL) && writer.operations.copyAttempted(member.copy())) {
        copy.get().waits(copy.get().folder);
        writer.rows.save(List.of(copy.get()));
      } else {
        copy.ifPresent(orphans::add);
      }
    }
    for (Operations.Member member : writer.operations.bringing(keys)) {
      entry(entries, member);
      members.add(member);
    }
    writer.operations.removeMembers(members);
    writer.operations.removeEmpty(entries.keySet());
    writer.rows.rederive(members.stream().map(Operations.Member::copy).filter(copy -> copy != 0).toList());
    new Transfers(writer).freed(members);
    return orphans;
  }

  private Operations.Entry entry(Map<Long, Operations.Entry> known, Operations.Member member) throws StoreException {
    if (!known.containsKey(member.sequence())) {
      Operations.Entry entry = writer.operations.entry(member.sequence()).orElseThrow();
      writer.log.queue(entry.account());
      known.put(member.sequence(), entry);
    }
    return known.get(member.sequence());
  }
}
