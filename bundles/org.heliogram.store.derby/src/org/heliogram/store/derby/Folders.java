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
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;
import org.heliogram.core.store.FolderViews;
import org.heliogram.core.store.StoreException;

/** The table of folders. */
final class Folders {
  private static final String SELECT = """
      SELECT id, account, name, path, role, keeping, selectable, total, unread, cursor_set, cursor_text, made, subscribed, rights, mailbox_id,
        view_path, view_role, view_selectable, view_subscribed, hidden, pending, bodies, push FROM folder
      """;
  private static final Comparator<Folder> ORDER =
      Comparator.comparing(Folder::role).thenComparing(folder -> folder.path().segments(), Folders::comparePaths);
  private static final int ID = 300;
  private final Session session;

  /** A folder as stored: the server's half, the derived half, what the user chose. */
  record Line(long key, AccountId account, RemoteFolder remote, boolean made, int total, int unread, Optional<String> cursor,
      FolderViews.View view, FolderOptions options) {
    Keeping keeping() {
      return remote.keeping();
    }

    boolean mirrored() {
      return remote.keeping() == Keeping.MIRRORED;
    }

    /** Whether messages are in it as far as the user is concerned; not where it is queued to be deleted, even if it stays for the folders in it. */
    boolean open() {
      return !view.hidden() && view.selectable();
    }

    FolderViews.Known known() {
      return new FolderViews.Known(new FolderKey(key), remote, made);
    }

    /** For the server: what is not made cannot be opened. */
    RemoteFolder toOpen() {
      return made ? remote
          : new RemoteFolder(remote.name(), remote.path(), remote.role(), remote.keeping(), false, true, Optional.empty(), Optional.empty());
    }

    Folder shown() {
      return shown(total, unread);
    }

    private Folder shown(int all, int ofTheseUnread) {
      return new Folder(new FolderKey(key), account, view.path(), made ? remote.name() : "", view.role(), remote.keeping(), view.selectable(), //$NON-NLS-1$
          view.subscribed(), remote.rights().orElse(Right.ALL), view.pending(), all, ofTheseUnread);
    }

    /** What is seen besides the counts. */
    Folder uncounted() {
      return shown(0, 0);
    }

    /** The server's half as it is now told; what it does not tell stays as it was. */
    RemoteFolder told(RemoteFolder now) {
      return new RemoteFolder(now.name(), now.path(), now.role(), now.keeping(), now.selectable(), now.subscribed(),
          now.rights().or(remote::rights), now.mailboxId().or(remote::mailboxId));
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
    return of(account).stream().filter(line -> !line.view().hidden()).map(Line::shown).sorted(ORDER).toList();
  }

  List<Owner> owners() throws StoreException {
    return session.query("SELECT id, account FROM folder WITH UR", row -> new Owner(row.getLong(1), new AccountId(row.getString(2)))); //$NON-NLS-1$
  }

  Set<Long> keptAs(Keeping keeping) throws StoreException {
    return Set.copyOf(session.query("SELECT id FROM folder WHERE keeping = ?", row -> row.getLong(1), keeping.name())); //$NON-NLS-1$
  }

  /** @param made false for a folder that is queued to be made: it is not seen before its view is derived */
  void insert(long key, AccountId account, RemoteFolder folder, boolean made) throws StoreException {
    session.update("""
        INSERT INTO folder (id, account, name, path, role, keeping, selectable, total, unread, cursor_set, cursor_text, made, subscribed,
          rights, mailbox_id, view_path, view_role, view_selectable, view_subscribed, hidden)
        VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, key, account.value(), folder.name(), folder.path().text(), folder.role().name(), folder.keeping().name(), folder.selectable(),
        made, folder.subscribed(), Values.rights(folder.rights()), Values.clip(folder.mailboxId().orElse(""), ID), folder.path().text(), //$NON-NLS-1$
        folder.role().name(), folder.selectable(), folder.subscribed(), !made);
  }

  /** Sets the server's half of a folder that is made. */
  void update(long key, RemoteFolder folder) throws StoreException {
    session.update("""
        UPDATE folder SET name = ?, path = ?, role = ?, keeping = ?, selectable = ?, subscribed = ?, rights = ?, mailbox_id = ?, made = 1
        WHERE id = ?
        """, folder.name(), folder.path().text(), folder.role().name(), folder.keeping().name(), folder.selectable(), folder.subscribed(),
        Values.rights(folder.rights()), Values.clip(folder.mailboxId().orElse(""), ID), key); //$NON-NLS-1$
  }

  void view(long key, FolderViews.View view) throws StoreException {
    session.update("""
        UPDATE folder SET view_path = ?, view_role = ?, view_selectable = ?, view_subscribed = ?, hidden = ?, pending = ? WHERE id = ?
        """, view.path().text(), view.role().name(), view.selectable(), view.subscribed(), view.hidden(),
        view.pending(), key);
  }

  void options(long key, FolderOptions options) throws StoreException {
    session.update("UPDATE folder SET bodies = ?, push = ? WHERE id = ?", Values.policy(options.bodies()), options.push(), key); //$NON-NLS-1$
  }

  void cursor(long key, String cursor) throws StoreException {
    session.update("UPDATE folder SET cursor_set = 1, cursor_text = ? WHERE id = ?", cursor, key); //$NON-NLS-1$
  }

  void forgetCursor(long key) throws StoreException {
    session.update("UPDATE folder SET cursor_set = 0, cursor_text = '' WHERE id = ?", key); //$NON-NLS-1$
  }

  void remove(long key) throws StoreException {
    session.update("DELETE FROM taken WHERE folder = ?", key); //$NON-NLS-1$
    session.update("DELETE FROM folder WHERE id = ?", key); //$NON-NLS-1$
  }

  private static Line line(ResultSet row) throws SQLException {
    Optional<String> id = row.getString(15).isEmpty() ? Optional.empty() : Optional.of(row.getString(15));
    RemoteFolder remote = new RemoteFolder(row.getString(3), FolderPath.parse(row.getString(4)), FolderRole.valueOf(row.getString(5)),
        Keeping.valueOf(row.getString(6)), row.getInt(7) != 0, row.getInt(13) != 0, Values.rights(row.getString(14)), id);
    Optional<String> cursor = row.getInt(10) == 0 ? Optional.empty() : Optional.of(row.getString(11));
    FolderViews.View view = new FolderViews.View(FolderPath.parse(row.getString(16)), FolderRole.valueOf(row.getString(17)), row.getInt(18) != 0,
        row.getInt(19) != 0, row.getInt(20) != 0, row.getInt(21) != 0);
    return new Line(row.getLong(1), new AccountId(row.getString(2)), remote, row.getInt(12) != 0, row.getInt(8), row.getInt(9), cursor, view,
        new FolderOptions(Values.policy(row.getString(22)), row.getInt(23) != 0));
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
