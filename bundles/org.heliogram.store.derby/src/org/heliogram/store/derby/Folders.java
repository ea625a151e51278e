/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;
import org.heliogram.core.store.StoreException;

/** The table of folders. */
final class Folders {
  private static final String SELECT =
      "SELECT id, account, name, path, role, keeping, selectable, total, unread, cursor_set, cursor_text FROM folder "; //$NON-NLS-1$
  private static final Comparator<Folder> ORDER =
      Comparator.comparing(Folder::role).thenComparing(folder -> folder.path().segments(), Folders::comparePaths);
  private final Session session;

  /** A folder as stored. */
  record Line(long key, AccountId account, RemoteFolder remote, int total, int unread, Optional<String> cursor) {
    Keeping keeping() {
      return remote.keeping();
    }

    boolean mirrored() {
      return remote.keeping() == Keeping.MIRRORED;
    }

    Folder shown() {
      return new Folder(new FolderKey(key), account, remote.path(), remote.name(), remote.role(), remote.keeping(), remote.selectable(),
          remote.subscribed(), remote.rights().orElse(Right.ALL), false, total, unread);
    }
  }

  /** Whose a folder is. */
  record Owner(long folder, AccountId account) {}

  Folders(Session session) {
    this.session = session;
  }

  Optional<Line> find(long key) throws StoreException {
    return session.first(SELECT + "WHERE id = ?", Folders::line, key); //$NON-NLS-1$
  }

  List<Line> of(AccountId account) throws StoreException {
    return session.query(SELECT + "WHERE account = ? ORDER BY id", Folders::line, account.value()); //$NON-NLS-1$
  }

  List<Folder> shown(AccountId account) throws StoreException {
    return of(account).stream().map(Line::shown).sorted(ORDER).toList();
  }

  List<Owner> owners() throws StoreException {
    return session.query("SELECT id, account FROM folder WITH UR", row -> new Owner(row.getLong(1), new AccountId(row.getString(2)))); //$NON-NLS-1$
  }

  Set<Long> keptAs(Keeping keeping) throws StoreException {
    return Set.copyOf(session.query("SELECT id FROM folder WHERE keeping = ?", row -> row.getLong(1), keeping.name())); //$NON-NLS-1$
  }

  void insert(long key, AccountId account, RemoteFolder folder) throws StoreException {
    session.update("""
        INSERT INTO folder (id, account, name, path, role, keeping, selectable, total, unread, cursor_set, cursor_text)
        VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '')
        """, key, account.value(), folder.name(), folder.path().text(), folder.role().name(), folder.keeping().name(), folder.selectable());
  }

  void update(long key, RemoteFolder folder) throws StoreException {
    session.update("UPDATE folder SET path = ?, role = ?, keeping = ?, selectable = ? WHERE id = ?", folder.path().text(), //$NON-NLS-1$
        folder.role().name(), folder.keeping().name(), folder.selectable(), key);
  }

  void cursor(long key, String cursor) throws StoreException {
    session.update("UPDATE folder SET cursor_set = 1, cursor_text = ? WHERE id = ?", cursor, key); //$NON-NLS-1$
  }

  void remove(long key) throws StoreException {
    session.update("DELETE FROM taken WHERE folder = ?", key); //$NON-NLS-1$
    session.update("DELETE FROM folder WHERE id = ?", key); //$NON-NLS-1$
  }

  private static Line line(ResultSet row) throws SQLException {
    RemoteFolder remote = new RemoteFolder(row.getString(3), FolderPath.parse(row.getString(4)), FolderRole.valueOf(row.getString(5)),
        Keeping.valueOf(row.getString(6)), row.getInt(7) != 0);
    Optional<String> cursor = row.getInt(10) == 0 ? Optional.empty() : Optional.of(row.getString(11));
    return new Line(row.getLong(1), new AccountId(row.getString(2)), remote, row.getInt(8), row.getInt(9), cursor);
  }

  private static int comparePaths(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int difference = left.get(i).compareToIgnoreCase(right.get(i));
      difference = difference != 0 ? difference : left.get(i).compareTo(right.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
