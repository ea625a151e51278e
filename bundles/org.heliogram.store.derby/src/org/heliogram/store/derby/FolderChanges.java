/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
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

/** Changes one account's folders, their server's half and the queue, and derives what is seen of them. */
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

  /** The server did it, and this is what it has now. */
  void done(Operations.Entry entry, Optional<RemoteFolder> now) throws StoreException {
    Optional<Folders.Line> line = writer.folders.find(entry.target());
    if (line.isPresent()) {
      switch (entry.onFolder().orElseThrow()) {
        case Operation.CreateFolder create -> made(line.get(), now);
        case Operation.RenameFolder rename -> {
          if (now.isPresent()) {
            renamed(line.get(), now.get());
          }
        }
        case Operation.DeleteFolder delete -> deleted(line.get(), now);
        case Operation.Subscribe subscribe -> writer.folders.update(line.get().key(),
            line.get().remote().withSubscribed(now.map(RemoteFolder::subscribed).orElse(subscribe.subscribed())));
      }
    }
    derive();
  }

  private void made(Folders.Line line, Optional<RemoteFolder> now) throws StoreException {
    if (now.isPresent()) {
      Optional<Folders.Line> listed = named(now.get().name(), line.key());
      if (listed.isPresent()) {
        absorb(listed.get(), line);
      }
      writer.folders.update(line.key(), line.told(now.get()));
    } else if (!line.made()) {
      writer.drop(line);
    }
  }

  private Optional<Folders.Line> named(String name, long butNot) throws StoreException {
    return writer.folders.of(account).stream().filter(line -> line.made() && line.key() != butNot && line.remote().name().equals(name)).findFirst();
  }

  /** A listing brought the folder before the answer to its making came: both are one, under the key the user has. */
  private void absorb(Folders.Line listed, Folders.Line into) throws StoreException {
    List<Row> rows = writer.rows.inFolder(listed.key());
    rows.forEach(row -> row.folder = into.key());
    List<Long> retargeted = writer.operations.retarget(listed.key(), into.key());
    writer.rows.saveQueued(rows);
    writer.rows.rederive(retargeted);
    if (listed.cursor().isPresent()) {
      writer.folders.cursor(into.key(), listed.cursor().get());
    }
    writer.folders.remove(listed.key());
  }

  /** A folder has another name, and so have the folders in it. */
  private void renamed(Folders.Line line, RemoteFolder now) throws StoreException {
    Optional<Folders.Line> inTheWay = named(now.name(), line.key());
    if (inTheWay.isPresent()) {
      writer.drop(inTheWay.get()); // It cannot be there any more, or the server would have refused.
    }
    RemoteFolder old = line.remote();
    var names = new LinkedHashMap<String, String>();
    for (Folders.Line other : writer.folders.of(account)) {
      RemoteFolder remote = other.remote();
      if (other.key() == line.key()) {
        change(other, now, names);
      } else if (other.made() && remote.path().within(old.path()) && remote.name().startsWith(old.name())) {
        change(other, remote.renamed(now.name() + remote.name().substring(old.name().length()), remote.path().moved(old.path(), now.path())), names);
      }
    }
    renameRoles(names);
  }

  private void change(Folders.Line line, RemoteFolder now, Map<String, String> names) throws StoreException {
    RemoteFolder told = line.told(now);
    if (!line.remote().name().equals(told.name())) {
      names.put(line.remote().name(), told.name());
    }
    if (!line.remote().equals(told) || !line.made()) {
      writer.folders.update(line.key(), told);
    }
  }

  /** The user chose folders by name: the choice goes with them. */
  private void renameRoles(Map<String, String> names) throws StoreException {
    Optional<Account> known = writer.account(account);
    if (known.isPresent() && known.get().options().roles().values().stream().anyMatch(names::containsKey)) {
      var roles = new EnumMap<FolderRole, String>(known.get().options().roles());
      roles.replaceAll((role, name) -> names.getOrDefault(name, name));
      writer.put(known.get().withOptions(known.get().options().withRoles(roles)));
    }
  }

  /** Gone with all its messages; or left as a place for the folders in it. */
  private void deleted(Folders.Line line, Optional<RemoteFolder> left) throws StoreException {
    if (left.isEmpty()) {
      writer.drop(line);
    } else {
      new PlanApplying(writer).vanish(writer.rows.inFolder(line.key()));
      writer.folders.forgetCursor(line.key());
      change(line, left.get(), new LinkedHashMap<>());
    }
  }

  /** These are the folders the server has. */
  void listed(List<RemoteFolder> wanted, Map<FolderKey, String> renamed) throws StoreException {
    Map<Long, Folders.Line> old = new LinkedHashMap<>();
    writer.folders.of(account).forEach(line -> old.put(line.key(), line));
    Map<RemoteFolder, FolderKey> known = FolderViews.match(old.values().stream().map(Folders.Line::known).toList(), wanted, renamed);
    var names = new LinkedHashMap<String, String>();
    Set<String> seen = new HashSet<>();
    for (RemoteFolder folder : wanted) {
      boolean fits = folder.name().length() <= Values.COLUMN && folder.path().text().length() <= Values.COLUMN;
      if (!fits || !seen.add(folder.name())) {
        continue; // no honest server has such names; one that lists a name twice means one folder
      }
      FolderKey key = known.get(folder);
      if (key == null) {
        writer.folders.insert(writer.next(), account, folder, true);
      } else {
        change(old.remove(key.value()), folder, names);
      }
    }
    for (Folders.Line line : old.values()) {
      if (line.made() && !LocalFolders.own(line.remote())) {
        writer.drop(line);
      }
    }
    renameRoles(names);
    derive();
  }
}
