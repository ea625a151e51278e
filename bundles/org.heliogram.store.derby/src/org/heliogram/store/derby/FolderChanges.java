/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.FolderViews;
import org.heliogram.core.store.FolderViews.Step;
import org.heliogram.core.store.LocalFolders;
import org.heliogram.core.store.StoreException;

/** What the user does to one account's folders: by the queue, or here and now; and what is seen of them, derived from both halves. {@link FolderNews} has the server's. */
final class FolderChanges {
  private static final int PATH_LIMIT = 2_000;
  private final DerbyWriter writer;
  private final AccountId account;

  FolderChanges(DerbyWriter writer, AccountId account) throws StoreException {
    this.writer = writer;
    this.account = account;
    writer.foldersMayChange(account);
  }

  static FolderViews views(List<Folders.Line> lines, Map<FolderRole, String> roles, List<Operations.Entry> entries) {
    return new FolderViews(lines.stream().map(Folders.Line::known).toList(), roles,
        entries.stream().map(entry -> new Step(new FolderKey(entry.target()), entry.onFolder().orElseThrow())).toList());
  }

  private Map<FolderRole, String> roles() throws StoreException {
    return writer.account(account).map(known -> known.options().roles()).orElse(Map.of());
  }

  private FolderViews views() throws StoreException {
    return views(writer.folders.of(account), roles(), writer.operations.onFolders(account));
  }

  /** Brings the derived half of every folder up to date. */
  void derive() throws StoreException {
    List<Folders.Line> lines = writer.folders.of(account);
    var views = views(lines, roles(), writer.operations.onFolders(account)).all();
    for (Folders.Line line : lines) {
      FolderViews.View now = views.get(new FolderKey(line.key()));
      if (!now.equals(line.view())) {
        writer.folders.view(line.key(), now);
      }
    }
  }

  Ticket enqueue(Operation.OnFolder operation) throws StoreException {
    List<Folders.Line> lines = writer.folders.of(account);
    if (LocalFolders.of(lines.stream().map(Folders.Line::remote).toList())) {
      return settle(lines, operation);
    }
    long key = folder(operation);
    if (operation instanceof Operation.Subscribe subscribe && writer.folderOf(new FolderKey(key)).view().subscribed() == subscribe.subscribed()) {
      return new Ticket(List.of());
    }
    long sequence = writer.next();
    writer.operations.insert(sequence, operation, key, Instant.now());
    Step step = new Step(new FolderKey(key), operation);
    List<Step> misplaced = views().misplaced();
    if (!misplaced.isEmpty() && misplaced.get(misplaced.size() - 1).equals(step)) {
      throw new StoreException("folder " + key + " cannot be changed so", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    writer.log.queue(account);
    derive();
    return new Ticket(List.of(sequence), operation instanceof Operation.CreateFolder ? List.of(new FolderKey(key)) : List.of());
  }

  /** Where no server keeps folders it is done here and now. */
  private Ticket settle(List<Folders.Line> lines, Operation.OnFolder operation) throws StoreException {
    List<FolderViews.Known> known = new ArrayList<>(lines.stream().map(Folders.Line::known).toList());
    FolderKey key = switch (operation) {
      case Operation.CreateFolder create -> {
        FolderKey fresh = new FolderKey(writer.next());
        known.add(new FolderViews.Known(fresh, LocalFolders.wanted(fresh, create), false));
        yield fresh;
      }
      case Operation.RenameFolder rename -> rename.folder();
      case Operation.DeleteFolder delete -> delete.folder();
      case Operation.Subscribe subscribe -> subscribe.folder();
    };
    for (var changed : LocalFolders.settle(known, roles(), new Step(key, operation)).entrySet()) {
      become(changed.getKey(), changed.getValue());
    }
    derive();
    return new Ticket(List.of(), operation instanceof Operation.CreateFolder ? List.of(key) : List.of());
  }

  private void become(FolderKey key, Optional<RemoteFolder> now) throws StoreException {
    Optional<Folders.Line> line = writer.folders.find(key.value());
    if (line.isEmpty()) {
      writer.folders.insert(key.value(), account, now.orElseThrow(), true);
    } else if (now.isEmpty()) {
      writer.drop(line.get());
    } else {
      if (!now.get().selectable()) {
        new PlanApplying(writer).vanish(writer.rows.inFolder(key.value()));
      }
      writer.folders.update(key.value(), now.get());
    }
  }

  /** The folder it is on, which is inserted if it is to be made. */
  private long folder(Operation.OnFolder operation) throws StoreException {
    return switch (operation) {
      case Operation.CreateFolder create -> insert(create);
      case Operation.RenameFolder rename -> mirrored(rename.folder(), rename.to());
      case Operation.DeleteFolder delete -> mirrored(delete.folder(), FolderPath.of("-")); //$NON-NLS-1$
      case Operation.Subscribe subscribe -> mirrored(subscribe.folder(), FolderPath.of("-")); //$NON-NLS-1$
    };
  }

  private long insert(Operation.CreateFolder create) throws StoreException {
    if (writer.folders.of(account).isEmpty() || create.path().text().length() > PATH_LIMIT) {
      throw new StoreException("no folder can be made here", null); //$NON-NLS-1$
    }
    long key = writer.next();
    RemoteFolder wanted = new RemoteFolder("new:" + key, create.path(), FolderRole.NONE, Keeping.MIRRORED, true); //$NON-NLS-1$
    writer.folders.insert(key, account, wanted, false);
    return key;
  }

  private long mirrored(FolderKey folder, FolderPath to) throws StoreException {
    Folders.Line line = writer.folderOf(folder);
    if (!line.account().equals(account) || !line.mirrored() || to.text().length() > PATH_LIMIT) {
      throw new StoreException("folder " + folder + " cannot be changed", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return line.key();
  }

  /** Whether the queue makes as much sense without these entries as with them. */
  boolean canDoWithout(List<Operations.Entry> withdrawn) throws StoreException {
    if (withdrawn.stream().allMatch(entry -> entry.onFolder().isEmpty())) {
      return true;
    }
    Set<Long> unmade = new HashSet<>();
    withdrawn.stream().filter(entry -> entry.onFolder().filter(Operation.CreateFolder.class::isInstance).isPresent())
        .forEach(entry -> unmade.add(entry.target()));
    List<Folders.Line> lines = writer.folders.of(account);
    lines.stream().filter(Folders.Line::made).forEach(line -> unmade.remove(line.key()));
    var left = new ArrayList<>(writer.operations.onFolders(account));
    Set<Long> sequences = new HashSet<>(withdrawn.stream().map(Operations.Entry::sequence).toList());
    left.removeIf(entry -> sequences.contains(entry.sequence()) || unmade.contains(entry.target()));
    List<Step> before = views().misplaced();
    return before.containsAll(views(lines.stream().filter(line -> !unmade.contains(line.key())).toList(), roles(), left).misplaced());
  }

  /** An entry is out of the queue and was not done: a folder that it was to make is not made, nor anything in it. */
  void dropped(Operations.Entry entry) throws StoreException {
    Optional<Folders.Line> line = writer.folders.find(entry.target());
    if (line.isPresent() && !line.get().made() && entry.onFolder().get() instanceof Operation.CreateFolder) {
      writer.drop(line.get());
    }
    derive();
  }
}
