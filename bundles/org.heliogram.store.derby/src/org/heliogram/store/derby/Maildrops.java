/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.Stay;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;

/** The table of what was taken from maildrops. */
final class Maildrops {
  private final DerbyReader reader;
  private final Session session;

  private record Line(long maildrop, String id, long message, boolean gone, Fingerprint print, long takenAt) {
    Taken taken() {
      return new Taken(new RemoteId(id), message == 0 ? Optional.empty() : Optional.of(new MessageKey(message)), gone, print);
    }
  }

  /** A maildrop's own time. @param at when it last went on */
  private record Time(long lived, long at) {}

  Maildrops(DerbyReader reader) {
    this.reader = reader;
    this.session = reader.session;
  }

  List<Taken> taken(Folders.Line maildrop) throws StoreException {
    return session.query("SELECT remote_id, message, gone, size_bytes, header, taken_at, folder FROM taken WHERE folder = ?", //$NON-NLS-1$
        row -> line(row).taken(), maildrop.key());
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(row.getLong(7), row.getString(1), row.getLong(2), row.getInt(3) != 0, new Fingerprint(row.getLong(4), row.getString(5)),
        row.getLong(6));
  }

  List<Taken> overdue(Folders.Line maildrop) throws StoreException {
    MaildropOptions options = options(maildrop);
    if (options.leaving() == Leaving.EVERYTHING) {
      return List.of();
    }
    Time time = time(maildrop.key());
    long latest = options.leaving() == Leaving.SOME_DAYS ? time.lived() - Duration.ofDays(options.days()).toMillis() : Long.MAX_VALUE;
    List<Line> candidates = new ArrayList<>(session.query("""
        SELECT remote_id, message, gone, size_bytes, header, taken_at, folder FROM taken --DERBY-PROPERTIES index=taken_due
        WHERE folder = ? AND gone = 0 AND taken_at <= ?
        """, Maildrops::line, maildrop.key(), latest));
    Set<Long> inboxes = inboxes();
    if (options.leaving() == Leaving.UNTIL_DELETED) {
      Set<Long> staying = lyingIn(inboxes);
      candidates.removeIf(line -> staying.contains(line.message()));
    }
    var over = new ArrayList<Taken>();
    for (Line line : candidates) {
      if (line.message() != 0 && stay(line, options, time, inboxes).over()) {
        over.add(line.taken());
      }
    }
    return over;
  }

  Optional<ServerCopy> serverCopy(long message) throws StoreException {
    Optional<Line> found = session.first("""
        SELECT remote_id, message, gone, size_bytes, header, taken_at, folder FROM taken --DERBY-PROPERTIES index=taken_message
        WHERE message = ?
        """, Maildrops::line, message);
    Optional<Folders.Line> maildrop = found.isEmpty() ? Optional.empty() : reader.folders.find(found.get().maildrop());
    if (maildrop.isEmpty()) {
      return Optional.empty();
    }
    Time time = time(maildrop.get().key());
    Stay stay = stay(found.get(), options(maildrop.get()), time, inboxes());
    return Optional.of(stay.copy(maildrop.get().account(), !found.get().gone(), Instant.ofEpochMilli(time.at())));
  }

  private Stay stay(Line line, MaildropOptions options, Time time, Set<Long> inboxes) throws StoreException {
    Optional<Stay.Here> here = session.first("SELECT server_folder, body_state, server_bits FROM message WHERE id = ?", //$NON-NLS-1$
        row -> new Stay.Here(inboxes.contains(row.getLong(1)), row.getInt(2) == BodyState.WHOLE.ordinal(),
            Values.flags(row.getInt(3), "").has(Flag.FLAGGED)), //$NON-NLS-1$
        line.message());
    return new Stay(options, Duration.ofMillis(time.lived() - line.takenAt()), here);
  }

  private MaildropOptions options(Folders.Line maildrop) throws StoreException {
    return reader.account(maildrop.account()).map(account -> account.options().maildrop()).orElse(MaildropOptions.DEFAULT);
  }

  private Time time(long maildrop) throws StoreException {
    return session.first("SELECT lived, lived_at FROM folder WHERE id = ?", row -> new Time(row.getLong(1), row.getLong(2)), maildrop) //$NON-NLS-1$
        .orElse(new Time(0, 0));
  }

  private Set<Long> inboxes() throws StoreException {
    return Set.copyOf(session.query("SELECT id FROM folder WHERE role = ? AND keeping <> ?", row -> row.getLong(1), //$NON-NLS-1$
        FolderRole.INBOX.name(), Keeping.MIRRORED.name()));
  }

  /** Read from the index alone, where the key is part of the place. */
  private Set<Long> lyingIn(Set<Long> folders) throws StoreException {
    var keys = new HashSet<Long>();
    for (long folder : folders) {
      session.each("SELECT place FROM message --DERBY-PROPERTIES index=message_server\nWHERE server_folder = ?", //$NON-NLS-1$
          row -> keys.add(Long.parseLong(row.getString(1).substring(Place.LOCAL.length()))), folder);
    }
    return keys;
  }

  /** All of the plan but what needs messages. */
  void change(Folders.Line maildrop, MaildropPlan plan) throws StoreException {
    long folder = maildrop.key();
    session.batch("DELETE FROM taken WHERE folder = ? AND remote_id = ?", //$NON-NLS-1$
        plan.forgotten().stream().map(id -> new Object[] {folder, id.value()}).toList());
    session.batch("UPDATE taken SET remote_id = ?, gone = 0 WHERE folder = ? AND remote_id = ?", //$NON-NLS-1$
        plan.renamed().entrySet().stream().map(e -> new Object[] {e.getValue().value(), folder, e.getKey().value()}).toList());
    session.batch("UPDATE taken SET gone = ? WHERE folder = ? AND remote_id = ?", //$NON-NLS-1$
        plan.there().entrySet().stream().map(e -> new Object[] {!e.getValue(), folder, e.getKey().value()}).toList());
    if (plan.session().isPresent()) {
      MaildropPlan.Session ended = plan.session().get();
      long passed = ended.since(Instant.ofEpochMilli(time(folder).at())).toMillis();
      session.update("UPDATE folder SET lived = lived + ?, lived_at = ? WHERE id = ?", passed, Values.millis(ended.at()), folder); //$NON-NLS-1$
    }
  }

  /** Which of these were taken. */
  Set<RemoteId> known(long maildrop, Collection<RemoteId> ids) throws StoreException {
    var known = new HashSet<RemoteId>();
    if (ids.isEmpty()) {
      return known;
    }
    // Ids a server gives one after another mostly stand together, and where new ones are to be nothing stands yet.
    var sorted = new TreeSet<>(ids.stream().map(RemoteId::value).toList());
    int limit = 4 * sorted.size();
    List<String> between = session.query("""
        SELECT remote_id FROM taken WHERE folder = ? AND remote_id >= ? AND remote_id <= ? FETCH FIRST ? ROWS ONLY
        """, row -> row.getString(1), maildrop, sorted.first(), sorted.last(), limit);
    if (between.size() < limit) {
      between.stream().filter(sorted::contains).map(RemoteId::new).forEach(known::add);
      return known;
    }
    for (RemoteId id : ids) {
      session.each("SELECT gone FROM taken WHERE folder = ? AND remote_id = ?", row -> known.add(id), maildrop, id.value()); //$NON-NLS-1$
    }
    return known;
  }

  /** Notes what messages look like. @param known ids that were taken before @param keys of new messages; an id in neither has none */
  void note(long maildrop, Map<RemoteId, Fingerprint> prints, Set<RemoteId> known, Map<RemoteId, Long> keys) throws StoreException {
    long now = time(maildrop).lived();
    var changed = new ArrayList<Object[]>();
    var fresh = new ArrayList<Object[]>();
    prints.forEach((id, print) -> {
      if (!known.contains(id)) {
        fresh.add(new Object[] {maildrop, id.value(), keys.getOrDefault(id, 0L), print.sizeInBytes(), print.header(), now, 0});
      } else if (!print.equals(Fingerprint.UNKNOWN)) {
        changed.add(new Object[] {print.sizeInBytes(), print.header(), maildrop, id.value()});
      }
    });
    session.batch("UPDATE taken SET size_bytes = ?, header = ? WHERE folder = ? AND remote_id = ?", changed); //$NON-NLS-1$
    session.insert("INSERT INTO taken (folder, remote_id, message, size_bytes, header, taken_at, gone)", fresh); //$NON-NLS-1$
  }

  /** Messages go though nobody deleted them: what maildrops know of them stays, and does not look like the user's will. */
  void forget(Collection<Row> gone) throws StoreException {
    session.batch("UPDATE taken SET message = 0 WHERE message = ?", gone.stream().map(row -> new Object[] {row.key}).toList()); //$NON-NLS-1$
  }
}
