/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;

/**
 * Queued transfers: messages on their way into folders to which no server brings them by itself. Their rows are in the target folder from
 * the start; the whole content comes to them when it comes to their sources.
 */
final class Transfers {
  private final DerbyWriter writer;

  Transfers(DerbyWriter writer) {
    this.writer = writer;
  }

  /** What can be moved or copied is; the others become entries, by the folder they are seen in. */
  Ticket enqueue(Operation.Transfer operation) throws StoreException {
    Folders.Line to = Enqueuing.target(writer, operation, operation.to());
    var near = new ArrayList<MessageKey>();
    var far = new LinkedHashMap<Long, List<Row>>();
    List<Long> keys = List.copyOf(new LinkedHashSet<>(operation.messages().stream().map(MessageKey::value).toList()));
    Map<Long, Row> found = writer.rows.get(keys);
    for (Row row : keys.stream().map(found::get).filter(row -> row != null && row.viewFolder != 0).toList()) {
      Optional<Folders.Line> from = writer.folders.find(row.viewFolder).filter(Folders.Line::open);
      if (from.isPresent()) {
        boolean alike = from.get().account().equals(to.account()) && from.get().mirrored() == to.mirrored();
        if (alike && (operation.removing() || to.mirrored() || !pending(row))) {
          near.add(new MessageKey(row.key));
        } else {
          far.computeIfAbsent(row.viewFolder, f -> new ArrayList<>()).add(row);
        }
      }
    }
    var sequences = new ArrayList<Long>();
    var copies = new ArrayList<MessageKey>();
    if (!near.isEmpty()) {
      Ticket ticket = writer.enqueue(operation.removing() ? new Operation.Move(operation.account(), near, operation.to())
          : new Operation.Copy(operation.account(), near, operation.to()));
      sequences.addAll(ticket.sequences());
      copies.addAll(ticket.copies());
    }
    for (List<Row> rows : far.values()) {
      if (!to.mirrored()) {
        atOnce(rows.stream().filter(Transfers::whole).toList(), operation.removing(), to.key(), copies);
        rows.removeIf(Transfers::whole);
      }
      for (int from = 0; from < rows.size(); from += Operation.Transfer.LIMIT) {
        List<Row> piece = rows.subList(from, Math.min(rows.size(), from + Operation.Transfer.LIMIT));
        sequences.add(queue(operation, piece, to, copies));
      }
    }
    return new Ticket(sequences, List.of(), copies);
  }

  private static boolean whole(Row row) {
    return row.body == BodyState.WHOLE;
  }

  /** Whether it is a copy that content is still to come to. */
  boolean pending(Row row) throws StoreException {
    return !whole(row) && row.queued > 0 && carried(row);
  }

  /** Whether it is what a queued transfer brings. */
  boolean carried(Row row) throws StoreException {
    return row.queued > 0 && !writer.operations.bringing(List.of(row.key)).isEmpty();
  }

  /** Into a folder where this machine has the last word, what is whole needs no server. */
  private void atOnce(List<Row> rows, boolean removing, long to, List<MessageKey> copies) throws StoreException {
    var moved = new ArrayList<Row>();
    var sources = new ArrayList<Long>();
    for (Row row : rows) {
      if (removing && row.place.startsWith(Place.LOCAL)) {
        row.folder = to;
        moved.add(row);
      } else {
        copies.add(new MessageKey(copy(row, to, false)));
        sources.add(row.key);
      }
    }
    writer.rows.save(moved);
    if (removing) {
      deleteSources(sources);
    }
  }

  private long copy(Row row, long to, boolean mirrored) throws StoreException {
    long key = writer.next();
    writer.rows.copy(row, key, to, mirrored ? Place.unborn(key) : Place.local(key), row.view);
    if (whole(row)) {
      size(key, row.raw);
    }
    return key;
  }

  /** What is uploaded is as large as its content, whatever a server said. */
  private void size(long key, long raw) throws StoreException {
    long length = writer.session.number("SELECT length FROM raw WHERE id = ?", raw); //$NON-NLS-1$
    writer.session.update("UPDATE message SET size_bytes = ? WHERE id = ?", length, key); //$NON-NLS-1$
  }

  private long queue(Operation.Transfer operation, List<Row> piece, Folders.Line to, List<MessageKey> all) throws StoreException {
    var copies = new LinkedHashMap<Long, Long>();
    for (Row row : piece) {
      copies.put(row.key, copy(row, to.key(), to.mirrored()));
      all.add(new MessageKey(copies.get(row.key)));
    }
    return queue(operation.on(piece.stream().map(row -> new MessageKey(row.key)).toList()), copies);
  }

  private long queue(Operation.Transfer operation, Map<Long, Long> copies) throws StoreException {
    long sequence = writer.next();
    writer.operations.insert(sequence, operation, copies, Instant.now());
    writer.log.queue(operation.account());
    var touched = new LinkedHashSet<>(copies.keySet());
    touched.addAll(copies.values());
    writer.rows.rederive(touched);
    return sequence;
  }

  Ticket deposit(Folders.Line into, Deposit message) throws StoreException {
    long key = writer.next();
    String place = into.mirrored() ? Place.unborn(key) : Place.local(key);
    Row row = new Row(key, into.key(), place, message.flags(), Values.millis(message.received()), message.content().sizeInBytes(),
        Values.column(message.envelope().messageIdHeader()));
    writer.attach(row, message.content());
    writer.writeContents();
    writer.rows.insert(Map.of(row, new NewMessage(new RemoteId(place), message.flags(), message.received(), row.size, message.attachments(),
        message.envelope(), Optional.empty()))); // the id is not written: no server has it
    MessageKey copy = new MessageKey(key);
    if (!into.mirrored()) {
      return new Ticket(List.of(), List.of(), List.of(copy));
    }
    long sequence = queue(new Operation.Transfer(into.account(), List.of(copy), new FolderKey(into.key()), false), Map.of(key, key));
    return new Ticket(List.of(sequence), List.of(), List.of(copy));
  }

  private void deleteSources(List<Long> sources) throws StoreException {
    var byAccount = new LinkedHashMap<AccountId, List<MessageKey>>();
    Map<Long, Row> rows = writer.rows.get(sources);
    for (Row row : sources.stream().map(rows::get).filter(row -> row != null).toList()) {
      AccountId account = writer.folderOf(new FolderKey(row.folder)).account();
      byAccount.computeIfAbsent(account, a -> new ArrayList<>()).add(new MessageKey(row.key));
    }
    for (var some : byAccount.entrySet()) {
      writer.enqueue(new Operation.Delete(some.getKey(), some.getValue()));
    }
  }

  private void leave(AccountId account, List<Operations.Member> members) throws StoreException {
    writer.log.queue(account);
    writer.operations.removeMembers(members);
    writer.operations.removeEmpty(members.stream().map(Operations.Member::sequence).collect(Collectors.toSet()));
    freed(members);
  }

  /** No transfer names these sources any more: they are in view as their own account has them, and may be deleted. */
  void freed(Collection<Operations.Member> members) throws StoreException {
    List<Long> sources = members.stream().filter(member -> !member.alone()).map(Operations.Member::message).toList();
    writer.rows.rederive(sources);
    deletable(sources);
  }

  private void deletable(List<Long> sources) throws StoreException {
    writer.operations.deleting(sources).forEach(writer.log::queue);
  }

  /** Members that can have gone anywhere: whose copy is whole. */
  List<Operations.Member> sendable(Operations.Entry entry) throws StoreException {
    Map<Long, Row> copies = writer.rows.get(entry.copies());
    return entry.members().stream().filter(member -> whole(copies.get(member.copy()))).toList();
  }

  /** @param entry some members of an entry that is out of the queue as far as they are concerned: they are where they were to go */
  void done(Operations.Entry entry, Map<MessageKey, RemoteId> receipt) throws StoreException {
    new Settling(writer).copied(entry, receipt);
    freed(entry.members());
    if (entry.removing()) {
      deleteSources(entry.members().stream().filter(member -> !member.alone()).map(Operations.Member::message).toList());
    }
  }

  /** Messages have their whole content now: so have their copies, and what was to go where this machine has the last word is there. */
  void attached(Collection<Row> rows) throws StoreException {
    for (Row row : rows) {
      if (whole(row) && row.queued > 0) {
        for (Operations.Member member : writer.operations.bringing(List.of(row.key))) {
          filled(member);
        }
        for (Operations.Member member : writer.operations.transferring(List.of(row.key))) {
          if (!member.alone()) {
            fill(member, row);
          }
        }
      }
    }
  }

  private void fill(Operations.Member member, Row source) throws StoreException {
    Row copy = writer.rows.get(member.copy()).orElseThrow();
    if (!whole(copy)) {
      if (copy.raw != 0) {
        writer.rows.release(List.<Object[]>of(new Object[] {copy.raw}));
      }
      copy.raw = source.raw;
      copy.body = source.body;
      writer.session.update("UPDATE raw SET users = users + 1 WHERE id = ?", source.raw); //$NON-NLS-1$
      writer.rows.save(List.of(copy));
      attached(List.of(copy));
    }
  }

  /** What an entry brings is whole now. */
  private void filled(Operations.Member member) throws StoreException {
    Operations.Entry entry = writer.operations.entry(member.sequence()).orElseThrow();
    writer.log.queue(entry.account());
    deletable(List.of(member.message()));
    size(member.copy(), writer.rows.get(member.copy()).orElseThrow().raw);
    if (!writer.folderOf(new FolderKey(entry.target())).mirrored()) {
      leave(entry.account(), List.of(member));
      done(entry.with(List.of(member)), Map.of());
    }
  }

  /** The user deletes copies that this machine has and whose content is still to come: then their sources are not wanted either. */
  void deleted(Collection<Row> copies) throws StoreException {
    List<Long> keys = copies.stream().filter(row -> row.queued > 0).map(row -> row.key).toList();
    for (Operations.Member member : keys.isEmpty() ? List.<Operations.Member>of() : writer.operations.bringing(keys)) {
      Optional<Operations.Entry> entry = writer.operations.entry(member.sequence());
      if (entry.isPresent() && !member.alone()) {
        boolean needed = !writer.operations.transferring(List.of(member.copy())).isEmpty();
        leave(entry.get().account(), List.of(member));
        if (entry.get().removing() && !needed) {
          deleteSources(List.of(member.message()));
        }
      }
    }
  }

  /** Whether it was made here and no server has seen it: it is gone as soon as it is deleted. */
  boolean unsent(Row row) throws StoreException {
    return !Place.born(row.place) && writer.operations.bringing(List.of(row.key)).stream().anyMatch(Operations.Member::alone)
        && !writer.operations.copyAttempted(row.key);
  }

  /** The source of a message in an entry is gone; its copy goes on by itself if it is whole. @return whether it does */
  boolean goesOn(Operations.Entry entry, Operations.Member member) throws StoreException {
    if (!entry.transfers() || member.alone() || writer.rows.get(member.copy()).filter(Transfers::whole).isEmpty()) {
      return false;
    }
    writer.operations.alone(member);
    writer.rows.rederive(List.of(member.copy())); // named twice now, as what is to go and as what is to be there
    return true;
  }

  /** Forgets an entry, but not messages that are nowhere else: these stay in it, refused. */
  void refused(Operations.Entry entry, String why) throws StoreException {
    List<Row> only = dropAllBut(entry, false);
    if (!only.isEmpty()) {
      writer.operations.refused(entry.sequence(), why);
    }
  }

  /** Forgets an entry whose folder is gone; messages that are nowhere else are to go into the inbox. */
  void homeless(Operations.Entry entry) throws StoreException {
    Optional<Folders.Line> inbox = writer.folders.of(entry.account()).stream().filter(Folders.Line::mirrored).filter(Folders.Line::made)
        .filter(line -> line.key() != entry.target() && line.remote().role() == FolderRole.INBOX).findFirst();
    List<Row> only = dropAllBut(entry, inbox.isEmpty());
    if (!only.isEmpty()) {
      writer.operations.target(entry.sequence(), inbox.get().key());
      only.forEach(row -> row.folder = inbox.get().key());
      writer.rows.saveQueued(only);
    }
  }

  /** @param falls whether what is nowhere else falls, too @return what is nowhere else, by itself in the entry; without any, that is gone */
  private List<Row> dropAllBut(Operations.Entry entry, boolean falls) throws StoreException {
    writer.log.queue(entry.account());
    writer.operations.removeMembers(entry.members());
    freed(entry.members());
    var all = new TreeMap<>(writer.rows.get(entry.copies()));
    Map<Long, Row> sources = writer.rows.get(entry.messages());
    var only = new ArrayList<Row>();
    var fallen = new ArrayList<Row>();
    for (Operations.Member member : entry.members()) {
      Row copy = all.get(member.copy());
      boolean back = !member.alone() && sources.get(member.message()).viewFolder != 0;
      if (!copy.known() && !back && whole(copy) && !falls) {
        only.add(copy);
      } else if (!copy.known()) {
        fallen.add(copy);
      }
    }
    writer.operations.insertMembers(only.stream().map(row -> new Operations.Member(entry.sequence(), row.key, row.key)).toList());
    writer.operations.removeEmpty(List.of(entry.sequence()));
    writer.rows.saveQueued(all.values());
    new Settling(writer).fall(fallen);
    return only;
  }

  /** Sources in other accounts of all that is queued for an account, which is about to go. */
  Set<Long> sources(AccountId account) throws StoreException {
    return writer.operations.entries(account).stream().filter(Operations.Entry::transfers).flatMap(entry -> entry.messages().stream())
        .collect(Collectors.toSet());
  }
}
