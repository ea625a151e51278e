/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The words in which the cases of {@link MailStoreContract} are written: one mirrored account with three folders. */
abstract class StoreFixture {
  static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");
  static final FlagChange READ = FlagChange.set(Flag.SEEN);
  static final FlagChange STAR = FlagChange.set(Flag.FLAGGED);
  static final Flags SEEN = Flags.of(Flag.SEEN);
  static final Flags FLAGGED = Flags.of(Flag.FLAGGED);

  MailStore store;
  AccountId account;
  FolderKey inbox;
  FolderKey archive;
  FolderKey trash;
  final List<StoreChange> heard = new ArrayList<>();

  /** An empty store of one's own, ready to use. */
  protected abstract MailStore create() throws Exception;

  /** Ends a store made by {@link #create()}. */
  protected void dispose(MailStore made) throws Exception {}

  @BeforeEach
  void openStore() throws Exception {
    store = create();
    account = addAccount("Work");
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE), imap("Trash", FolderRole.TRASH));
    inbox = folder(account, "INBOX").key();
    archive = folder(account, "Archive").key();
    trash = folder(account, "Trash").key();
    store.subscribe(heard::add);
  }

  @AfterEach
  void checkAndClose() throws Exception {
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
    dispose(store);
  }

  AccountId addAccount(String label) throws StoreException {
    Account made = account(AccountId.create(), label);
    write(w -> w.put(made));
    return made.id();
  }

  static Account account(AccountId id, String label) {
    return new Account(id, label, "Ada", "ada@example.org", Protocol.IMAP, new Endpoint("mail.example.org", 993, Security.TLS, "ada"),
        Optional.empty(), AccountOptions.DEFAULT);
  }

  static RemoteFolder imap(String path, FolderRole role) {
    return new RemoteFolder(path, FolderPath.parse(path), role, Keeping.MIRRORED, true);
  }

  static RemoteFolder kept(String path, FolderRole role, Keeping keeping) {
    return new RemoteFolder(path, FolderPath.parse(path), role, keeping, true);
  }

  void setFolders(AccountId of, RemoteFolder... folders) throws StoreException {
    write(w -> w.folders(of, List.of(folders)));
  }

  Folder folder(AccountId of, String path) throws StoreException {
    return store.read(r -> r.folders(of)).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow();
  }

  /** A transaction without a result. */
  interface Writing {
    void run(org.heliogram.core.store.StoreWriter writer) throws StoreException;
  }

  void write(Writing work) throws StoreException {
    store.<Void>write(w -> {
      work.run(w);
      return null;
    });
  }

  static RemoteId id(long uid) {
    return RemoteId.of(uid);
  }

  /** A message as it comes from a server: subject and Message-ID from the name, an hour later for each uid. */
  static NewMessage mail(long uid, String name, Flags flags) {
    return new NewMessage(id(uid), flags, MORNING.plusSeconds(3_600 * uid), 1_000 + name.length(), false, envelope(name), Optional.empty());
  }

  static Envelope envelope(String name) {
    return new Envelope(name, List.of(new Address(name, name + "@example.org")), List.of(), List.of(), List.of(), Optional.empty(),
        "<" + name + "@example.org>", "", List.of());
  }

  static SyncPlan renumbered(NewMessage... added) {
    return new SyncPlan(true, List.of(), Map.of(), List.of(added), true, Optional.of(new SyncCursor("renumbered")));
  }

  static SyncPlan vanished(long... uids) {
    return new SyncPlan(false, Arrays.stream(uids).mapToObj(RemoteId::of).toList(), Map.of(), List.of(), true, Optional.empty());
  }

  static SyncPlan flagged(long uid, Flags flags) {
    return new SyncPlan(false, List.of(), Map.of(id(uid), flags), List.of(), false, Optional.empty());
  }

  static SyncPlan sweep(NewMessage... added) {
    return new SyncPlan(false, List.of(), Map.of(), List.of(added), true, Optional.empty());
  }

  void apply(FolderKey to, SyncPlan plan) throws StoreException {
    write(w -> w.apply(to, plan));
  }

  /** The server delivers a message. */
  MessageKey arrives(FolderKey to, long uid, String name) throws StoreException {
    apply(to, SyncPlan.adding(List.of(mail(uid, name, Flags.NONE))));
    return named(to, name);
  }

  MessageKey named(FolderKey in, String subject) throws StoreException {
    return rows(in).stream().filter(s -> s.subject().equals(subject)).findFirst().orElseThrow().key();
  }

  List<MessageSummary> rows(FolderKey in) throws StoreException {
    return store.read(r -> r.summaries(r.list(Query.newestFirst(in))));
  }

  /** Subjects in the view of a folder. */
  Set<String> shown(FolderKey in) throws StoreException {
    return rows(in).stream().map(MessageSummary::subject).collect(Collectors.toSet());
  }

  MessageSummary row(MessageKey key) throws StoreException {
    return store.read(r -> r.summaries(List.of(key))).get(0);
  }

  boolean exists(MessageKey key) throws StoreException {
    return !store.read(r -> r.summaries(List.of(key))).isEmpty();
  }

  Ticket enqueue(Operation operation) throws StoreException {
    return store.write(w -> w.enqueue(operation));
  }

  Ticket flag(FlagChange change, MessageKey... keys) throws StoreException {
    return enqueue(new Operation.ChangeFlags(account, List.of(keys), change));
  }

  Ticket move(FolderKey to, MessageKey... keys) throws StoreException {
    return enqueue(new Operation.Move(account, List.of(keys), to));
  }

  Ticket copy(FolderKey to, MessageKey... keys) throws StoreException {
    return enqueue(new Operation.Copy(account, List.of(keys), to));
  }

  Ticket delete(MessageKey... keys) throws StoreException {
    return enqueue(new Operation.Delete(account, List.of(keys)));
  }

  boolean withdraw(Ticket ticket) throws StoreException {
    return store.write(w -> w.withdraw(ticket));
  }

  List<Queued> queue() throws StoreException {
    return store.read(r -> r.queue(account));
  }

  void attempt(Ticket ticket) throws StoreException {
    write(w -> w.attempt(ticket.sequences().get(0)));
  }

  void settle(Ticket ticket, Outcome outcome) throws StoreException {
    write(w -> w.settle(ticket.sequences().get(0), outcome));
  }

  static Outcome.Done done() {
    return new Outcome.Done(Map.of());
  }

  static Outcome.Done done(MessageKey key, long uid) {
    return new Outcome.Done(Map.of(key, id(uid)));
  }

  StagedBody staged(String text, BodyState state) throws StoreException {
    try {
      return store.stage(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), state);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void attach(MessageKey key, String text, BodyState state) throws StoreException {
    StagedBody body = staged(text, state);
    write(w -> w.attach(key, body));
  }

  String body(MessageKey key) throws StoreException {
    var body = store.read(r -> r.body(key));
    if (body.isEmpty()) {
      return "";
    }
    try (InputStream in = body.get().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** All changes of a kind heard so far. */
  <C extends Change> List<C> heard(Class<C> kind) {
    return heard.stream().flatMap(c -> c.changes().stream()).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Where the server has a message, as "folder/id", "folder/-" while it waits, "" for nowhere. */
  String located(MessageKey key) throws StoreException {
    return store.read(r -> r.locate(List.of(key))).stream()
        .map(l -> l.serverFolder() + "/" + l.id().map(RemoteId::value).orElse("-")).findFirst().orElse("");
  }
}
