/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.MemoryState.Entry;
import org.heliogram.testing.MemoryState.Place;
import org.heliogram.testing.MemoryState.Row;
import org.heliogram.testing.MemoryState.View;

/** The queued transfers of a {@link MemoryWriter}. */
final class MemoryTransfers {
  private final MemoryWriter writer;
  private final MemoryState state;

  MemoryTransfers(MemoryWriter writer) {
    this.writer = writer;
    this.state = writer.state;
  }

  /** What can be moved or copied is; the others become entries, by source folder. */
  Ticket enqueue(Operation.Transfer operation, Instant now) throws StoreException {
    Place to = writer.target(operation, operation.to());
    var near = new ArrayList<MessageKey>();
    var far = new LinkedHashMap<FolderKey, List<MessageKey>>();
    for (MessageKey key : new LinkedHashSet<>(operation.messages())) {
      View view = state.views().get(key);
      if (view != null && view.folder().isPresent() && writer.open(state.place(view.folder().get()))) {
        Place from = state.place(view.folder().get());
        boolean alike = from.account().equals(to.account()) && from.mirrored() == to.mirrored();
        if (alike && (operation.removing() || to.mirrored() || !pending(state.row(key)))) {
          near.add(key);
        } else {
          far.computeIfAbsent(from.key(), f -> new ArrayList<>()).add(key);
        }
      }
    }
    var sequences = new ArrayList<Long>();
    var copies = new ArrayList<MessageKey>();
    if (!near.isEmpty()) {
      Ticket ticket = writer.enqueue(operation.removing() ? new Operation.Move(operation.account(), near, to.key())
          : new Operation.Copy(operation.account(), near, to.key()));
      sequences.addAll(ticket.sequences());
      copies.addAll(ticket.copies());
    }
    for (List<MessageKey> keys : far.values()) {
      if (!to.mirrored()) {
        atOnce(operation.on(keys), to, copies);
        keys.removeIf(key -> state.row(key) == null || state.row(key).whole());
      }
      for (int i = 0; i < keys.size(); i += Operation.Transfer.LIMIT) {
        sequences.add(queue(operation.on(keys.subList(i, Math.min(keys.size(), i + Operation.Transfer.LIMIT))), to, now, copies));
      }
    }
    return new Ticket(sequences, List.of(), copies);
  }

  /** A copy that content is still to come to. */
  boolean pending(Row row) {
    return !row.whole() && state.queue.values().stream()
        .anyMatch(entry -> entry.operation() instanceof Operation.Transfer && entry.copies().containsValue(row.key()));
  }

  /** Into a folder where this machine has the last word, what is whole needs no server. */
  private void atOnce(Operation.Transfer operation, Place to, List<MessageKey> copies) throws StoreException {
    var sources = new ArrayList<MessageKey>();
    for (MessageKey key : operation.messages()) {
      Row row = state.row(key);
      if (row.whole() && operation.removing() && !state.place(row.place()).mirrored()) {
        state.put(row.in(to));
      } else if (row.whole()) {
        copies.add(copy(row, to).key());
        sources.add(key);
      }
    }
    if (operation.removing()) {
      deleteSources(sources);
    }
  }

  private Row copy(Row row, Place to) {
    MessageKey made = new MessageKey(state.next());
    Row copy = row.copied(made, to.key(), state.views().get(row.key()).flags(), !to.mirrored()).in(to).sized();
    state.put(copy);
    return copy;
  }

  private long queue(Operation.Transfer operation, Place to, Instant now, List<MessageKey> copies) {
    var made = new HashMap<MessageKey, MessageKey>();
    for (MessageKey key : operation.messages()) {
      made.put(key, copy(state.row(key), to).key());
      copies.add(made.get(key));
    }
    return queue(operation, made, now);
  }

  private long queue(Operation.Transfer operation, Map<MessageKey, MessageKey> copies, Instant now) {
    long sequence = state.next();
    state.queue.put(sequence, new Entry(sequence, operation, Optional.empty(), now, 0, false, Optional.empty(), Map.copyOf(copies), false));
    state.changed();
    return sequence;
  }

  Ticket deposit(Place into, Deposit message, Instant now) {
    MessageKey key = new MessageKey(state.next());
    state.put(new Row(key, into.account(), into.key(), Optional.empty(), message.flags(), message.received(), message.content().sizeInBytes(),
        message.attachments(), message.envelope(), Optional.of(message.content()), !into.mirrored()));
    if (!into.mirrored()) {
      return new Ticket(List.of(), List.of(), List.of(key));
    }
    long sequence = queue(new Operation.Transfer(into.account(), List.of(key), into.key(), false), Map.of(key, key), now);
    return new Ticket(List.of(sequence), List.of(), List.of(key));
  }

  private void deleteSources(Collection<MessageKey> sources) throws StoreException {
    var byAccount = new LinkedHashMap<AccountId, List<MessageKey>>();
    for (MessageKey key : sources) {
      byAccount.computeIfAbsent(state.row(key).account(), a -> new ArrayList<>()).add(key);
    }
    for (var some : byAccount.entrySet()) {
      writer.enqueue(new Operation.Delete(some.getKey(), some.getValue()));
    }
  }

  /** These messages of an entry are where they were to go. */
  void done(Entry entry, Map<MessageKey, Optional<RemoteId>> told) throws StoreException {
    Operation.Transfer transfer = (Operation.Transfer) entry.operation();
    var done = new HashMap<>(told);
    done.keySet().removeIf(key -> !state.row(entry.copies().get(key)).whole());
    writer.leave(entry, done.keySet());
    var sources = new ArrayList<MessageKey>();
    for (MessageKey key : transfer.messages()) {
      if (done.containsKey(key)) {
        Row copy = state.row(entry.copies().get(key));
        if (state.place(copy.place()).mirrored()) {
          writer.arrived(copy.delivered(), done.get(key));
        }
        if (transfer.removing() && !entry.alone(key)) {
          sources.add(key);
        }
      }
    }
    deleteSources(sources);
  }

  /** A message has its whole content now: so have its copies, and what was to go where this machine has the last word is there. */
  void attached(MessageKey key) throws StoreException {
    Row row = state.row(key);
    if (!row.whole()) {
      return;
    }
    for (Entry entry : List.copyOf(state.queue.values())) {
      if (entry.operation() instanceof Operation.Transfer transfer && entry.copies().containsValue(key)) {
        state.put(row.sized());
        Optional<MessageKey> source = transfer.messages().stream().filter(k -> entry.copies().get(k).equals(key)).findFirst();
        if (source.isPresent() && !state.place(transfer.to()).mirrored()) {
          done(entry, Map.of(source.get(), Optional.empty()));
        }
      }
    }
    for (Entry entry : List.copyOf(state.queue.values())) {
      if (entry.operation() instanceof Operation.Transfer transfer && transfer.messages().contains(key) && !entry.alone(key)) {
        Row copy = state.row(entry.copies().get(key));
        if (!copy.whole()) {
          state.put(copy.with(row.body().get()));
          attached(copy.key());
        }
      }
    }
  }

  /** The user deletes a copy that this machine has and whose content is still to come: then its source is not wanted either. */
  void deleted(MessageKey copy) throws StoreException {
    boolean needed = state.queue.values().stream().anyMatch(e -> e.operation() instanceof Operation.Transfer && e.messages().contains(copy));
    for (Entry entry : List.copyOf(state.queue.values())) {
      if (entry.operation() instanceof Operation.Transfer transfer && entry.copies().containsValue(copy)) {
        List<MessageKey> sources = transfer.messages().stream().filter(key -> entry.copies().get(key).equals(copy) && !key.equals(copy)).toList();
        writer.leave(entry, Set.copyOf(sources));
        if (transfer.removing() && !needed) {
          deleteSources(sources);
        }
      }
    }
  }

  /** What was made here and no server has seen is gone as soon as it is deleted. */
  boolean unsent(MessageKey key) {
    return !state.row(key).born() && state.queue.values().stream().anyMatch(entry -> entry.alone(key) && !entry.attempted());
  }

  /** The source of a message in an entry is gone; its copy goes on by itself if it is whole. @return whether it does */
  boolean goesOn(Entry entry, MessageKey gone) {
    MessageKey copy = entry.copies().get(gone);
    if (!(entry.operation() instanceof Operation.Transfer transfer) || entry.alone(gone) || !state.row(copy).whole()) {
      return false;
    }
    var copies = new HashMap<>(entry.copies());
    copies.remove(gone);
    copies.put(copy, copy);
    List<MessageKey> messages = transfer.messages().stream().map(key -> key.equals(gone) ? copy : key).toList();
    state.queue.put(entry.sequence(), entry.with(transfer.on(messages), copies));
    return true;
  }

  /** Forgets an entry, but not messages that are nowhere else: these stay in it, refused. */
  void refused(Entry entry, String why) {
    Map<MessageKey, MessageKey> only = dropAllBut(entry, key -> false);
    if (!only.isEmpty()) {
      Entry alone = entry.with(((Operation.Transfer) entry.operation()).on(List.copyOf(only.keySet())), only);
      state.queue.put(entry.sequence(), alone.refused(why));
      state.changed();
    }
  }

  /** Forgets an entry whose folder is gone; messages that are nowhere else are to go into the inbox. */
  void homeless(Entry entry, FolderKey gone) {
    Operation.Transfer transfer = (Operation.Transfer) entry.operation();
    Optional<Place> inbox = state.folders.values().stream().filter(place -> place.account().equals(transfer.account()) && place.mirrored())
        .filter(place -> place.made() && !place.key().equals(gone) && place.remote().role() == FolderRole.INBOX).findFirst();
    Map<MessageKey, MessageKey> only = dropAllBut(entry, key -> inbox.isEmpty());
    if (!only.isEmpty()) {
      only.keySet().forEach(key -> state.put(state.row(key).in(inbox.get())));
      var there = new Operation.Transfer(transfer.account(), List.copyOf(only.keySet()), inbox.get().key(), transfer.removing());
      state.queue.put(entry.sequence(), entry.with(there, only));
      state.changed();
    }
  }

  /** @param falls what falls although it is nowhere else @return what is nowhere else, by itself */
  private Map<MessageKey, MessageKey> dropAllBut(Entry entry, Predicate<MessageKey> falls) {
    state.queue.remove(entry.sequence());
    state.changed();
    var only = new LinkedHashMap<MessageKey, MessageKey>();
    for (MessageKey key : entry.messages()) {
      Row copy = state.row(entry.copies().get(key));
      boolean back = !entry.alone(key) && state.views().get(key).folder().isPresent();
      if (copy.id().isEmpty() && !back && copy.whole() && !falls.test(copy.key())) {
        only.put(copy.key(), copy.key());
      } else if (copy.id().isEmpty()) {
        writer.fall(copy);
      }
    }
    return only;
  }

  /** Whether anything but the upload of its copy is queued for the message. */
  boolean onlySource(MessageKey key) {
    return state.queue.values().stream().noneMatch(entry -> entry.copies().containsValue(key)
        || entry.messages().contains(key) && !(entry.operation() instanceof Operation.Transfer));
  }
}
