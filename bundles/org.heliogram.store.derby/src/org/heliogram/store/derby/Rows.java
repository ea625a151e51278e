/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;

/** Message rows within a writing transaction: whatever is saved gets its derived half, its folders' counts and the news of it right. */
final class Rows {
  private static final String SELECT = "SELECT " + Row.COLUMNS + " FROM message "; //$NON-NLS-1$ //$NON-NLS-2$
  private static final String INSERT = """
      INSERT INTO message (id, server_folder, place, server_bits, server_words, view_folder, view_bits, view_words, queued, date_shown,
        received, size_bytes, attachments, raw, body_state, subject, from_name, from_mailbox, to_name, to_mailbox, sort_subject, sort_from,
        message_id, envelope)
      """;
  private static final String COPY = """
      INSERT INTO message (id, server_folder, place, server_bits, server_words, view_folder, view_bits, view_words, queued, date_shown,
        received, size_bytes, attachments, raw, body_state, subject, from_name, from_mailbox, to_name, to_mailbox, sort_subject, sort_from,
        message_id, envelope)
      SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS VARCHAR(300)), CAST(? AS INT), CAST(? AS VARCHAR(32672)),
        CAST(? AS BIGINT), CAST(? AS INT), CAST(? AS VARCHAR(32672)), CAST(? AS INT), date_shown,
        received, size_bytes, attachments, raw, body_state, subject, from_name, from_mailbox, to_name, to_mailbox, sort_subject, sort_from,
        message_id, envelope
      FROM message WHERE id = ?
      """;
  private static final String UPDATE_FLAGS = """
      UPDATE message SET server_bits = ?, server_words = ?, view_bits = ?, view_words = ?, queued = ?, raw = ?, body_state = ? WHERE id = ?
      """;
  private static final String UPDATE_ALL = """
      UPDATE message SET server_bits = ?, server_words = ?, view_bits = ?, view_words = ?, queued = ?, raw = ?, body_state = ?,
        server_folder = ?, place = ?, view_folder = ? WHERE id = ?
      """;
  private final Session session;
  private final Operations operations;
  private final ChangeLog log;
  private final Map<Long, Integer> knownChanges = new HashMap<>();
  private final Map<BodyGaps.Gap, Long> gaps = new HashMap<>();

  Rows(Session session, Operations operations, ChangeLog log) {
    this.session = session;
    this.operations = operations;
    this.log = log;
  }

  /** By how many messages with an id each folder has more than before this transaction. */
  Map<Long, Integer> knownChanges() {
    return knownChanges;
  }

  /** When the latest message was received that has got into each state of content. */
  Map<BodyGaps.Gap, Long> gaps() {
    return gaps;
  }

  Optional<Row> get(long key) throws StoreException {
    return session.first(SELECT + "WHERE id = ?", Row::new, key); //$NON-NLS-1$
  }

  /** Those that exist, by key. */
  Map<Long, Row> get(Collection<Long> keys) throws StoreException {
    var found = new TreeMap<Long, Row>();
    session.eachOf(SELECT + "WHERE id = ?", keys, row -> { //$NON-NLS-1$
      Row read = new Row(row);
      found.put(read.key, read);
    });
    return found;
  }

  Optional<Row> at(long folder, String place) throws StoreException {
    return session.first(SELECT + "--DERBY-PROPERTIES index=message_server\nWHERE server_folder = ? AND place = ?", Row::new, folder, place); //$NON-NLS-1$
  }

  /** Which of these places of a folder have a row. */
  Set<String> taken(long folder, Collection<String> places) throws StoreException {
    Set<String> taken = new HashSet<>();
    Map<Integer, TreeSet<String>> byLength = new TreeMap<>();
    places.forEach(place -> byLength.computeIfAbsent(place.length(), length -> new TreeSet<>()).add(place));
    for (TreeSet<String> alike : byLength.values()) {
      // Numbers of one length stand together in the index, and where new ones are to be nothing stands yet.
      int limit = 4 * alike.size();
      List<String> between = session.query("""
          SELECT place FROM message --DERBY-PROPERTIES index=message_server
          WHERE server_folder = ? AND place >= ? AND place <= ? FETCH FIRST ? ROWS ONLY
          """, row -> row.getString(1), folder, alike.first(), alike.last(), limit);
      if (between.size() < limit) {
        between.stream().filter(alike::contains).forEach(taken::add);
      } else {
        for (String place : alike) {
          at(folder, place).ifPresent(row -> taken.add(place));
        }
      }
    }
    return taken;
  }

  /** Rows whose place in the folder begins so, oldest key first. */
  List<Row> placed(long folder, String prefix) throws StoreException {
    return session.query(SELECT + """
        --DERBY-PROPERTIES index=message_server
        WHERE server_folder = ? AND place >= ? AND place < ? ORDER BY id
        """, Row::new, folder, prefix, Place.after(prefix));
  }

  List<Row> inFolder(long folder) throws StoreException {
    return session.query(SELECT + "--DERBY-PROPERTIES index=message_server\nWHERE server_folder = ?", Row::new, folder); //$NON-NLS-1$
  }

  boolean anyPlaced(long folder, String prefix) throws StoreException {
    return anyPlaced(session, folder, prefix);
  }

  static boolean anyPlaced(Session session, long folder, String prefix) throws StoreException {
    return session.number("""
        SELECT id FROM message --DERBY-PROPERTIES index=message_server
        WHERE server_folder = ? AND place >= ? AND place < ? FETCH FIRST ROW ONLY
        """, folder, prefix, Place.after(prefix)) != 0;
  }

  /** Makes rows of new messages; their derived half is the server's half, as nothing queued can name them yet. */
  void insert(Map<Row, NewMessage> added) throws StoreException {
    var values = new ArrayList<Object[]>();
    added.forEach((row, message) -> values.add(values(row, message)));
    session.insert(INSERT, values);
    Deltas deltas = new Deltas();
    for (Row row : added.keySet()) {
      note(row, deltas);
    }
    deltas.write();
  }

  private static Object[] values(Row row, NewMessage message) {
    Envelope envelope = message.envelope();
    long shown = envelope.date().map(Values::millis).orElse(row.received);
    var from = Values.first(envelope.from());
    var to = Values.first(envelope.to());
    return new Object[] {row.key, row.folder, row.place, row.flags.bits(), Values.words(row.flags), row.viewFolder, row.view.bits(),
        Values.words(row.view), row.queued, shown, row.received, row.size, message.attachments(), row.raw, row.body.ordinal(),
        Values.column(envelope.subject()), Values.column(from.name()), Values.column(from.mailbox()), Values.column(to.name()),
        Values.column(to.mailbox()), Values.sortedSubject(envelope.subject()), Values.sortedName(from),
        Values.column(envelope.messageIdHeader()), EnvelopeText.write(envelope)};
  }

  /** Gives a row another envelope. */
  void describe(Row row, Envelope envelope, boolean attachments) throws StoreException {
    var from = Values.first(envelope.from());
    var to = Values.first(envelope.to());
    session.update("""
        UPDATE message SET date_shown = ?, attachments = ?, subject = ?, from_name = ?, from_mailbox = ?, to_name = ?, to_mailbox = ?,
          sort_subject = ?, sort_from = ?, message_id = ?, envelope = ? WHERE id = ?
        """, envelope.date().map(Values::millis).orElse(row.received), attachments, Values.column(envelope.subject()),
        Values.column(from.name()), Values.column(from.mailbox()), Values.column(to.name()), Values.column(to.mailbox()),
        Values.sortedSubject(envelope.subject()), Values.sortedName(from), Values.column(envelope.messageIdHeader()),
        EnvelopeText.write(envelope), row.key);
  }

  /** Makes a copy of a message with a place and flags of its own; it shares the content. */
  Row copy(Row source, long key, long folder, String place, Flags flags) throws StoreException {
    session.update(COPY, key, folder, place, flags.bits(), Values.words(flags), folder, flags.bits(), Values.words(flags), 0, source.key);
    if (source.raw != 0) {
      session.update("UPDATE raw SET users = users + 1 WHERE id = ?", source.raw); //$NON-NLS-1$
    }
    Row copy = get(key).orElseThrow();
    copy.saved = null;
    Deltas deltas = new Deltas();
    note(copy, deltas);
    deltas.write();
    return copy;
  }

  /** Derives and writes rows whose server's half or content was changed. */
  void save(Collection<Row> rows) throws StoreException {
    write(rows, operations.effects(rows.stream().filter(row -> row.queued > 0).map(row -> row.key).toList()));
  }

  /** Derives and writes messages whose queue entries were changed. */
  void rederive(Collection<Long> keys) throws StoreException {
    saveQueued(get(keys).values());
  }

  /** Like {@link #save}, for rows whose queue entries were changed as well. */
  void saveQueued(Collection<Row> rows) throws StoreException {
    write(rows, operations.effects(rows.stream().map(row -> row.key).toList()));
  }

  private void write(Collection<Row> rows, Operations.Effects effects) throws StoreException {
    var flagged = new ArrayList<Object[]>();
    var moved = new ArrayList<Object[]>();
    Deltas deltas = new Deltas();
    for (Row row : rows) {
      effects.derive(row);
      Row.State now = row.state();
      if (now.equals(row.saved)) {
        continue;
      }
      if (row.saved.folder() != row.folder && row.queued > 0) {
        log.queueOf(row.folder);
      }
      boolean stays = row.saved.folder() == row.folder && row.saved.place().equals(row.place) && row.saved.viewFolder() == row.viewFolder;
      if (stays) {
        flagged.add(new Object[] {row.flags.bits(), Values.words(row.flags), row.view.bits(), Values.words(row.view), row.queued, row.raw,
            row.body.ordinal(), row.key});
      } else {
        moved.add(new Object[] {row.flags.bits(), Values.words(row.flags), row.view.bits(), Values.words(row.view), row.queued, row.raw,
            row.body.ordinal(), row.folder, row.place, row.viewFolder, row.key});
      }
      note(row, deltas);
    }
    session.batch(UPDATE_FLAGS, flagged);
    session.batch(UPDATE_ALL, moved);
    deltas.write();
  }

  /** Removes rows with their share in content. What names them in the queue is the caller's. */
  void delete(Collection<Row> rows) throws StoreException {
    var keys = new ArrayList<Object[]>();
    var contents = new ArrayList<Object[]>();
    Deltas deltas = new Deltas();
    for (Row row : rows) {
      keys.add(new Object[] {row.key});
      if (row.raw != 0) {
        contents.add(new Object[] {row.raw});
      }
      deltas.add(row.saved, -1);
      log.message(row.key, seen(row.saved), ChangeLog.Seen.NOTHING);
    }
    session.batch("DELETE FROM message WHERE id = ?", keys); //$NON-NLS-1$
    release(contents);
    deltas.write();
  }

  /** One user less for each of these contents; those without users go. */
  void release(Collection<Object[]> contents) throws StoreException {
    session.batch("UPDATE raw SET users = users - 1 WHERE id = ?", contents); //$NON-NLS-1$
    session.batch("DELETE FROM raw WHERE id = ? AND users <= 0", contents); //$NON-NLS-1$
  }

  private void note(Row row, Deltas deltas) {
    Row.State now = row.state();
    deltas.add(row.saved, -1);
    deltas.add(now, 1);
    if (row.known() && row.body != BodyState.WHOLE) {
      gaps.merge(new BodyGaps.Gap(row.folder, row.body), row.received, Math::max);
    }
    log.message(row.key, seen(row.saved), seen(now));
    row.saved = now;
  }

  private static ChangeLog.Seen seen(Row.State state) {
    return state == null ? ChangeLog.Seen.NOTHING : new ChangeLog.Seen(state.viewFolder(), state.view(), state.body(), state.queued() > 0);
  }

  /** What the counts of folders have to change by. */
  private final class Deltas {
    private final Map<Long, int[]> byFolder = new HashMap<>();

    void add(Row.State state, int sign) {
      if (state != null && state.place().startsWith(Place.KNOWN)) {
        knownChanges.merge(state.folder(), sign, Integer::sum);
      }
      if (state != null && state.visible()) {
        int[] counts = byFolder.computeIfAbsent(state.viewFolder(), f -> new int[2]);
        counts[0] += sign;
        counts[1] += state.view().has(Flag.SEEN) ? 0 : sign;
      }
    }

    void write() throws StoreException {
      for (var entry : byFolder.entrySet()) {
        int[] counts = entry.getValue();
        if (counts[0] != 0 || counts[1] != 0) {
          session.update("UPDATE folder SET total = total + ?, unread = unread + ? WHERE id = ?", counts[0], counts[1], entry.getKey()); //$NON-NLS-1$
        }
      }
    }
  }
}
