/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.StoreException;

/** The queue of operations and the messages they name. */
final class Operations {
  private static final String SELECT = """
      SELECT o.sequence, o.account, o.kind, o.target, o.add_bits, o.add_words, o.remove_bits, o.remove_words, o.since, o.attempts,
        o.attempted, o.waits, o.waiting, o.path, o.role, o.subscribed, o.removing FROM operation o
      """;
  private static final String MOVES = """
      SELECT m.message, o.target, o.sequence FROM operation_message m JOIN operation o ON o.sequence = m.sequence
      WHERE o.kind = 'MOVE' AND m.message IN (:keys) ORDER BY o.sequence
      """;
  private static final int REFUSED = 2;
  private final Session session;

  /** The sorts of operation, as stored. */
  private enum Kind { CHANGE_FLAGS, MOVE, COPY, TRANSFER, DELETE, CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER, SUBSCRIBE }

  /** A message an entry names. @param copy key of the copy it makes; 0 for none */
  record Member(long sequence, long message, long copy) {
    /** Whether it is a message of a transfer that is nowhere else. */
    boolean alone() {
      return message == copy;
    }
  }

  /** A queue entry. @param target the folder messages go to, or that is made or changed; 0 where there is none */
  record Entry(long sequence, AccountId account, Kind kind, long target, FlagChange change, Optional<Operation.OnFolder> onFolder, Instant since,
      int attempts, boolean attempted, Optional<String> waiting, boolean refused, boolean removing, List<Member> members) {
    /** The same with some of its members. */
    Entry with(List<Member> some) {
      return new Entry(sequence, account, kind, target, change, onFolder, since, attempts, attempted, waiting, refused, removing, some);
    }

    boolean transfers() {
      return kind == Kind.TRANSFER;
    }

    Operation operation() {
      return onFolder.isPresent() ? onFolder.get() : onMessages();
    }

    Operation.OnMessages onMessages() {
      List<MessageKey> keys = members.stream().map(member -> new MessageKey(member.message())).toList();
      return switch (kind) {
        case CHANGE_FLAGS -> new Operation.ChangeFlags(account, keys, change);
        case MOVE -> new Operation.Move(account, keys, new FolderKey(target));
        case COPY -> new Operation.Copy(account, keys, new FolderKey(target));
        case TRANSFER -> new Operation.Transfer(account, keys, new FolderKey(target), removing);
        case DELETE -> new Operation.Delete(account, keys);
        case CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER, SUBSCRIBE -> throw new IllegalStateException("on a folder"); //$NON-NLS-1$
      };
    }

    List<Long> messages() {
      return members.stream().map(Member::message).toList();
    }

    List<Long> copies() {
      return members.stream().map(Member::copy).filter(copy -> copy != 0).toList();
    }
  }

  /** @param takes whether it takes the message out of view */
  private record Effect(Kind kind, long target, FlagChange change, boolean takes) {}

  /** What is queued for some messages: the law's second half. */
  static final class Effects {
    private final Map<Long, List<Effect>> byMessage = new HashMap<>();
    private final Map<Long, Integer> copying = new HashMap<>();

    /** Sets the row's derived half: the server's half with the queued operations applied in order. */
    void derive(Row row) {
      row.viewFolder = row.folder;
      row.view = row.flags;
      List<Effect> effects = byMessage.getOrDefault(row.key, List.of());
      for (Effect effect : effects) {
        switch (effect.kind()) {
          case CHANGE_FLAGS -> row.view = row.view.with(effect.change());
          case MOVE -> row.viewFolder = row.viewFolder == 0 ? 0 : effect.target();
          case COPY -> { }
          case TRANSFER, DELETE -> row.viewFolder = effect.takes() ? 0 : row.viewFolder;
          case CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER, SUBSCRIBE -> { } // these name no message
        }
      }
      row.queued = effects.size() + copying.getOrDefault(row.key, 0);
    }
  }

  Operations(Session session) {
    this.session = session;
  }

  Effects effects(List<Long> keys) throws StoreException {
    Effects effects = new Effects();
    if (keys.isEmpty()) {
      return effects;
    }
    session.eachIn("""
        SELECT m.message, o.kind, o.target, o.add_bits, o.add_words, o.remove_bits, o.remove_words, o.sequence, o.removing, m.copy
        FROM operation_message m JOIN operation o ON o.sequence = m.sequence WHERE m.message IN (:keys) ORDER BY o.sequence
        """, keys, row -> effects.byMessage.computeIfAbsent(row.getLong(1), k -> new ArrayList<>())
            .add(effect(row)));
    session.eachIn("SELECT copy FROM operation_message WHERE copy IN (:keys)", keys, //$NON-NLS-1$
        row -> effects.copying.merge(row.getLong(1), 1, Integer::sum));
    return effects;
  }

  private static Effect effect(ResultSet row) throws SQLException {
    Kind kind = Kind.valueOf(row.getString(2));
    boolean takes = kind == Kind.DELETE || row.getInt(9) != 0 && row.getLong(10) != row.getLong(1);
    return new Effect(kind, row.getLong(3), change(row, 4), takes);
  }

  private static FlagChange change(ResultSet row, int column) throws SQLException {
    return new FlagChange(Values.flags(row.getInt(column), row.getString(column + 1)),
        Values.flags(row.getInt(column + 2), row.getString(column + 3)));
  }

  /** @param target the folder it is on, or makes */
  void insert(long sequence, Operation.OnFolder operation, long target, Instant now) throws StoreException {
    Kind kind = switch (operation) {
      case Operation.CreateFolder c -> Kind.CREATE_FOLDER;
      case Operation.RenameFolder r -> Kind.RENAME_FOLDER;
      case Operation.DeleteFolder d -> Kind.DELETE_FOLDER;
      case Operation.Subscribe s -> Kind.SUBSCRIBE;
    };
    String path = operation instanceof Operation.CreateFolder create ? create.path().text()
        : operation instanceof Operation.RenameFolder rename ? rename.to().text() : ""; //$NON-NLS-1$
    String role = operation instanceof Operation.CreateFolder create ? create.role().name() : ""; //$NON-NLS-1$
    boolean subscribed = operation instanceof Operation.Subscribe subscribe && subscribe.subscribed();
    session.update("""
        INSERT INTO operation (sequence, account, kind, target, add_bits, add_words, remove_bits, remove_words, since, attempts, attempted,
          waits, waiting, path, role, subscribed) VALUES (?, ?, ?, ?, 0, '', 0, '', ?, 0, 0, 0, '', ?, ?, ?)
        """, sequence, operation.account().value(), kind.name(), target, Values.millis(now), path, role, subscribed);
  }

  /** An account's operations on folders, oldest first. */
  List<Entry> onFolders(AccountId account) throws StoreException {
    return session.query(SELECT + """
        WHERE o.account = ? AND o.kind IN ('CREATE_FOLDER', 'RENAME_FOLDER', 'DELETE_FOLDER', 'SUBSCRIBE') ORDER BY o.sequence
        """, row -> entry(row, List.of()), account.value());
  }

  /** What was to go to one folder is to go to another. @return the messages whose place changes by that */
  List<Long> retarget(long from, long to) throws StoreException {
    List<Long> messages = session.query("""
        SELECT m.message FROM operation_message m JOIN operation o ON o.sequence = m.sequence WHERE o.target = ?
        """, row -> row.getLong(1), from);
    session.update("UPDATE operation SET target = ? WHERE target = ?", to, from); //$NON-NLS-1$
    return messages;
  }

  /** @param copies by source key */
  void insert(long sequence, Operation.OnMessages operation, Map<Long, Long> copies, Instant now) throws StoreException {
    FlagChange change = new FlagChange(Flags.NONE, Flags.NONE);
    long target = 0;
    boolean removing = false;
    Kind kind = switch (operation) {
      case Operation.ChangeFlags c -> Kind.CHANGE_FLAGS;
      case Operation.Move m -> Kind.MOVE;
      case Operation.Copy c -> Kind.COPY;
      case Operation.Transfer t -> Kind.TRANSFER;
      case Operation.Delete d -> Kind.DELETE;
    };
    if (operation instanceof Operation.ChangeFlags flags) {
      change = flags.change();
    } else if (operation instanceof Operation.Move move) {
      target = move.to().value();
    } else if (operation instanceof Operation.Copy copy) {
      target = copy.to().value();
    } else if (operation instanceof Operation.Transfer transfer) {
      target = transfer.to().value();
      removing = transfer.removing();
    }
    session.update("""
        INSERT INTO operation (sequence, account, kind, target, add_bits, add_words, remove_bits, remove_words, since, attempts, attempted,
          waits, waiting, removing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '', ?)
        """, sequence, operation.account().value(), kind.name(), target, change.add().bits(), Values.words(change.add()),
        change.remove().bits(), Values.words(change.remove()), Values.millis(now), removing);
    insertMembers(operation.messages().stream().map(key -> new Member(sequence, key.value(), copies.getOrDefault(key.value(), 0L))).toList());
  }

  /** Of one entry, which has none. */
  void insertMembers(List<Member> members) throws StoreException {
    var rows = new ArrayList<Object[]>();
    for (Member member : members) {
      rows.add(new Object[] {member.sequence(), rows.size(), member.message(), member.copy()});
    }
    session.batch("INSERT INTO operation_message (sequence, position, message, copy) VALUES (?, ?, ?, ?)", rows); //$NON-NLS-1$
  }

  Optional<Entry> entry(long sequence) throws StoreException {
    List<Member> members = session.query("SELECT sequence, message, copy FROM operation_message WHERE sequence = ? ORDER BY position", //$NON-NLS-1$
        Operations::member, sequence);
    return session.first(SELECT + "WHERE o.sequence = ?", row -> entry(row, members), sequence); //$NON-NLS-1$
  }

  /** An account's entries, oldest first. */
  List<Entry> entries(AccountId account) throws StoreException {
    var members = new HashMap<Long, List<Member>>();
    session.each("""
        SELECT m.sequence, m.message, m.copy FROM operation o JOIN operation_message m ON m.sequence = o.sequence
        WHERE o.account = ? ORDER BY m.sequence, m.position
        """, row -> members.computeIfAbsent(row.getLong(1), s -> new ArrayList<>()).add(member(row)), account.value());
    return session.query(SELECT + "WHERE o.account = ? ORDER BY o.sequence", //$NON-NLS-1$
        row -> entry(row, members.getOrDefault(row.getLong(1), List.of())), account.value());
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(row.getLong(1), row.getLong(2), row.getLong(3));
  }

  private static Entry entry(ResultSet row, List<Member> members) throws SQLException {
    Optional<String> waiting = row.getInt(12) == 0 ? Optional.empty() : Optional.of(row.getString(13));
    AccountId account = new AccountId(row.getString(2));
    Kind kind = Kind.valueOf(row.getString(3));
    return new Entry(row.getLong(1), account, kind, row.getLong(4), change(row, 5), onFolder(row, account, kind), Instant.ofEpochMilli(row.getLong(9)), row.getInt(10),
        row.getInt(11) != 0, waiting, row.getInt(12) == REFUSED, row.getInt(17) != 0, members);
  }

  private static Optional<Operation.OnFolder> onFolder(ResultSet row, AccountId account, Kind kind) throws SQLException {
    FolderKey folder = new FolderKey(row.getLong(4));
    return switch (kind) {
      case CREATE_FOLDER -> Optional.of(new Operation.CreateFolder(account, FolderPath.parse(row.getString(14)), FolderRole.valueOf(row.getString(15))));
      case RENAME_FOLDER -> Optional.of(new Operation.RenameFolder(account, folder, FolderPath.parse(row.getString(14))));
      case DELETE_FOLDER -> Optional.of(new Operation.DeleteFolder(account, folder));
      case SUBSCRIBE -> Optional.of(new Operation.Subscribe(account, folder, row.getInt(16) != 0));
      case CHANGE_FLAGS, MOVE, COPY, TRANSFER, DELETE -> Optional.empty();
    };
  }

  /** The queue as callers see it, with the folder each entry's first message is in after the entries before it. */
  List<Queued> queue(AccountId account) throws StoreException {
    List<Entry> entries = entries(account).stream().filter(entry -> entry.onFolder().isPresent() || !entry.members().isEmpty()).toList();
    var places = new HashMap<Long, Long>();
    session.eachOf("SELECT id, server_folder FROM message WHERE id = ?", //$NON-NLS-1$
        entries.stream().flatMap(entry -> entry.members().stream().limit(1)).map(Member::message).distinct().toList(),
        row -> places.put(row.getLong(1), row.getLong(2)));
    var queue = new ArrayList<Queued>();
    Map<Long, Member> missing = missing();
    for (Entry entry : entries) {
      Long source = entry.onFolder().isPresent() ? Long.valueOf(entry.target()) : places.get(entry.members().get(0).message());
      if (source == null) {
        continue; // a reader saw half of another transaction: the entry is going or its message is
      }
      int wanting = (int) entry.copies().stream().filter(missing::containsKey).count();
      Queued.Standing standing = entry.refused() ? Queued.Standing.REFUSED
          : entry.transfers() && wanting > 0 ? Queued.Standing.INCOMPLETE : Queued.Standing.READY;
      queue.add(new Queued(entry.sequence(), entry.operation(), new FolderKey(source), entry.since(), entry.attempts(), entry.attempted(),
          entry.waiting(), entry.copies().stream().map(MessageKey::new).toList(), standing, entry.transfers() ? wanting : 0));
      if (entry.kind() == Kind.MOVE) {
        entry.messages().forEach(key -> places.replace(key, entry.target()));
      }
    }
    return Queued.inOrder(queue, before -> missing.values().stream().filter(member -> member.sequence() < before)
        .map(member -> new MessageKey(member.message())).toList());
  }

  /** Members of transfers, in all queues, whose whole content has not come to their copies; by copy, oldest first. */
  Map<Long, Member> missing() throws StoreException {
    var missing = new LinkedHashMap<Long, Member>();
    session.each("""
        SELECT m.sequence, m.message, m.copy FROM operation o JOIN operation_message m ON m.sequence = o.sequence
        WHERE o.kind = 'TRANSFER' ORDER BY m.sequence, m.position
        """, row -> missing.put(row.getLong(3), member(row)));
    session.eachOf("SELECT id, body_state FROM message WHERE id = ?", List.copyOf(missing.keySet()), row -> { //$NON-NLS-1$
      if (row.getInt(2) == BodyState.WHOLE.ordinal()) {
        missing.remove(row.getLong(1));
      }
    });
    return missing;
  }

  /** Members of transfers that name one of the messages as source, oldest entry first. */
  List<Member> transferring(List<Long> keys) throws StoreException {
    return transfers("m.message", keys); //$NON-NLS-1$
  }

  /** Members of transfers that make one of these copies. */
  List<Member> bringing(List<Long> copies) throws StoreException {
    return transfers("m.copy", copies); //$NON-NLS-1$
  }

  private List<Member> transfers(String column, List<Long> keys) throws StoreException {
    var found = new ArrayList<Member>();
    session.eachIn("SELECT m.sequence, m.message, m.copy FROM operation_message m JOIN operation o ON o.sequence = m.sequence " //$NON-NLS-1$
        + "WHERE o.kind = 'TRANSFER' AND " + column + " IN (:keys) ORDER BY m.sequence, m.position", keys, row -> found.add(member(row))); //$NON-NLS-1$ //$NON-NLS-2$
    return found;
  }

  /** Accounts with a queued deletion of one of the messages. */
  List<AccountId> deleting(List<Long> keys) throws StoreException {
    var found = new ArrayList<AccountId>();
    session.eachIn("""
        SELECT DISTINCT o.account FROM operation_message m JOIN operation o ON o.sequence = m.sequence
        WHERE o.kind = 'DELETE' AND m.message IN (:keys)
        """, keys, row -> found.add(new AccountId(row.getString(1))));
    return found;
  }

  /** Whether nothing but the upload of its copies is queued for the message. */
  boolean onlySource(long key) throws StoreException {
    return session.number("""
        SELECT COUNT(*) FROM operation_message m JOIN operation o ON o.sequence = m.sequence WHERE m.message = ? AND o.kind <> 'TRANSFER'
        """, key) + session.number("SELECT COUNT(*) FROM operation_message WHERE copy = ?", key) == 0; //$NON-NLS-1$
  }

  /** What a transfer brings is nowhere else from now on. */
  void alone(Member member) throws StoreException {
    session.update("UPDATE operation_message SET message = copy WHERE sequence = ? AND message = ?", member.sequence(), member.message()); //$NON-NLS-1$
  }

  /** The server will not do it and is not asked again. */
  void refused(long sequence, String why) throws StoreException {
    session.update("UPDATE operation SET waits = ?, waiting = ?, attempted = 0 WHERE sequence = ?", REFUSED, Values.clip(why, 1_000), sequence); //$NON-NLS-1$
  }

  void target(long sequence, long folder) throws StoreException {
    session.update("UPDATE operation SET target = ? WHERE sequence = ?", folder, sequence); //$NON-NLS-1$
  }

  /** @return whether any entry of the account had been refused */
  boolean retry(AccountId account) throws StoreException {
    return session.update("UPDATE operation SET waits = 1 WHERE account = ? AND waits = ?", account.value(), REFUSED) > 0; //$NON-NLS-1$
  }

  /** Members that name one of the messages as source, oldest entry first. */
  List<Member> naming(List<Long> keys) throws StoreException {
    var found = new ArrayList<Member>();
    session.eachIn("SELECT sequence, message, copy FROM operation_message WHERE message IN (:keys)", keys, row -> found.add(member(row))); //$NON-NLS-1$
    return found;
  }

  /** The folder the first queued move takes each of the messages to. */
  Map<Long, Long> firstTargets(List<Long> keys) throws StoreException {
    var found = new LinkedHashMap<Long, Long>();
    session.eachIn(MOVES, keys, row -> found.putIfAbsent(row.getLong(1), row.getLong(2)));
    return found;
  }

  /** The last queued move of each of the messages. */
  Map<Long, Long> lastMoves(List<Long> keys) throws StoreException {
    var found = new LinkedHashMap<Long, Long>();
    session.eachIn(MOVES, keys, row -> found.put(row.getLong(1), row.getLong(3)));
    return found;
  }

  /** Whether the server may have seen the entry that makes this copy. */
  boolean copyAttempted(long copy) throws StoreException {
    return session.number("""
        SELECT COUNT(*) FROM operation_message m JOIN operation o ON o.sequence = m.sequence WHERE m.copy = ? AND o.attempted <> 0
        """, copy) > 0;
  }

  void attempted(long sequence) throws StoreException {
    session.update("UPDATE operation SET attempts = attempts + 1, attempted = 1 WHERE sequence = ?", sequence); //$NON-NLS-1$
  }

  /** @return whether that is news */
  boolean waits(Entry entry, String why) throws StoreException {
    String reason = Values.clip(why, 1_000);
    if (entry.waiting().equals(Optional.of(reason))) {
      return false;
    }
    session.update("UPDATE operation SET waits = ?, waiting = ? WHERE sequence = ?", entry.refused() ? REFUSED : 1, reason, entry.sequence()); //$NON-NLS-1$
    return true;
  }

  void remove(long sequence) throws StoreException {
    session.update("DELETE FROM operation_message WHERE sequence = ?", sequence); //$NON-NLS-1$
    session.update("DELETE FROM operation WHERE sequence = ?", sequence); //$NON-NLS-1$
  }

  void removeMembers(List<Member> members) throws StoreException {
    session.batch("DELETE FROM operation_message WHERE sequence = ? AND message = ?", //$NON-NLS-1$
        members.stream().map(member -> new Object[] {member.sequence(), member.message()}).toList());
  }

  void removeEmpty(Collection<Long> sequences) throws StoreException {
    session.batch("DELETE FROM operation WHERE sequence = ? AND NOT EXISTS (SELECT 1 FROM operation_message m WHERE m.sequence = ?)", //$NON-NLS-1$
        sequences.stream().map(sequence -> new Object[] {sequence, sequence}).toList());
  }

  void removeAll(AccountId account) throws StoreException {
    session.update("DELETE FROM operation_message WHERE sequence IN (SELECT sequence FROM operation WHERE account = ?)", account.value()); //$NON-NLS-1$
    session.update("DELETE FROM operation WHERE account = ?", account.value()); //$NON-NLS-1$
  }
}
