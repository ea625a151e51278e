/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.StoreException;

/** Verifies every invariant of the schema and every checksum. Writers wait while the tables are read, not while content is. */
final class Checker {
  /** Queries that must find nothing, with what it means if they do. */
  private static final Map<String, String> NOTHING = new LinkedHashMap<>();

  static {
    NOTHING.put("folders of no account", "SELECT id FROM folder WHERE account NOT IN (SELECT id FROM account)"); //$NON-NLS-1$ //$NON-NLS-2$
    NOTHING.put("messages in no folder", "SELECT id FROM message WHERE server_folder NOT IN (SELECT id FROM folder)"); //$NON-NLS-1$ //$NON-NLS-2$
    NOTHING.put("messages shown in no folder", //$NON-NLS-1$
        "SELECT id FROM message WHERE view_folder <> 0 AND view_folder NOT IN (SELECT id FROM folder)"); //$NON-NLS-1$
    NOTHING.put("queue entries of no account", "SELECT sequence FROM operation WHERE account NOT IN (SELECT id FROM account)"); //$NON-NLS-1$ //$NON-NLS-2$
    NOTHING.put("queue entries for no folder", //$NON-NLS-1$
        "SELECT sequence FROM operation WHERE target <> 0 AND target NOT IN (SELECT id FROM folder)"); //$NON-NLS-1$
    NOTHING.put("queue entries without a message", //$NON-NLS-1$
        "SELECT sequence FROM operation WHERE kind IN ('CHANGE_FLAGS', 'MOVE', 'COPY', 'TRANSFER', 'DELETE') AND sequence NOT IN (SELECT sequence FROM operation_message)"); //$NON-NLS-1$
    NOTHING.put("folders nobody is going to make", //$NON-NLS-1$
        "SELECT id FROM folder WHERE made = 0 AND id NOT IN (SELECT target FROM operation WHERE kind = 'CREATE_FOLDER')"); //$NON-NLS-1$
    NOTHING.put("messages the server has in folders that are not made", //$NON-NLS-1$
        "SELECT id FROM message WHERE place LIKE 'i%' AND server_folder IN (SELECT id FROM folder WHERE made = 0)"); //$NON-NLS-1$
    NOTHING.put("messages named by no queue entry that is there", //$NON-NLS-1$
        "SELECT message FROM operation_message WHERE sequence NOT IN (SELECT sequence FROM operation)"); //$NON-NLS-1$
    NOTHING.put("queue entries that name no message", //$NON-NLS-1$
        "SELECT sequence FROM operation_message WHERE message NOT IN (SELECT id FROM message)"); //$NON-NLS-1$
    NOTHING.put("copies that are not queued", //$NON-NLS-1$
        "SELECT id FROM message WHERE place LIKE 'u%' AND id NOT IN (SELECT copy FROM operation_message)"); //$NON-NLS-1$
    NOTHING.put("transfers without a copy", """
        SELECT o.sequence FROM operation o JOIN operation_message m ON m.sequence = o.sequence
        WHERE o.kind = 'TRANSFER' AND m.copy NOT IN (SELECT id FROM message)
        """); //$NON-NLS-1$
    NOTHING.put("transfers of less than there is", """
        SELECT o.sequence FROM operation o JOIN operation_message m ON m.sequence = o.sequence JOIN message s ON s.id = m.message
          JOIN message c ON c.id = m.copy
        WHERE o.kind = 'TRANSFER' AND c.body_state <> 2 AND (s.body_state = 2 OR m.message = m.copy)
        """); //$NON-NLS-1$
    NOTHING.put("messages whose content is not known", //$NON-NLS-1$
        "SELECT id FROM message WHERE (raw = 0 AND body_state <> 0) OR (raw <> 0 AND body_state = 0) OR (raw <> 0 AND raw NOT IN (SELECT id FROM raw))"); //$NON-NLS-1$
    NOTHING.put("contents with a wrong number of users", //$NON-NLS-1$
        "SELECT r.id FROM raw r LEFT JOIN (SELECT raw, COUNT(*) AS n FROM message GROUP BY raw) m ON m.raw = r.id WHERE m.n IS NULL OR m.n <> r.users"); //$NON-NLS-1$
    NOTHING.put("numbers given out twice", //$NON-NLS-1$
        "SELECT id FROM message WHERE id > (SELECT given FROM store_number WHERE id = 1)"); //$NON-NLS-1$
    NOTHING.put("ids of no delivered folder", //$NON-NLS-1$
        "SELECT folder FROM taken WHERE folder NOT IN (SELECT id FROM folder WHERE keeping <> 'MIRRORED')"); //$NON-NLS-1$
    NOTHING.put("messages of local folders with a server's place", """
        SELECT m.id FROM message m JOIN folder f ON f.id = m.server_folder
        WHERE (f.keeping = 'MIRRORED' AND m.place LIKE 'l%') OR (f.keeping <> 'MIRRORED' AND m.place NOT LIKE 'l%')
        """); //$NON-NLS-1$
  }

  private final OpenStore store;
  private final List<Finding> findings = new ArrayList<>();

  Checker(OpenStore store) {
    this.store = store;
  }

  List<Finding> run(IProgressMonitor monitor) throws StoreException {
    SubMonitor progress = SubMonitor.convert(monitor, 100);
    store.exclusively(session -> {
      for (var query : NOTHING.entrySet()) {
        progress.checkCanceled();
        report(query.getKey(), session.query(query.getValue(), row -> row.getLong(1)));
        progress.worked(1);
      }
      counts(session);
      tables(session);
      derived(session, progress);
      derivedFolders(session);
      return null;
    });
    new ContentCheck(store, findings).run(progress.split(60));
    return List.copyOf(findings);
  }

  private void report(String what, List<Long> keys) {
    if (!keys.isEmpty()) {
      findings.add(new Finding(keys.size() + " " + what + ": " + keys.subList(0, Math.min(10, keys.size())))); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void counts(Session session) throws StoreException {
    report("folders with wrong counts", session.query("""
        SELECT f.id FROM folder f LEFT JOIN (SELECT view_folder, COUNT(*) AS n, SUM(1 - MOD(view_bits, 2)) AS u FROM message GROUP BY view_folder) m
          ON m.view_folder = f.id
        WHERE f.total <> COALESCE(m.n, 0) OR f.unread <> COALESCE(m.u, 0)
        """, row -> row.getLong(1))); //$NON-NLS-1$
  }

  /** Derby compares each table with its indexes. */
  private void tables(Session session) {
    for (String table : List.of("ACCOUNT", "FOLDER", "MESSAGE", "OPERATION", "OPERATION_MESSAGE", "RAW", "TAKEN", "STORE_NUMBER")) { //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
      try {
        session.number("VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('APP', ?)", table); //$NON-NLS-1$
      } catch (StoreException e) {
        findings.add(new Finding("table " + table + ": " + e.getMessage())); //$NON-NLS-1$ //$NON-NLS-2$
      }
    }
  }

  private void derivedFolders(Session session) throws StoreException {
    Folders folders = new Folders(session);
    Operations operations = new Operations(session);
    for (Account account : session.query("SELECT settings FROM account", row -> AccountText.read(row.getString(1)))) { //$NON-NLS-1$
      List<Folders.Line> lines = folders.of(account.id());
      var views = FolderChanges.views(lines, account.options().roles(), operations.onFolders(account.id())).all();
      report("folders whose view is not what server and queue say", //$NON-NLS-1$
          lines.stream().filter(line -> !line.view().equals(views.get(new FolderKey(line.key())))).map(Folders.Line::key).toList());
    }
  }

  private void derived(Session session, SubMonitor progress) throws StoreException {
    Operations operations = new Operations(session);
    List<Long> wrong = new ArrayList<>();
    var batch = new ArrayList<Row>();
    long last = -1;
    do {
      progress.checkCanceled();
      batch.clear();
      batch.addAll(session.query("SELECT " + Row.COLUMNS + " FROM message WHERE id > ? ORDER BY id FETCH FIRST 1000 ROWS ONLY", Row::new, last)); //$NON-NLS-1$ //$NON-NLS-2$
      compare(batch, operations, wrong);
      last = batch.isEmpty() ? last : batch.get(batch.size() - 1).key;
    } while (!batch.isEmpty());
    report("messages whose view is not what server and queue say", wrong); //$NON-NLS-1$
  }

  private static void compare(Collection<Row> rows, Operations operations, List<Long> wrong) throws StoreException {
    Operations.Effects effects = operations.effects(rows.stream().map(row -> row.key).toList());
    for (Row row : rows) {
      effects.derive(row);
      boolean wellPlaced = !row.place.startsWith(Place.WAITING) || row.place.equals(Place.waiting(row.messageIdHeader, row.key));
      if (!row.state().equals(row.saved) || !wellPlaced || row.body == BodyState.NONE != (row.raw == 0)) {
        wrong.add(row.key);
      }
    }
  }
}
