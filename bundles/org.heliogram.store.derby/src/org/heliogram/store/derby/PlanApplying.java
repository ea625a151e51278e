/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.store.MaildropPlan;
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
      apply(folder, delivered(folder, plan));
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
      sweep(folder);
    }
  }

  private void sweep(long folder) throws StoreException {
    var gone = new ArrayList<Row>();
    for (Row row : writer.rows.placed(folder, Place.WAITING)) {
      if (row.queued == 0 || writer.operations.onlySource(row.key)) {
        gone.add(row);
      }
    }
    new Settling(writer).erase(gone);
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
    new Transfers(writer).attached(List.of(row));
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
        .filter(row -> !id.isEmpty() || second(row.received) == second(Values.millis(message.received()))).findFirst();
    return exact.isPresent() || id.isEmpty() ? exact : candidates.stream().filter(row -> row.body != BodyState.WHOLE).findFirst();
  }

  /** A server keeps no more of a message's time. */
  private static long second(long millis) {
    return Math.floorDiv(millis, 1_000);
  }

  /** The same in the words of a maildrop. */
  private static MaildropPlan delivered(Folders.Line folder, SyncPlan plan) {
    var there = new HashMap<RemoteId, Boolean>();
    plan.vanished().forEach(id -> there.put(id, false));
    return new MaildropPlan(List.of(), Map.of(), there, new FolderKey(folder.key()), plan.added(), Map.of(), Optional.empty(), Optional.empty());
  }

  void apply(Folders.Line maildrop, MaildropPlan plan) throws StoreException {
    Folders.Line inbox = writer.folderOf(plan.inbox());
    if (maildrop.mirrored() || inbox.mirrored()) {
      throw new StoreException("folder " + maildrop.key() + " is no maildrop, or " + inbox.key() + " is a server's", null); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    Maildrops maildrops = new Maildrops(writer);
    maildrops.change(maildrop, plan);
    deliver(maildrops, maildrop.key(), plan);
    if (plan.cursor().isPresent()) {
      writer.folders.cursor(maildrop.key(), plan.cursor().get().value());
    }
  }

  private void deliver(Maildrops maildrops, long maildrop, MaildropPlan plan) throws StoreException {
    var prints = new HashMap<>(plan.prints());
    plan.added().forEach(message -> prints.putIfAbsent(message.id(), Fingerprint.UNKNOWN));
    Set<RemoteId> known = maildrops.known(maildrop, prints.keySet());
    var fresh = new LinkedHashMap<Row, NewMessage>();
    var keys = new HashMap<RemoteId, Long>();
    for (NewMessage message : plan.added()) {
      if (!known.contains(message.id()) && !keys.containsKey(message.id())) {
        Row row = row(plan.inbox().value(), message, Place.LOCAL);
        row.place = Place.local(row.key);
        fresh.put(row, message);
        keys.put(message.id(), row.key);
      }
    }
    writer.writeContents();
    writer.rows.insert(fresh);
    maildrops.note(maildrop, prints, known, keys);
  }
}
