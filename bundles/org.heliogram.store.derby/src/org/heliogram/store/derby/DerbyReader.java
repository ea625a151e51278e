/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.Outgoing;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Taken;

/** Reads within one transaction. Lists and rows of lists are read without locks: a row may be gone or new by the time it is shown. */
class DerbyReader implements StoreReader {
  private static final int KEYS = 1_000;
  final Session session;
  final OpenStore store;
  final Folders folders;
  final Operations operations;
  private boolean open = true;

  DerbyReader(Session session, OpenStore store) {
    this.session = session;
    this.store = store;
    this.folders = new Folders(session);
    this.operations = new Operations(session);
  }

  /** The transaction is over. */
  void close() {
    open = false;
  }

  final boolean isOpen() {
    return open;
  }

  final void checkOpen() {
    if (!open) {
      throw new IllegalStateException("the transaction is over"); //$NON-NLS-1$
    }
  }

  @Override
  public List<Account> accounts() throws StoreException {
    checkOpen();
    return List.copyOf(session.query("SELECT settings FROM account ORDER BY position", row -> AccountText.read(row.getString(1)))); //$NON-NLS-1$
  }

  @Override
  public Optional<Account> account(AccountId account) throws StoreException {
    checkOpen();
    return session.first("SELECT settings FROM account WHERE id = ?", row -> AccountText.read(row.getString(1)), account.value()); //$NON-NLS-1$
  }

  @Override
  public List<Folder> folders(AccountId account) throws StoreException {
    checkOpen();
    return folders.shown(account);
  }

  @Override
  public Optional<Folder> folder(FolderKey folder) throws StoreException {
    checkOpen();
    return folders.find(folder.value()).filter(line -> !line.view().hidden()).map(Folders.Line::shown);
  }

  @Override
  public FolderOptions options(FolderKey folder) throws StoreException {
    return folderOf(folder).options();
  }

  @Override
  public Map<FolderKey, FolderOptions> options(AccountId account) throws StoreException {
    checkOpen();
    var chosen = new HashMap<FolderKey, FolderOptions>();
    for (Folders.Line line : folders.of(account)) {
      if (!line.options().equals(FolderOptions.DEFAULT)) {
        chosen.put(new FolderKey(line.key()), line.options());
      }
    }
    return chosen;
  }

  @Override
  public RemoteFolder remote(FolderKey folder) throws StoreException {
    return folderOf(folder).toOpen();
  }

  final Folders.Line folderOf(FolderKey folder) throws StoreException {
    checkOpen();
    return folders.find(folder.value()).orElseThrow(() -> new StoreException("no folder " + folder, null)); //$NON-NLS-1$
  }

  @Override
  public MessageKeys list(Query query) throws StoreException {
    folderOf(query.folder());
    return new Listing(session, query).all();
  }

  @Override
  public MessageKeys first(Query query, int limit) throws StoreException {
    if (limit < 1 || limit > KEYS) {
      throw new IllegalArgumentException("limit " + limit); //$NON-NLS-1$
    }
    folderOf(query.folder());
    return new Listing(session, query).first(limit);
  }

  @Override
  public List<MessageSummary> summaries(Collection<MessageKey> keys) throws StoreException {
    checkOpen();
    if (keys.size() > KEYS) {
      throw new IllegalArgumentException(keys.size() + " keys"); //$NON-NLS-1$
    }
    var found = new HashMap<Long, MessageSummary>();
    var accounts = new HashMap<Long, AccountId>();
    for (Folders.Owner owner : folders.owners()) {
      accounts.put(owner.folder(), owner.account());
    }
    session.eachOf("""
        SELECT id, view_folder, view_bits, view_words, queued, date_shown, received, size_bytes, attachments, body_state, subject,
          from_name, from_mailbox, to_name, to_mailbox, message_id FROM message WHERE id = ? WITH UR
        """, keys.stream().map(MessageKey::value).toList(), row -> {
          long folder = row.getLong(2);
          AccountId account = accounts.get(folder);
          if (account != null) {
            found.put(row.getLong(1), new MessageSummary(new MessageKey(row.getLong(1)), account, new FolderKey(folder),
                Values.flags(row.getInt(3), row.getString(4)), new Address(row.getString(12), row.getString(13)),
                new Address(row.getString(14), row.getString(15)), row.getString(11), Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)), row.getLong(8), row.getInt(9) != 0, row.getString(16),
                BodyState.values()[row.getInt(10)], row.getInt(5) > 0));
          }
        });
    return keys.stream().map(key -> found.get(key.value())).filter(summary -> summary != null).toList();
  }

  @Override
  public Optional<Envelope> envelope(MessageKey message) throws StoreException {
    checkOpen();
    return session.first("SELECT envelope, subject, message_id FROM message WHERE id = ?", //$NON-NLS-1$
        row -> EnvelopeText.read(row.getString(1), row.getString(2), row.getString(3)), message.value());
  }

  @Override
  public Optional<Body> body(MessageKey message) throws StoreException {
    checkOpen();
    return session.first("""
        SELECT r.id, r.segment, r.start, r.length, r.checksum, m.body_state FROM message m JOIN raw r ON r.id = m.raw WHERE m.id = ?
        """, row -> store.body(row.getLong(1), new RawRef(row.getInt(2), row.getLong(3), row.getLong(4), row.getLong(5)),
            BodyState.values()[row.getInt(6)]), message.value());
  }

  @Override
  public List<Queued> queue(AccountId account) throws StoreException {
    checkOpen();
    return operations.queue(account);
  }

  @Override
  public List<Outgoing> outgoing(long sequence) throws StoreException {
    checkOpen();
    Optional<Operations.Entry> entry = operations.entry(sequence).filter(Operations.Entry::transfers);
    var found = new ArrayList<Outgoing>();
    for (Operations.Member member : entry.map(Operations.Entry::members).orElse(List.of())) {
      Optional<Body> content = body(new MessageKey(member.copy())).filter(body -> body.state() == BodyState.WHOLE);
      session.each("SELECT server_bits, server_words, received, size_bytes, message_id FROM message WHERE id = ?", //$NON-NLS-1$
          row -> found.add(new Outgoing(new MessageKey(member.message()), new MessageKey(member.copy()),
              Values.flags(row.getInt(1), row.getString(2)), Instant.ofEpochMilli(row.getLong(3)), row.getLong(4), row.getString(5), content)),
          member.copy());
    }
    return List.copyOf(found);
  }

  @Override
  public List<MessageKey> contentWanted(AccountId account, int limit) throws StoreException {
    checkOpen();
    if (limit < 1 || limit > KEYS) {
      throw new IllegalArgumentException("limit " + limit); //$NON-NLS-1$
    }
    List<MessageKey> missing = operations.missing().values().stream().map(member -> new MessageKey(member.message())).distinct().toList();
    var wanted = new ArrayList<MessageKey>();
    for (Located located : locate(missing)) {
      if (wanted.size() < limit && folderOf(located.serverFolder()).account().equals(account)) {
        wanted.add(located.message());
      }
    }
    return List.copyOf(wanted);
  }

  @Override
  public Known known(FolderKey folder) throws StoreException {
    Folders.Line line = folderOf(folder);
    Optional<SyncCursor> cursor = line.cursor().map(SyncCursor::new);
    if (line.keeping() == Keeping.MIRRORED) {
      return new ServerHalf(this, folder, cursor, knownIn(folder.value()), Rows.anyPlaced(session, folder.value(), Place.WAITING));
    }
    Map<RemoteId, Flags> known = new HashMap<>();
    session.each("SELECT remote_id FROM taken WHERE folder = ?", row -> known.put(new RemoteId(row.getString(1)), Flags.NONE), //$NON-NLS-1$
        folder.value());
    session.each("""
        SELECT t.remote_id, m.server_bits, m.server_words FROM taken t JOIN message m ON m.id = t.message WHERE t.folder = ?
        """, row -> known.put(new RemoteId(row.getString(1)), Values.flags(row.getInt(2), row.getString(3))), folder.value());
    return Known.of(cursor, known);
  }

  /** How many messages of a mirrored folder have an id. */
  int knownIn(long folder) throws StoreException {
    KnownCounts counts = store.knownCounts();
    int kept = counts.of(folder);
    if (kept >= 0) {
      return kept;
    }
    long commits = counts.commits();
    int count = count(folder);
    counts.counted(folder, count, commits);
    return count;
  }

  final int count(long folder) throws StoreException {
    return Math.toIntExact(session.number("""
        SELECT COUNT(*) FROM message --DERBY-PROPERTIES index=message_server
        WHERE server_folder = ? AND place >= 'i' AND place < 'j'
        """, folder));
  }

  @Override
  public Optional<SyncCursor> cursor(FolderKey folder) throws StoreException {
    return folderOf(folder).cursor().map(SyncCursor::new);
  }

  @Override
  public List<Located> locate(Collection<MessageKey> messages) throws StoreException {
    checkOpen();
    List<Long> keys = messages.stream().map(MessageKey::value).toList();
    var found = new HashMap<Long, Located>();
    Set<Long> mirrored = folders.keptAs(Keeping.MIRRORED);
    var elsewhere = new ArrayList<Long>();
    session.eachOf("SELECT id, server_folder, place FROM message WHERE id = ?", keys, row -> { //$NON-NLS-1$
      if (!mirrored.contains(row.getLong(2))) {
        elsewhere.add(row.getLong(1));
      } else if (Place.born(row.getString(3))) {
        found.put(row.getLong(1), new Located(new MessageKey(row.getLong(1)), new FolderKey(row.getLong(2)), Place.id(row.getString(3))));
      }
    });
    session.eachOf("""
        SELECT message, folder, remote_id FROM taken --DERBY-PROPERTIES index=taken_message
        WHERE message = ? AND gone = 0
        """, elsewhere, row -> found.put(row.getLong(1), new Located(new MessageKey(row.getLong(1)), new FolderKey(row.getLong(2)),
            Optional.of(new RemoteId(row.getString(3))))));
    var inOrder = new ArrayList<Located>();
    keys.stream().map(found::get).filter(located -> located != null).forEach(inOrder::add);
    return List.copyOf(inOrder);
  }

  @Override
  public Optional<ServerCopy> serverCopy(MessageKey message) throws StoreException {
    checkOpen();
    return new Maildrops(this).serverCopy(message.value());
  }

  @Override
  public List<Taken> taken(FolderKey maildrop) throws StoreException {
    return new Maildrops(this).taken(folderOf(maildrop));
  }

  @Override
  public List<Taken> overdue(FolderKey maildrop) throws StoreException {
    return new Maildrops(this).overdue(folderOf(maildrop));
  }

  @Override
  public List<MessageKey> withoutBody(FolderKey folder, Instant since, int limit) throws StoreException {
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException("limit " + limit); //$NON-NLS-1$
    }
    if (folderOf(folder).keeping() != Keeping.MIRRORED) {
      return List.of();
    }
    return List.copyOf(session.query("""
        SELECT id FROM message --DERBY-PROPERTIES index=message_server
        WHERE server_folder = ? AND place >= 'i' AND place < 'j' AND body_state = ? AND received >= ? ORDER BY received DESC, id DESC
        FETCH FIRST ? ROWS ONLY
        """, row -> new MessageKey(row.getLong(1)), folder.value(), BodyState.NONE.ordinal(), Values.millis(since), limit));
  }

  @Override
  public MessageKeys bodies(FolderKey folder, BodyState state, Instant since) throws StoreException {
    if (folderOf(folder).keeping() != Keeping.MIRRORED) {
      return MessageKeys.none();
    }
    BodyGaps gaps = store.bodyGaps();
    var gap = new BodyGaps.Gap(folder.value(), state);
    if (gaps.none(gap, Values.millis(since))) {
      return MessageKeys.none();
    }
    long transactions = gaps.transactions();
    MessageKeys found = search(folder, state, since);
    if (found.isEmpty() && state != BodyState.WHOLE) {
      gaps.found(gap, Values.millis(since), transactions);
    }
    return found;
  }

  final MessageKeys search(FolderKey folder, BodyState state, Instant since) throws StoreException {
    LongStream.Builder keys = LongStream.builder();
    session.each("""
        SELECT id, received FROM message --DERBY-PROPERTIES index=message_server
        WHERE server_folder = ? AND place >= 'i' AND place < 'j' AND body_state = ? AND received >= ? ORDER BY received DESC, id DESC
        WITH UR
        """, row -> keys.add(row.getLong(1)), folder.value(), state.ordinal(), Values.millis(since));
    return MessageKeys.wrap(keys.build().toArray());
  }
}
