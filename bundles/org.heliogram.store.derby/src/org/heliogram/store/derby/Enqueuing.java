/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.StoreException;

/** Puts one operation into the queue, split so that each entry is one server command whatever becomes of the entries before it. */
final class Enqueuing {
  private final DerbyWriter writer;
  private final Operation.OnMessages operation;
  private final Map<Long, Folders.Line> places = new HashMap<>();
  private final List<MessageKey> made = new ArrayList<>();

  /**
   * Messages that stay together: seen in one folder, and with the same server folder and pending moves. If one of those moves is
   * refused, it is refused for all of them, and they still are in one folder.
   */
  private record Group(long viewFolder, long serverFolder, long lastMove) {}

  Enqueuing(DerbyWriter writer, Operation.OnMessages operation) {
    this.writer = writer;
    this.operation = operation;
  }

  Ticket run() throws StoreException {
    Optional<FolderKey> to = target(operation);
    if (to.isPresent()) {
      Folders.Line place = target(writer, operation, to.get());
      if (operation instanceof Operation.Copy copy && !place.mirrored() && incomplete()) {
        return new Transfers(writer).enqueue(new Operation.Transfer(copy.account(), copy.messages(), copy.to(), false));
      }
    }
    var sequences = new ArrayList<Long>();
    for (var group : groups().entrySet()) {
      boolean mirrored = place(group.getKey().viewFolder()).orElseThrow().mirrored();
      if (to.isPresent() && writer.folderOf(to.get()).mirrored() != mirrored) {
        throw new StoreException("folder " + to.get() + " is kept elsewhere than folder " + group.getKey().viewFolder(), null); //$NON-NLS-1$ //$NON-NLS-2$
      }
      List<Row> all = group.getValue();
      for (int from = 0; from < all.size(); from += Operation.LIMIT) {
        List<Row> piece = all.subList(from, Math.min(all.size(), from + Operation.LIMIT));
        enqueue(piece, mirrored).ifPresent(sequences::add);
      }
    }
    return new Ticket(sequences, List.of(), made);
  }

  /** Where messages are to go. */
  static Folders.Line target(DerbyWriter writer, Operation.OnMessages operation, FolderKey to) throws StoreException {
    Folders.Line line = writer.folderOf(to);
    if (!line.account().equals(operation.account())) {
      throw new StoreException("folder " + to + " is another account's", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (!line.open()) {
      throw new StoreException("folder " + to + " cannot hold messages", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return line;
  }

  /** Whether the content of some of the messages is on its way to them from others. */
  private boolean incomplete() throws StoreException {
    Transfers transfers = new Transfers(writer);
    for (Row row : writer.rows.get(operation.messages().stream().map(MessageKey::value).toList()).values()) {
      if (transfers.pending(row)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<FolderKey> target(Operation.OnMessages operation) {
    return switch (operation) {
      case Operation.Move move -> Optional.of(move.to());
      case Operation.Copy copy -> Optional.of(copy.to());
      case Operation.Transfer transfer -> Optional.of(transfer.to());
      case Operation.ChangeFlags change -> Optional.empty();
      case Operation.Delete delete -> Optional.empty();
    };
  }

  private Map<Group, List<Row>> groups() throws StoreException {
    List<Long> keys = List.copyOf(new LinkedHashSet<>(operation.messages().stream().map(MessageKey::value).toList()));
    Map<Long, Row> found = writer.rows.get(keys);
    Map<Long, Long> moves = writer.operations.lastMoves(found.values().stream().filter(row -> row.queued > 0).map(row -> row.key).toList());
    var groups = new LinkedHashMap<Group, List<Row>>();
    for (long key : keys) {
      Row row = found.get(key);
      if (row != null && changes(row) && owner(row.viewFolder).equals(Optional.of(operation.account())) && !gone(row)) {
        groups.computeIfAbsent(new Group(row.viewFolder, row.folder, moves.getOrDefault(key, 0L)), g -> new ArrayList<>()).add(row);
      }
    }
    return groups;
  }

  /** Erases what is deleted before any server saw it. */
  private boolean gone(Row row) throws StoreException {
    boolean gone = operation instanceof Operation.Delete && new Transfers(writer).unsent(row);
    if (gone) {
      new Settling(writer).erase(List.of(row));
    }
    return gone;
  }

  private Optional<Folders.Line> place(long folder) throws StoreException {
    if (!places.containsKey(folder)) {
      Optional<Folders.Line> line = writer.folders.find(folder);
      if (line.isEmpty()) {
        return line;
      }
      places.put(folder, line.get());
    }
    return Optional.of(places.get(folder));
  }

  private Optional<AccountId> owner(long folder) throws StoreException {
    return place(folder).filter(Folders.Line::open).map(Folders.Line::account);
  }

  private boolean changes(Row row) {
    return row.viewFolder != 0 && switch (operation) {
      case Operation.ChangeFlags change -> !row.view.with(change.change()).equals(row.view);
      case Operation.Move move -> row.viewFolder != move.to().value();
      case Operation.Copy copy -> true;
      case Operation.Transfer transfer -> true;
      case Operation.Delete delete -> true;
    };
  }

  private Optional<Long> enqueue(List<Row> piece, boolean mirrored) throws StoreException {
    Operation.OnMessages part = operation.on(piece.stream().map(row -> new MessageKey(row.key)).toList());
    Map<Long, Long> copies = new LinkedHashMap<>();
    if (operation instanceof Operation.Copy copy) {
      for (Row row : piece) {
        long key = writer.next();
        copies.put(row.key, key);
        made.add(new MessageKey(key));
        Flags flags = row.view;
        writer.rows.copy(row, key, copy.to().value(), mirrored ? Place.unborn(key) : Place.local(key), flags);
      }
    }
    if (!mirrored) {
      new Settling(writer).locally(part, piece);
      return Optional.empty();
    }
    long sequence = writer.next();
    writer.operations.insert(sequence, part, copies, Instant.now());
    writer.log.queue(operation.account());
    writer.rows.saveQueued(piece);
    writer.rows.rederive(copies.values());
    return Optional.of(sequence);
  }
}
