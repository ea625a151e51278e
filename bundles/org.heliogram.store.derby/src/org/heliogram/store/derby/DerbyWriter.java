/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.SyncPlan;

/** One writing transaction. What is larger than a few lines has a class of its own: {@link Enqueuing}, {@link Settling}, {@link PlanApplying}. */
final class DerbyWriter extends DerbyReader implements StoreWriter {
  private static final int PLAN = 1_000;
  final ChangeLog log = new ChangeLog();
  final Rows rows;
  private final Set<Integer> segments = new TreeSet<>();
  private final Set<SegmentBody> named = new HashSet<>();
  private final List<Object[]> contents = new ArrayList<>();
  private final Map<AccountId, Map<Long, Folder>> foldersBefore = new HashMap<>();
  private boolean accountsChanged;
  private long lastNumber;

  DerbyWriter(Session session, OpenStore store) {
    super(session, store);
    this.rows = new Rows(session, operations, log);
  }

  /** With what this transaction did. */
  @Override
  int knownIn(long folder) throws StoreException {
    return count(folder);
  }

  /** Searches, whatever was found before this transaction. */
  @Override
  public MessageKeys bodies(FolderKey folder, BodyState state, Instant since) throws StoreException {
    return search(folder, state, since);
  }

  /** By how many known messages each folder has more. */
  Map<Long, Integer> knownChanges() {
    return rows.knownChanges();
  }

  /** A number no message, folder, entry or content ever had. */
  long next() {
    lastNumber = store.nextNumber();
    return lastNumber;
  }

  /** Writes what is written once a transaction. @return what changed in the view */
  List<Change> finish() throws StoreException {
    checkOpen();
    if (lastNumber > 0) {
      session.update("UPDATE store_number SET given = ? WHERE id = 1 AND given < ?", lastNumber, lastNumber); //$NON-NLS-1$
    }
    for (var account : foldersBefore.entrySet()) {
      compareFolders(account.getKey(), account.getValue());
    }
    if (log.isEmpty()) {
      return List.of();
    }
    var owners = new HashMap<Long, AccountId>();
    folders.owners().forEach(owner -> owners.put(owner.folder(), owner.account()));
    return log.changes(owners::get);
  }

  /** Remembers what is seen of an account's folders, to tell at the end what is different. */
  void foldersMayChange(AccountId account) throws StoreException {
    if (!foldersBefore.containsKey(account)) {
      foldersBefore.put(account, seenFolders(account));
    }
  }

  private Map<Long, Folder> seenFolders(AccountId account) throws StoreException {
    var seen = new HashMap<Long, Folder>();
    for (Folders.Line line : folders.of(account)) {
      if (!line.view().hidden()) {
        seen.put(line.key(), line.uncounted());
      }
    }
    return seen;
  }

  private void compareFolders(AccountId account, Map<Long, Folder> before) throws StoreException {
    Map<Long, Folder> after = seenFolders(account);
    if (!after.keySet().equals(before.keySet()) && account(account).isPresent()) {
      log.folderList(account);
    }
    after.forEach((key, folder) -> {
      if (before.containsKey(key) && !before.get(key).equals(folder)) {
        log.folder(account, key);
      }
    });
  }

  /** Segments that have to be on disk before the commit. */
  Set<Integer> segments() {
    return segments;
  }

  Set<SegmentBody> named() {
    return named;
  }

  boolean accountsChanged() {
    return accountsChanged;
  }

  @Override
  public void put(Account account) throws StoreException {
    checkOpen();
    boolean taken = session.number("SELECT COUNT(*) FROM account WHERE label = ? AND id <> ?", account.label(), account.id().value()) > 0; //$NON-NLS-1$
    if (taken) {
      throw new StoreException("another account has this label", null); //$NON-NLS-1$
    }
    boolean chosenAnew = account(account.id()).filter(old -> !old.options().roles().equals(account.options().roles())).isPresent();
    String settings = AccountText.write(account);
    int changed = session.update("UPDATE account SET label = ?, settings = ? WHERE id = ?", account.label(), settings, account.id().value()); //$NON-NLS-1$
    if (changed == 0) {
      session.update("INSERT INTO account (id, position, label, settings) VALUES (?, ?, ?, ?)", account.id().value(), next(), //$NON-NLS-1$
          account.label(), settings);
    }
    accountsChanged = true;
    log.accounts();
    if (chosenAnew) {
      new FolderChanges(this, account.id()).derive();
    }
  }

  @Override
  public void remove(AccountId account) throws StoreException {
    checkOpen();
    Set<Long> sources = new Transfers(this).sources(account);
    operations.removeAll(account);
    for (Folders.Line folder : folders.of(account)) {
      List<Row> inIt = rows.inFolder(folder.key());
      new Maildrops(this).forget(inIt);
      new Settling(this).erase(inIt);
      folders.remove(folder.key());
    }
    rows.rederive(sources);
    if (session.update("DELETE FROM account WHERE id = ?", account.value()) > 0) { //$NON-NLS-1$
      accountsChanged = true;
      log.accounts();
      log.gone(account);
    }
  }

  @Override
  public void options(FolderKey folder, FolderOptions options) throws StoreException {
    Folders.Line line = folderOf(folder);
    if (!line.options().equals(options)) {
      folders.options(line.key(), options);
      log.folder(line.account(), line.key());
    }
  }

  @Override
  public void folders(AccountId account, List<RemoteFolder> wanted, Map<FolderKey, String> renamed) throws StoreException {
    checkOpen();
    if (account(account).isEmpty()) {
      throw new StoreException("no such account", null); //$NON-NLS-1$
    }
    new FolderNews(this, account).listed(wanted, renamed);
  }

  /** Messages with a queued move to elsewhere survive; what was to go into the folder stays where it is. */
  void drop(Folders.Line gone) throws StoreException {
    Settling settling = new Settling(this);
    var homeless = new ArrayList<Operations.Entry>();
    for (Operations.Entry entry : operations.entries(gone.account())) {
      if (entry.target() == gone.key() && entry.transfers()) {
        operations.entry(entry.sequence()).ifPresent(homeless::add);
      } else if (entry.target() == gone.key()) {
        settling.toDrop(entry);
      }
    }
    for (Operations.Entry entry : homeless) {
      new Transfers(this).homeless(entry);
    }
    settling.dropAll();
    new PlanApplying(this).vanish(rows.inFolder(gone.key()));
    folders.remove(gone.key());
  }

  @Override
  public Ticket enqueue(Operation operation) throws StoreException {
    checkOpen();
    return switch (operation) {
      case Operation.Transfer transfer -> new Transfers(this).enqueue(transfer);
      case Operation.OnMessages some -> new Enqueuing(this, some).run();
      case Operation.OnFolder one -> new FolderChanges(this, one.account()).enqueue(one);
    };
  }

  @Override
  public Ticket deposit(FolderKey into, Deposit message) throws StoreException {
    Folders.Line line = folderOf(into);
    if (!line.open()) {
      throw new StoreException("folder " + into + " cannot hold messages", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return new Transfers(this).deposit(line, message);
  }

  @Override
  public void retry(AccountId account) throws StoreException {
    checkOpen();
    if (operations.retry(account)) {
      log.queue(account);
    }
  }

  @Override
  public void attempt(long sequence) throws StoreException {
    checkOpen();
    Optional<Operations.Entry> entry = operations.entry(sequence);
    if (entry.isPresent()) {
      operations.attempted(sequence);
      log.queue(entry.get().account());
    }
  }

  @Override
  public void settle(long sequence, Outcome outcome) throws StoreException {
    checkOpen();
    Optional<Operations.Entry> entry = operations.entry(sequence);
    if (entry.isPresent()) {
      new Settling(this).settle(entry.get(), outcome);
    }
  }

  @Override
  public boolean withdraw(Ticket ticket) throws StoreException {
    checkOpen();
    Settling settling = new Settling(this);
    var withdrawn = new ArrayList<Operations.Entry>();
    for (long sequence : ticket.sequences()) {
      Optional<Operations.Entry> entry = operations.entry(sequence);
      if (entry.isEmpty() || entry.get().attempted() || entry.get().members().stream().anyMatch(Operations.Member::alone)) {
        return false;
      }
      settling.toDrop(entry.get());
      withdrawn.add(entry.get());
    }
    if (!withdrawn.isEmpty() && !new FolderChanges(this, withdrawn.get(0).account()).canDoWithout(withdrawn)) {
      return false;
    }
    settling.dropAll();
    return !ticket.sequences().isEmpty();
  }

  @Override
  public void apply(FolderKey folder, SyncPlan plan) throws StoreException {
    Folders.Line line = folderOf(folder);
    if (plan.added().size() + plan.vanished().size() + plan.flags().size() > PLAN) {
      throw new IllegalArgumentException("plan too large"); //$NON-NLS-1$
    }
    new PlanApplying(this).apply(line, plan);
  }

  @Override
  public void apply(FolderKey maildrop, MaildropPlan plan) throws StoreException {
    Folders.Line line = folderOf(maildrop);
    if (plan.forgotten().size() + plan.renamed().size() + plan.there().size() + plan.added().size() > PLAN || plan.prints().size() > PLAN) {
      throw new IllegalArgumentException("plan too large"); //$NON-NLS-1$
    }
    new PlanApplying(this).apply(line, plan);
  }

  @Override
  public void attach(MessageKey message, StagedBody body) throws StoreException {
    attach(Map.of(message, body));
  }

  @Override
  public void attach(Map<MessageKey, StagedBody> bodies) throws StoreException {
    checkOpen();
    var attached = new ArrayList<Row>();
    for (Row row : rows.get(bodies.keySet().stream().map(MessageKey::value).toList()).values()) {
      if (attach(row, bodies.get(new MessageKey(row.key)))) {
        attached.add(row);
      }
    }
    writeContents();
    rows.save(attached);
    new Transfers(this).attached(attached);
  }

  @Override
  public void describe(MessageKey message, Envelope envelope, boolean attachments) throws StoreException {
    checkOpen();
    Optional<Row> row = rows.get(message.value());
    if (row.isPresent() && folderOf(new FolderKey(row.get().folder)).keeping() != Keeping.MIRRORED) {
      rows.describe(row.get(), envelope, attachments);
    }
  }

  @Override
  public void drop(Collection<MessageKey> messages) throws StoreException {
    checkOpen();
    if (messages.size() > PLAN) {
      throw new IllegalArgumentException(messages.size() + " contents"); //$NON-NLS-1$
    }
    var dropped = new ArrayList<Row>();
    var freed = new ArrayList<Object[]>();
    for (Row row : rows.get(messages.stream().map(MessageKey::value).toList()).values()) {
      if (row.raw != 0 && row.known() && folderOf(new FolderKey(row.folder)).keeping() == Keeping.MIRRORED
          && !new Transfers(this).carried(row)) {
        freed.add(new Object[] {row.raw});
        row.raw = 0;
        row.body = BodyState.NONE;
        dropped.add(row);
      }
    }
    rows.release(freed);
    rows.save(dropped);
  }

  /** Gives the row this content if it is more than it has. The caller saves the row, after {@link #writeContents}. */
  boolean attach(Row row, StagedBody staged) throws StoreException {
    if (staged.state().compareTo(row.body) <= 0) {
      return false;
    }
    if (!(staged instanceof SegmentBody body)) {
      throw new IllegalArgumentException("content of another store"); //$NON-NLS-1$
    }
    if (row.raw != 0) {
      rows.release(List.<Object[]>of(new Object[] {row.raw}));
    }
    RawRef ref = body.ref();
    row.raw = next();
    row.body = body.state();
    contents.add(new Object[] {row.raw, ref.segment(), ref.start(), ref.length(), ref.checksum()});
    segments.add(ref.segment());
    named.add(body);
    return true;
  }

  /** Names contents in the database that rows were given. */
  void writeContents() throws StoreException {
    session.batch("INSERT INTO raw (id, segment, start, length, checksum, users) VALUES (?, ?, ?, ?, ?, 1)", contents); //$NON-NLS-1$
    contents.clear();
  }

  /** The row of a message the server has under this id in the folder. */
  Optional<Row> known(long folder, RemoteId id) throws StoreException {
    return rows.at(folder, Place.known(id));
  }
}
