/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.FolderViews;
import org.heliogram.core.store.LocalFolders;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.testing.MemoryState.Entry;
import org.heliogram.testing.MemoryState.Place;
import org.heliogram.testing.MemoryState.Row;
import org.heliogram.testing.MemoryState.View;

/** Changes the server's half and the queue of a {@link MemoryState}; the view follows by itself. */
final class MemoryWriter extends MemoryReader implements StoreWriter {
  private final Clock clock;
  private final MemoryTransfers transfers;

  MemoryWriter(MemoryState state, Clock clock) {
    super(state);
    this.transfers = new MemoryTransfers(this);
    this.clock = clock;
  }

  @Override
  public void put(Account account) throws StoreException {
    checkOpen();
    if (state.accounts.values().stream().anyMatch(a -> !a.id().equals(account.id()) && a.label().equals(account.label()))) {
      throw new StoreException("another account has this label", null);
    }
    state.accounts.put(account.id(), account);
  }

  @Override
  public void remove(AccountId account) throws StoreException {
    checkOpen();
    state.queue.values().removeIf(e -> e.operation().account().equals(account));
    state.changed();
    Set<MessageKey> gone = state.rows.values().stream().filter(r -> r.account().equals(account)).map(Row::key).collect(Collectors.toSet());
    state.maildrops.forget(gone);
    state.rows.values().stream().filter(r -> gone.contains(r.key()) && state.named(r.key())).toList().forEach(this::erase);
    state.rows.values().removeIf(r -> gone.contains(r.key()));
    state.folders.values().removeIf(f -> f.account().equals(account) && removeTaken(f.key()));
    state.accounts.remove(account);
    state.changed();
  }

  private boolean removeTaken(FolderKey folder) {
    state.maildrops.remove(folder);
    return true;
  }

  @Override
  public void options(FolderKey folder, FolderOptions options) throws StoreException {
    state.folders.put(folder.value(), folderOf(folder).with(options));
  }

  @Override
  public void folders(AccountId account, List<RemoteFolder> folders, Map<FolderKey, String> renamed) throws StoreException {
    checkOpen();
    if (!state.accounts.containsKey(account)) {
      throw new StoreException("no such account", null);
    }
    var old = new TreeMap<Long, Place>();
    of(account).forEach(f -> old.put(f.key().value(), f));
    var known = FolderViews.match(old.values().stream().map(f -> new FolderViews.Known(f.key(), f.remote(), f.made())).toList(), folders, renamed);
    var names = new HashMap<String, String>();
    var seen = new HashSet<String>();
    for (RemoteFolder folder : folders) {
      if (!seen.add(folder.name())) {
        continue;
      }
      if (known.containsKey(folder)) {
        change(old.remove(known.get(folder).value()), folder, names);
      } else {
        FolderKey key = new FolderKey(state.next());
        state.folders.put(key.value(), new Place(key, account, folder, Optional.empty(), true, FolderOptions.DEFAULT));
      }
    }
    old.values().stream().filter(place -> place.made() && !LocalFolders.own(place.remote())).toList().forEach(this::dropFolder);
    renameRoles(account, names);
    state.changed();
  }

  private List<Place> of(AccountId account) {
    return state.folders.values().stream().filter(f -> f.account().equals(account)).toList();
  }

  private void change(Place place, RemoteFolder now, Map<String, String> names) {
    if (!place.remote().name().equals(now.name())) {
      names.put(place.remote().name(), now.name());
    }
    state.folders.put(place.key().value(), place.told(now));
  }

  /** The user chose folders by name: the choice goes with them. */
  private void renameRoles(AccountId id, Map<String, String> names) {
    Account account = state.accounts.get(id);
    var roles = new HashMap<>(account.options().roles());
    roles.replaceAll((role, name) -> names.getOrDefault(name, name));
    state.accounts.put(id, account.withOptions(account.options().withRoles(roles)));
  }

  /** Messages with a queued move to elsewhere survive; what was to go into the folder stays where it is. */
  private void dropFolder(Place gone) {
    for (long sequence : List.copyOf(state.queue.keySet())) {
      Entry entry = state.queue.get(sequence);
      if (entry != null && (target(entry).equals(Optional.of(gone.key())) || entry.folder().equals(Optional.of(gone.key())))) {
        if (entry.operation() instanceof Operation.Transfer) {
          transfers.homeless(entry, gone.key());
        } else {
          drop(entry);
        }
      }
    }
    for (Row row : List.copyOf(state.rows.values())) {
      if (row.place().equals(gone.key())) {
        vanish(row);
      }
    }
    removeTaken(gone.key());
    state.folders.remove(gone.key().value());
  }

  private static Optional<FolderKey> target(Entry entry) {
    return entry.operation() instanceof Operation.OnMessages some ? target(some) : Optional.empty();
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

  @Override
  public Ticket enqueue(Operation operation) throws StoreException {
    checkOpen();
    return switch (operation) {
      case Operation.Transfer transfer -> transfers.enqueue(transfer, clock.instant());
      case Operation.OnMessages some -> enqueueOn(some);
      case Operation.OnFolder one -> enqueueOn(one);
    };
  }

  @Override
  public Ticket deposit(FolderKey into, Deposit message) throws StoreException {
    Place place = folderOf(into);
    if (!open(place)) {
      throw new StoreException("folder " + into + " cannot hold messages", null);
    }
    return transfers.deposit(place, message, clock.instant());
  }

  @Override
  public void retry(AccountId account) {
    checkOpen();
    state.queue.replaceAll((sequence, entry) -> entry.operation().account().equals(account) ? entry.again() : entry);
  }

  private Ticket enqueueOn(Operation.OnFolder operation) throws StoreException {
    if (LocalFolders.of(of(operation.account()).stream().map(Place::remote).toList())) {
      return settle(operation);
    }
    FolderKey key = switch (operation) {
      case Operation.CreateFolder create -> unmade(create);
      case Operation.RenameFolder rename -> rename.folder();
      case Operation.DeleteFolder delete -> delete.folder();
      case Operation.Subscribe subscribe -> subscribe.folder();
    };
    Place place = folderOf(key);
    if (!place.account().equals(operation.account()) || !place.mirrored()) {
      throw new StoreException("folder " + key + " cannot be changed", null);
    }
    if (operation instanceof Operation.Subscribe subscribe && state.seen(place).subscribed() == subscribe.subscribed()) {
      return new Ticket(List.of());
    }
    long sequence = state.next();
    state.queue.put(sequence, new Entry(sequence, operation, Optional.of(key), clock.instant(), 0, false, Optional.empty(), Map.of(),
        false));
    List<FolderViews.Step> misplaced = state.folderViews(operation.account(), p -> true, e -> true).misplaced();
    if (!misplaced.isEmpty() && misplaced.get(misplaced.size() - 1).equals(new FolderViews.Step(key, operation))) {
      throw new StoreException("folder " + key + " cannot be changed so", null);
    }
    return new Ticket(List.of(sequence), operation instanceof Operation.CreateFolder ? List.of(key) : List.of());
  }

  /** Where no server keeps folders it is done here and now. */
  private Ticket settle(Operation.OnFolder operation) throws StoreException {
    AccountId account = operation.account();
    var known = new ArrayList<>(of(account).stream().map(f -> new FolderViews.Known(f.key(), f.remote(), f.made())).toList());
    FolderKey key = switch (operation) {
      case Operation.CreateFolder create -> {
        FolderKey fresh = new FolderKey(state.next());
        known.add(new FolderViews.Known(fresh, LocalFolders.wanted(fresh, create), false));
        yield fresh;
      }
      case Operation.RenameFolder rename -> rename.folder();
      case Operation.DeleteFolder delete -> delete.folder();
      case Operation.Subscribe subscribe -> subscribe.folder();
    };
    LocalFolders.settle(known, state.accounts.get(account).options().roles(), new FolderViews.Step(key, operation)).forEach((folder, now) -> {
      Place place = state.place(folder);
      if (now.isEmpty()) {
        dropFolder(place);
      } else if (place == null) {
        state.folders.put(folder.value(), new Place(folder, account, now.get(), Optional.empty(), true, FolderOptions.DEFAULT));
      } else {
        if (!now.get().selectable()) {
          state.rows.values().stream().filter(r -> r.place().equals(folder)).toList().forEach(this::vanish);
        }
        state.folders.put(folder.value(), place.told(now.get()));
      }
    });
    state.changed();
    return new Ticket(List.of(), operation instanceof Operation.CreateFolder ? List.of(key) : List.of());
  }

  private FolderKey unmade(Operation.CreateFolder create) throws StoreException {
    if (of(create.account()).isEmpty()) {
      throw new StoreException("no folder can be made here", null);
    }
    FolderKey key = new FolderKey(state.next());
    RemoteFolder wanted = new RemoteFolder("new:" + key, create.path(), FolderRole.NONE, Keeping.MIRRORED, true);
    state.folders.put(key.value(), new Place(key, create.account(), wanted, Optional.empty(), false, FolderOptions.DEFAULT));
    return key;
  }

  private Ticket enqueueOn(Operation.OnMessages operation) throws StoreException {
    Optional<FolderKey> to = target(operation);
    if (to.isPresent()) {
      Place place = target(operation, to.get());
      boolean incomplete = operation.messages().stream().map(state::row).anyMatch(row -> row != null && transfers.pending(row));
      if (operation instanceof Operation.Copy && !place.mirrored() && incomplete) {
        return transfers.enqueue(new Operation.Transfer(operation.account(), operation.messages(), to.get(), false), clock.instant());
      }
    }
    var byFolder = new LinkedHashMap<FolderKey, List<MessageKey>>();
    for (MessageKey key : new java.util.LinkedHashSet<>(operation.messages())) {
      View view = state.views().get(key);
      if (view != null && state.row(key).account().equals(operation.account()) && changes(operation, view)
          && open(folderOf(view.folder().orElseThrow())) && !gone(operation, key)) {
        byFolder.computeIfAbsent(view.folder().orElseThrow(), f -> new ArrayList<>()).add(key);
      }
    }
    var sequences = new ArrayList<Long>();
    var copies = new ArrayList<MessageKey>();
    for (var group : byFolder.entrySet()) {
      boolean mirrored = folderOf(group.getKey()).mirrored();
      if (to.isPresent() && folderOf(to.get()).mirrored() != mirrored) {
        throw new StoreException("folder " + to.get() + " is kept elsewhere than folder " + group.getKey(), null);
      }
      for (int i = 0; i < group.getValue().size(); i += Operation.LIMIT) {
        List<MessageKey> piece = group.getValue().subList(i, Math.min(group.getValue().size(), i + Operation.LIMIT));
        enqueue(operation.on(piece), mirrored, copies).ifPresent(sequences::add);
      }
    }
    return new Ticket(sequences, List.of(), copies);
  }

  /** Where messages are to go. */
  Place target(Operation.OnMessages operation, FolderKey to) throws StoreException {
    Place place = folderOf(to);
    if (!place.account().equals(operation.account())) {
      throw new StoreException("folder " + to + " is another account's", null);
    }
    if (!open(place)) {
      throw new StoreException("folder " + to + " cannot hold messages", null);
    }
    return place;
  }

  /** Erases what is deleted before any server saw it. */
  private boolean gone(Operation.OnMessages operation, MessageKey key) {
    boolean gone = operation instanceof Operation.Delete && transfers.unsent(key);
    if (gone) {
      erase(state.row(key));
    }
    return gone;
  }

  boolean open(Place place) {
    return !state.seen(place).hidden() && state.seen(place).selectable();
  }

  private static boolean changes(Operation.OnMessages operation, View view) {
    return view.folder().isPresent() && switch (operation) {
      case Operation.ChangeFlags change -> !view.flags().with(change.change()).equals(view.flags());
      case Operation.Move move -> !view.folder().get().equals(move.to());
      case Operation.Copy copy -> true;
      case Operation.Transfer transfer -> true;
      case Operation.Delete delete -> true;
    };
  }

  private Optional<Long> enqueue(Operation.OnMessages operation, boolean mirrored, List<MessageKey> all) throws StoreException {
    var copies = new LinkedHashMap<MessageKey, MessageKey>();
    if (operation instanceof Operation.Copy copy) {
      for (MessageKey key : copy.messages()) {
        MessageKey made = new MessageKey(state.next());
        Flags flags = state.views().get(key).flags();
        copies.put(key, made);
        state.rows.put(made.value(), state.row(key).copied(made, copy.to(), flags, !mirrored));
      }
      state.changed();
    }
    all.addAll(copies.values());
    if (!mirrored) {
      done(operation, Map.of(), Map.of());
      return Optional.empty();
    }
    long sequence = state.next();
    state.queue.put(sequence, new Entry(sequence, operation, Optional.empty(), clock.instant(), 0, false, Optional.empty(), Map.copyOf(copies),
        false));
    state.changed();
    return Optional.of(sequence);
  }

  @Override
  public void attempt(long sequence) {
    checkOpen();
    state.queue.computeIfPresent(sequence, (s, entry) -> entry.tried());
  }

  @Override
  public void settle(long sequence, Outcome outcome) throws StoreException {
    checkOpen();
    Entry entry = state.queue.get(sequence);
    if (entry == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Done done -> {
        if (!(entry.operation() instanceof Operation.Transfer)) {
          state.queue.remove(sequence);
        }
        switch (entry.operation()) {
          case Operation.Transfer transfer -> {
            var all = new HashMap<MessageKey, Optional<RemoteId>>();
            transfer.messages().forEach(key -> all.put(key, Optional.ofNullable(done.receipt().get(key))));
            transfers.done(entry, all);
          }
          case Operation.OnMessages some -> done(some, done.receipt(), entry.copies());
          case Operation.OnFolder one -> done(one, entry.folder().orElseThrow(), done.folder());
        }
      }
      case Outcome.Partly partly -> {
        if (entry.operation() instanceof Operation.OnMessages some) {
          partly(entry, some, partly.done());
        }
      }
      case Outcome.Moot moot -> drop(entry, "");
      case Outcome.Rejected rejected -> drop(entry, rejected.why());
      case Outcome.Postponed postponed -> state.queue.put(sequence, entry.waits(postponed.why()));
    }
    state.changed();
  }

  private void partly(Entry entry, Operation.OnMessages operation, Map<MessageKey, Optional<RemoteId>> done) throws StoreException {
    var some = new HashMap<>(done);
    some.keySet().retainAll(operation.messages());
    if (some.isEmpty()) {
      return;
    }
    if (operation instanceof Operation.Transfer) {
      transfers.done(entry, some);
    } else {
      leave(entry, some.keySet());
      var receipt = new HashMap<MessageKey, RemoteId>();
      some.forEach((key, id) -> id.ifPresent(known -> receipt.put(key, known)));
      done(operation.on(operation.messages().stream().filter(some::containsKey).toList()), receipt, entry.copies());
    }
  }

  /** These messages are out of the entry, and it of the queue if they were all. */
  void leave(Entry entry, Set<MessageKey> keys) {
    List<MessageKey> left = entry.messages().stream().filter(key -> !keys.contains(key)).toList();
    if (left.isEmpty()) {
      state.queue.remove(entry.sequence());
    } else {
      state.queue.computeIfPresent(entry.sequence(), (s, now) -> now.with(((Operation.OnMessages) now.operation()).on(left)));
    }
    state.changed();
  }

  /** The server's half after an operation. */
  private void done(Operation.OnMessages operation, Map<MessageKey, RemoteId> receipt, Map<MessageKey, MessageKey> copies)
      throws StoreException {
    for (MessageKey key : operation.messages()) {
      Row row = state.row(key);
      switch (operation) {
        case Operation.ChangeFlags change -> state.put(row.flagged(row.flags().with(change.change())));
        case Operation.Move move -> moved(row, move.to(), Optional.ofNullable(receipt.get(key)));
        case Operation.Copy copy -> Optional.ofNullable(copies.get(key)).map(state::row)
            .ifPresent(made -> arrived(made.delivered(), Optional.ofNullable(receipt.get(key))));
        case Operation.Transfer transfer -> throw new IllegalStateException("settled elsewhere");
        case Operation.Delete delete -> {
          transfers.deleted(key);
          erase(row);
        }
      }
    }
  }

  private void done(Operation.OnFolder operation, FolderKey key, Optional<RemoteFolder> now) {
    Place place = state.place(key);
    if (place == null) {
      return;
    }
    switch (operation) {
      case Operation.CreateFolder create -> made(place, now);
      case Operation.RenameFolder rename -> now.ifPresent(folder -> renamed(place, folder));
      case Operation.DeleteFolder delete -> deleted(place, now);
      case Operation.Subscribe subscribe -> state.folders.put(key.value(),
          place.told(place.remote().withSubscribed(now.map(RemoteFolder::subscribed).orElse(subscribe.subscribed()))));
    }
  }

  private Optional<Place> named(AccountId account, String name, FolderKey butNot) {
    return of(account).stream().filter(f -> f.made() && !f.key().equals(butNot) && f.remote().name().equals(name)).findFirst();
  }

  private void made(Place place, Optional<RemoteFolder> now) {
    if (now.isEmpty()) {
      if (!place.made()) {
        dropFolder(place);
      }
      return;
    }
    Optional<Place> listed = named(place.account(), now.get().name(), place.key());
    state.folders.put(place.key().value(), place.told(now.get()).at(listed.isPresent() ? listed.get().cursor() : place.cursor()));
    listed.ifPresent(other -> absorb(other.key(), place.key()));
  }

  /** A listing brought the folder before the answer to its making came: both are one, under the key the user has. */
  private void absorb(FolderKey listed, FolderKey into) {
    for (Row row : List.copyOf(state.rows.values())) {
      if (row.place().equals(listed)) {
        state.put(row.at(into, row.id()));
      }
    }
    state.queue.replaceAll((sequence, entry) -> {
      Operation there = switch (entry.operation()) {
        case Operation.Move move when move.to().equals(listed) -> new Operation.Move(move.account(), move.messages(), into);
        case Operation.Copy copy when copy.to().equals(listed) -> new Operation.Copy(copy.account(), copy.messages(), into);
        case Operation.Transfer t when t.to().equals(listed) -> new Operation.Transfer(t.account(), t.messages(), into, t.removing());
        case Operation.RenameFolder r when r.folder().equals(listed) -> new Operation.RenameFolder(r.account(), into, r.to());
        case Operation.DeleteFolder d when d.folder().equals(listed) -> new Operation.DeleteFolder(d.account(), into);
        case Operation.Subscribe s when s.folder().equals(listed) -> new Operation.Subscribe(s.account(), into, s.subscribed());
        case Operation other -> other;
      };
      Optional<FolderKey> folder = entry.folder().map(f -> f.equals(listed) ? into : f);
      return new Entry(sequence, there, folder, entry.since(), entry.attempts(), entry.attempted(), entry.waiting(), entry.copies(), entry.refused());
    });
    state.folders.remove(listed.value());
  }

  private void renamed(Place place, RemoteFolder now) {
    named(place.account(), now.name(), place.key()).ifPresent(this::dropFolder);
    RemoteFolder old = place.remote();
    var names = new HashMap<String, String>();
    for (Place other : of(place.account())) {
      RemoteFolder remote = other.remote();
      if (other.key().equals(place.key())) {
        change(other, now, names);
      } else if (other.made() && remote.path().within(old.path()) && remote.name().startsWith(old.name())) {
        change(other, remote.renamed(now.name() + remote.name().substring(old.name().length()), remote.path().moved(old.path(), now.path())), names);
      }
    }
    renameRoles(place.account(), names);
  }

  private void deleted(Place place, Optional<RemoteFolder> left) {
    if (left.isEmpty()) {
      dropFolder(place);
      return;
    }
    state.rows.values().stream().filter(r -> r.place().equals(place.key())).toList().forEach(this::vanish);
    state.folders.put(place.key().value(), place.told(left.get()).at(Optional.empty()));
  }

  private void moved(Row row, FolderKey to, Optional<RemoteId> receipt) {
    if (!row.place().equals(to)) {
      arrived(row.at(to, Optional.empty()), receipt);
    } else if (row.id().isEmpty()) {
      arrived(row, receipt);
    }
  }

  /** The row is in its place now. An id that another row has is of a numbering not known yet: then the row waits to be recognised. */
  void arrived(Row row, Optional<RemoteId> receipt) {
    boolean free = receipt.isPresent() && byId(row.place(), receipt.get()).filter(other -> !other.key().equals(row.key())).isEmpty();
    state.put(free ? row.at(row.place(), receipt) : row);
  }

  private Optional<Row> byId(FolderKey folder, RemoteId id) {
    return state.rows.values().stream().filter(r -> r.place().equals(folder) && r.id().equals(Optional.of(id))).findAny();
  }

  private void drop(Entry entry, String why) {
    if (entry.operation() instanceof Operation.Transfer) {
      transfers.refused(entry, why);
    } else {
      drop(entry);
    }
  }

  /** Forgets an entry and the copies that nobody made. */
  private void drop(Entry entry) {
    state.queue.remove(entry.sequence());
    state.changed();
    entry.copies().values().stream().map(state::row).filter(r -> r != null && r.id().isEmpty()).toList().forEach(this::fall);
    if (entry.operation() instanceof Operation.CreateFolder) {
      entry.folder().map(state::place).filter(place -> place != null && !place.made()).ifPresent(this::dropFolder);
    }
  }

  /** A message is gone: so is it from every operation that named it, and with it the copies that cannot be made any more. */
  private void erase(Row row) {
    erase(row, false);
  }

  /** A copy is not made: gone is what was made of it, too. */
  void fall(Row copy) {
    erase(copy, true);
  }

  private void erase(Row row, boolean falls) {
    for (Entry entry : List.copyOf(state.queue.values())) {
      if (entry.operation() instanceof Operation.Transfer) {
        leave(entry, entry.messages().stream().filter(k -> !k.equals(row.key()) && row.key().equals(entry.copies().get(k))).collect(Collectors.toSet()));
      }
    }
    state.rows.remove(row.key().value());
    for (long sequence : List.copyOf(state.queue.keySet())) {
      Entry entry = state.queue.get(sequence);
      if (entry != null && entry.operation() instanceof Operation.OnMessages operation && operation.messages().contains(row.key())) {
        if (!falls && transfers.goesOn(entry, row.key())) {
          continue;
        }
        leave(entry, Set.of(row.key()));
        orphan(entry.copies().get(row.key()), entry.attempted(), falls);
      }
    }
    state.changed();
  }

  private void orphan(MessageKey key, boolean attempted, boolean falls) {
    Row copy = key == null ? null : state.row(key);
    if (copy != null && copy.id().isEmpty() && attempted && state.place(copy.place()).mirrored()) {
      state.put(copy.delivered());
    } else if (copy != null && copy.id().isEmpty()) {
      erase(copy, falls);
    }
  }

  @Override
  public boolean withdraw(Ticket ticket) {
    checkOpen();
    Predicate<Long> open = s -> state.queue.containsKey(s) && !state.queue.get(s).attempted();
    if (ticket.sequences().isEmpty() || !ticket.sequences().stream().allMatch(open)) {
      return false;
    }
    if (ticket.sequences().stream().map(state.queue::get).anyMatch(e -> e.messages().stream().anyMatch(e::alone))) {
      return false;
    }
    if (!canDoWithout(ticket.sequences().stream().map(state.queue::get).toList())) {
      return false;
    }
    ticket.sequences().stream().map(state.queue::get).filter(Objects::nonNull).toList().forEach(this::drop);
    return true;
  }

  /** Whether the queue makes as much sense without these entries as with them. */
  private boolean canDoWithout(List<Entry> withdrawn) {
    Predicate<Place> unmade = p -> !p.made() && withdrawn.stream()
        .anyMatch(e -> e.operation() instanceof Operation.CreateFolder && e.folder().equals(Optional.of(p.key())));
    AccountId account = withdrawn.get(0).operation().account();
    var before = state.folderViews(account, p -> true, e -> true).misplaced();
    var after = state.folderViews(account, unmade.negate(), e -> !withdrawn.contains(e) && !unmade.test(state.place(e.folder().orElseThrow())));
    return before.containsAll(after.misplaced());
  }

  @Override
  public void apply(FolderKey folder, SyncPlan plan) throws StoreException {
    Place place = folderOf(folder);
    if (plan.added().size() + plan.vanished().size() + plan.flags().size() > 1_000) {
      throw new IllegalArgumentException("plan too large");
    }
    if (place.mirrored()) {
      mirror(folder, plan);
    } else {
      apply(folder, delivered(place, plan));
    }
    plan.cursor().ifPresent(c -> state.folders.put(folder.value(), state.place(folder).at(Optional.of(c))));
    state.changed();
  }

  private void mirror(FolderKey folder, SyncPlan plan) throws StoreException {
    var byId = new HashMap<RemoteId, MessageKey>();
    for (Row row : List.copyOf(state.rows.values())) {
      if (row.place().equals(folder) && row.id().isPresent()) {
        if (plan.renumbered()) {
          state.put(row.at(folder, Optional.empty()));
        } else {
          byId.put(row.id().get(), row.key());
        }
      }
    }
    plan.vanished().stream().map(byId::get).filter(Objects::nonNull).map(state::row).filter(Objects::nonNull).toList().forEach(this::vanish);
    plan.vanished().forEach(byId::remove);
    plan.flags().forEach((id, flags) -> {
      if (byId.containsKey(id)) {
        state.put(state.row(byId.get(id)).flagged(flags));
      }
    });
    for (NewMessage message : plan.added()) {
      if (!byId.containsKey(message.id())) {
        byId.put(message.id(), add(folder, message));
      }
    }
    if (plan.sweep()) {
      state.rows.values().stream().filter(r -> r.place().equals(folder) && r.id().isEmpty() && transfers.onlySource(r.key())).toList()
          .forEach(this::erase);
    }
  }

  /** The server has it no more; with a queued move it may be on its way and waits in the target to be recognised. */
  private void vanish(Row row) {
    Optional<FolderKey> target = state.queue.values().stream().map(Entry::operation)
        .filter(o -> o instanceof Operation.Move m && m.messages().contains(row.key())).findFirst().map(o -> ((Operation.Move) o).to());
    if (target.isPresent()) {
      state.put(row.at(target.get(), Optional.empty()));
    } else {
      erase(row);
    }
  }

  private MessageKey add(FolderKey folder, NewMessage message) throws StoreException {
    Optional<Row> waiting = waiting(folder, message);
    Row row;
    if (waiting.isPresent()) {
      row = waiting.get().at(folder, Optional.of(message.id())).flagged(message.flags()).delivered();
    } else {
      row = new Row(new MessageKey(state.next()), state.place(folder).account(), folder, Optional.of(message.id()), message.flags(),
          message.received(), message.sizeInBytes(), message.attachments(), message.envelope(), Optional.empty(), true);
    }
    state.put(row);
    if (message.body().isPresent()) {
      attach(row.key(), message.body().get());
    }
    return row.key();
  }

  /** The row a message that is new to this folder turns out to be: same Message-ID and size; else same Message-ID, if the size may be wrong. */
  private Optional<Row> waiting(FolderKey folder, NewMessage message) {
    String id = message.envelope().messageIdHeader();
    List<Row> candidates = state.rows.values().stream()
        .filter(r -> r.place().equals(folder) && r.id().isEmpty() && (r.born() || attempted(r.key())))
        .filter(r -> r.envelope().messageIdHeader().equals(id)).toList();
    Optional<Row> exact = candidates.stream().filter(r -> r.sizeInBytes() == message.sizeInBytes())
        .filter(r -> !id.isEmpty() || r.received().getEpochSecond() == message.received().getEpochSecond()).findFirst();
    return exact.isPresent() || id.isEmpty() ? exact
        : candidates.stream().filter(r -> r.body().filter(b -> b.state() == BodyState.WHOLE).isEmpty()).findFirst();
  }

  private boolean attempted(MessageKey copy) {
    return state.queue.values().stream().anyMatch(e -> e.attempted() && e.copies().containsValue(copy));
  }

  /** The same in the words of a maildrop. */
  private static MaildropPlan delivered(Place place, SyncPlan plan) {
    var there = new HashMap<RemoteId, Boolean>();
    plan.vanished().forEach(id -> there.put(id, false));
    return new MaildropPlan(List.of(), Map.of(), there, place.key(), plan.added(), Map.of(), Optional.empty(), Optional.empty());
  }

  @Override
  public void apply(FolderKey maildrop, MaildropPlan plan) throws StoreException {
    Place place = folderOf(maildrop);
    Place inbox = folderOf(plan.inbox());
    int size = plan.forgotten().size() + plan.renamed().size() + plan.there().size() + plan.added().size();
    if (size > 1_000 || plan.prints().size() > 1_000) {
      throw new IllegalArgumentException("plan too large");
    }
    if (place.mirrored() || inbox.mirrored()) {
      throw new StoreException("folder " + maildrop + " is no maildrop, or " + inbox.key() + " is a server's", null);
    }
    state.maildrops.change(maildrop, plan);
    for (NewMessage message : plan.added()) {
      if (!state.maildrops.of(maildrop).containsKey(message.id())) {
        var row = new Row(new MessageKey(state.next()), inbox.account(), inbox.key(), Optional.empty(), message.flags(), message.received(),
            message.sizeInBytes(), message.attachments(), message.envelope(), Optional.empty(), true);
        state.put(row);
        state.maildrops.took(maildrop, message.id(), row.key(), plan.prints().getOrDefault(message.id(), Fingerprint.UNKNOWN));
        if (message.body().isPresent()) {
          attach(row.key(), message.body().get());
        }
      }
    }
    plan.cursor().ifPresent(cursor -> state.folders.put(maildrop.value(), state.place(maildrop).at(Optional.of(cursor))));
    state.changed();
  }

  @Override
  public void attach(MessageKey message, StagedBody body) throws StoreException {
    checkOpen();
    Row row = state.row(message);
    if (row != null && body.state().compareTo(row.bodyState()) > 0) {
      state.put(row.with(body));
      transfers.attached(message);
    }
  }

  @Override
  public void describe(MessageKey message, Envelope envelope, boolean attachments) {
    checkOpen();
    Row row = state.row(message);
    if (row != null && !state.place(row.place()).mirrored()) {
      state.put(row.described(envelope, attachments));
    }
  }

  @Override
  public void drop(Collection<MessageKey> messages) {
    checkOpen();
    if (messages.size() > 1_000) {
      throw new IllegalArgumentException(messages.size() + " contents");
    }
    for (MessageKey message : messages) {
      Row row = state.row(message);
      if (row != null && row.body().isPresent() && row.id().isPresent() && state.place(row.place()).mirrored() && !carried(message)) {
        state.put(row.without());
      }
    }
  }

  private boolean carried(MessageKey key) {
    return state.queue.values().stream().anyMatch(e -> e.operation() instanceof Operation.Transfer && e.copies().containsValue(key));
  }

  /** What is wrong with the state; empty when all is well. */
  List<String> faults() {
    var found = new ArrayList<String>();
    Set<String> ids = new HashSet<>();
    for (Row row : state.rows.values()) {
      if (state.place(row.place()) == null) {
        found.add("message " + row.key() + " is in no folder");
      }
      if (row.id().isPresent() && !ids.add(row.place() + "/" + row.id().get())) {
        found.add("two messages have id " + row.id().get() + " in folder " + row.place());
      }
      if (!row.born() && !state.named(row.key())) {
        found.add("copy " + row.key() + " is not queued");
      }
    }
    for (Entry entry : state.queue.values()) {
      if (entry.operation() instanceof Operation.Transfer transfer
          && (!entry.copies().keySet().equals(Set.copyOf(transfer.messages())) || entry.copies().values().stream().anyMatch(k -> state.row(k) == null))) {
        found.add("transfer " + entry.sequence() + " without a copy");
      }
      entry.messages().stream().filter(k -> state.row(k) == null).forEach(k -> found.add("entry " + entry.sequence() + " names " + k));
      target(entry).or(entry::folder).filter(t -> state.place(t) == null).ifPresent(t -> found.add("entry " + entry.sequence() + " goes to no folder"));
    }
    for (Place place : state.folders.values()) {
      boolean making = state.queue.values().stream()
          .anyMatch(e -> e.operation() instanceof Operation.CreateFolder && e.folder().equals(Optional.of(place.key())));
      if (!place.made() && (!making || state.rows.values().stream().anyMatch(r -> r.place().equals(place.key()) && r.id().isPresent()))) {
        found.add("folder " + place.key() + " nobody is going to make, or with messages on a server that has not made it");
      }
    }
    return found;
  }
}
