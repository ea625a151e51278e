/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

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
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.FolderViews;
import org.heliogram.core.store.LocalFolders;
import org.heliogram.core.store.StoreException;

/** What a server says of one account's folders: what it made of an operation, and which it has. What is seen is derived anew each time. */
final class FolderNews {
  private final DerbyWriter writer;
  private final AccountId account;
  private final FolderChanges changes;

  FolderNews(DerbyWriter writer, AccountId account) throws StoreException {
    this.writer = writer;
    this.account = account;
    this.changes = new FolderChanges(writer, account);
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
    changes.derive();
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
    changes.derive();
  }
}
