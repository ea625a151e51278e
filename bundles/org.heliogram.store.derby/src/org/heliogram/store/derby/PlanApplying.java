/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;

/** Changes the server's half of a folder by what a listing brought. */
final class PlanApplying {
  private final DerbyWriter writer;

  PlanApplying(DerbyWriter writer) {
    this.writer = writer;
  }

  void apply(Folders.Line folder, SyncPlan plan) throws StoreException {
    if (folder.mirrored()) {
      mirror(folder.key(), plan);
    } else {
      deliver(folder.key(), plan);
    }
    if (plan.cursor().isPresent()) {
      writer.folders.cursor(folder.key(), plan.cursor().get().value());
    }
  }

  private void mirror(long folder, SyncPlan plan) throws StoreException {
    if (plan.renumbered()) {
      renumber(folder);
    }
    var vanished = new ArrayList<Row>();
    for (RemoteId id : new HashSet<>(plan.vanished())) {
      writer.known(folder, id).ifPresent(vanished::add);
    }
    vanish(vanished);
    var flagged = new ArrayList<Row>();
    for (var entry : plan.flags().entrySet()) {
      Optional<Row> row = writer.known(folder, entry.getKey());
      if (row.isPresent()) {
        row.get().flags = entry.getValue();
        flagged.add(row.get());
      }
    }
    writer.rows.save(flagged);
    add(folder, plan.added());
    if (plan.sweep()) {
      new Settling(writer).erase(writer.rows.placed(folder, Place.WAITING).stream().filter(row -> row.queued == 0).toList());
    }
  }

  private void renumber(long folder) throws StoreException {
    List<Row> rows = writer.rows.placed(folder, Place.KNOWN);
    rows.forEach(row -> row.waits(folder));
    writer.rows.save(rows);
  }

  /** The server has them no more; one with a queued move may be on its way and waits in the target to be recognised. */
  void vanish(Collection<Row> rows) throws StoreException {
    Map<Long, Long> targets = writer.operations.firstTargets(rows.stream().filter(row -> row.queued > 0).map(row -> row.key).toList());
    var moving = new ArrayList<Row>();
    var gone = new ArrayList<Row>();
    for (Row row : rows) {
      if (targets.containsKey(row.key)) {
        row.waits(targets.get(row.key));
        moving.add(row);
      } else {
        gone.add(row);
      }
    }
    writer.rows.save(moving);
    new Settling(writer).erase(gone);
  }

  private void add(long folder, List<NewMessage> added) throws StoreException {
    boolean waiting = writer.rows.anyPlaced(folder, Place.WAITING) || writer.rows.anyPlaced(folder, Place.UNBORN);
    var fresh = new LinkedHashMap<Row, NewMessage>();
    Set<String> seen = writer.rows.taken(folder, added.stream().map(message -> Place.known(message.id())).toList());
    for (NewMessage message : added) {
      if (!seen.add(Place.known(message.id()))) {
        continue;
      }
      Optional<Row> adopted = waiting ? waiting(folder, message) : Optional.empty();
      if (adopted.isPresent()) {
        adopt(adopted.get(), message);
      } else {
        fresh.put(row(folder, message, Place.known(message.id())), message);
      }
    }
    writer.writeContents();
    writer.rows.insert(fresh);
  }

  private Row row(long folder, NewMessage message, String place) throws StoreException {
    Row row = new Row(writer.next(), folder, place, message.flags(), Values.millis(message.received()), message.sizeInBytes(),
        Values.column(message.envelope().messageIdHeader()));
    if (message.body().isPresent()) {
      writer.attach(row, message.body().get());
    }
    return row;
  }

  private void adopt(Row row, NewMessage message) throws StoreException {
    row.place = Place.known(message.id());
    row.flags = message.flags();
    if (message.body().isPresent()) {
      writer.attach(row, message.body().get());
      writer.writeContents();
    }
    writer.rows.save(List.of(row));
  }

  /**
   * The row a message that is new to this folder turns out to be: same Message-ID and size; else same Message-ID, where its content is
   * not whole here, so that the size is only what a server said. Without a Message-ID, size and time of arrival have to agree.
   */
  private Optional<Row> waiting(long folder, NewMessage message) throws StoreException {
    String id = Values.column(message.envelope().messageIdHeader());
    List<Row> candidates = new ArrayList<>(writer.rows.placed(folder, Place.waitingFor(id)));
    for (Row copy : writer.rows.placed(folder, Place.UNBORN)) {
      if (writer.operations.copyAttempted(copy.key)) {
        candidates.add(copy);
      }
    }
    candidates.removeIf(row -> !row.messageIdHeader.equals(id));
    candidates.sort(Comparator.comparingLong(row -> row.key));
    Optional<Row> exact = candidates.stream().filter(row -> row.size == message.sizeInBytes())
        .filter(row -> !id.isEmpty() || row.received == Values.millis(message.received())).findFirst();
    return exact.isPresent() || id.isEmpty() ? exact : candidates.stream().filter(row -> row.body != BodyState.WHOLE).findFirst();
  }

  private void deliver(long folder, SyncPlan plan) throws StoreException {
    writer.session.batch("UPDATE taken SET gone = 1 WHERE folder = ? AND remote_id = ?", //$NON-NLS-1$
        plan.vanished().stream().map(id -> new Object[] {folder, id.value()}).toList());
    var fresh = new LinkedHashMap<Row, NewMessage>();
    var taken = new ArrayList<Object[]>();
    Set<RemoteId> seen = new HashSet<>();
    for (NewMessage message : plan.added()) {
      boolean known = writer.session.number("SELECT COUNT(*) FROM taken WHERE folder = ? AND remote_id = ?", folder, message.id().value()) > 0; //$NON-NLS-1$
      if (seen.add(message.id()) && !known) {
        Row row = row(folder, message, Place.LOCAL);
        row.place = Place.local(row.key);
        fresh.put(row, message);
        taken.add(new Object[] {folder, message.id().value(), row.key});
      }
    }
    writer.writeContents();
    writer.rows.insert(fresh);
    writer.session.batch("INSERT INTO taken (folder, remote_id, message, gone) VALUES (?, ?, ?, 0)", taken); //$NON-NLS-1$
  }
}
