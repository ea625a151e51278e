/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.QuietHours;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Change.Aspect;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.Query.Column;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Subscription;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts, folders, lists, bodies and events: what holds of any store before an operation is queued. */
abstract class StoredThingsContract extends StoreFixture {
  @Test
  void labelsOfAccountsAreUnique() {
    assertThrows(StoreException.class, () -> addAccount("Work"));
  }

  @Test
  void puttingAnAccountAgainReplacesIt() throws Exception {
    var other = account(account, "Office");

    write(w -> w.put(other));

    assertEquals(List.of(other), store.read(StoreReader::accounts));
    assertEquals(Optional.of(other), store.read(r -> r.account(account)));
    assertEquals(1, heard(Change.AccountsChanged.class).size());
  }

  @Test
  void everyOptionOfAnAccountIsKept() throws Exception {
    var options = AccountOptions.DEFAULT.withBodies(BodyPolicy.HEADERS).withFetch(Duration.ofMinutes(7), true).withDeletion(Deletion.MARK)
        .withRoles(Map.of(FolderRole.TRASH, "Gel&APY-scht", FolderRole.SENT, "a=b\\c "))
        .withServer(new ServerOptions(Optional.of("SCRAM-SHA-256"), true, false, 3))
        .withMaildrop(new MaildropOptions(Leaving.SOME_DAYS, 30, 1_000_000, Optional.of(AccountId.create())))
        .withQuiet(Optional.of(new QuietHours(LocalTime.of(22, 30), LocalTime.of(6, 0))));
    var other = account(account, "Work").withOptions(options);

    write(w -> w.put(other));

    assertEquals(Optional.of(options), store.read(r -> r.account(account)).map(Account::options));
  }

  @Test
  void accountsComeInTheOrderTheyWereAdded() throws Exception {
    addAccount("Zebra");
    addAccount("Ant");

    assertEquals(List.of("Work", "Zebra", "Ant"), store.read(r -> r.accounts().stream().map(a -> a.label()).toList()));
  }

  @Test
  void removingAnAccountRemovesAllOfItAndNothingElse() throws Exception {
    var other = addAccount("Home");
    setFolders(other, imap("INBOX", FolderRole.INBOX));
    MessageKey gone = arrives(inbox, 1, "gone");
    flag(READ, gone);
    MessageKey stays = arrives(folder(other, "INBOX").key(), 1, "stays");
    heard.clear();

    write(w -> w.remove(account));

    assertFalse(exists(gone));
    assertTrue(exists(stays));
    assertEquals(List.of(), queue());
    assertEquals(List.of(), store.read(r -> r.folders(account)));
    assertEquals(Optional.empty(), store.read(r -> r.folder(inbox)));
    assertEquals(List.of("Home"), store.read(r -> r.accounts().stream().map(a -> a.label()).toList()));
    assertEquals(1, heard(Change.AccountsChanged.class).size());
  }

  @Test
  void specialFoldersComeFirstThenByPathWithoutCase() throws Exception {
    setFolders(account, imap("zoo", FolderRole.NONE), imap("Apes/small", FolderRole.NONE), imap("apes", FolderRole.NONE),
        imap("Apes", FolderRole.NONE), imap("Trash", FolderRole.TRASH), imap("Sent", FolderRole.SENT), imap("INBOX", FolderRole.INBOX),
        imap("Apes-2", FolderRole.NONE));

    List<String> paths = store.read(r -> r.folders(account).stream().map(f -> f.path().text()).toList());

    assertEquals(List.of("INBOX", "Sent", "Trash"), paths.subList(0, 3));
    assertEquals("zoo", paths.get(7));
    assertTrue(paths.indexOf("Apes") < paths.indexOf("Apes/small"), paths.toString());
    assertTrue(paths.indexOf("Apes/small") < paths.indexOf("Apes-2"), paths.toString());
  }

  @Test
  void aFolderKeepsItsKeyWhileItsRemoteNameStays() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.NONE));

    assertEquals(archive, folder(account, "Archive").key());
    assertEquals(FolderRole.NONE, folder(account, "Archive").role());
    assertEquals(Optional.empty(), store.read(r -> r.folder(trash)));
    assertEquals(List.of(new Change.FolderChanged(account, archive)), heard(Change.FolderChanged.class));
    assertEquals(1, heard(Change.FoldersChanged.class).size());
  }

  @Test
  void sameFoldersAgainChangeNothing() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE), imap("Trash", FolderRole.TRASH));

    assertEquals(List.of(), heard);
  }

  @Test
  void aFolderThatIsGoneGoesWithItsMessages() throws Exception {
    MessageKey key = arrives(archive, 1, "old");

    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Trash", FolderRole.TRASH));

    assertFalse(exists(key));
  }

  @Test
  void namesKeepEveryCharacter() throws Exception {
    var odd = imap("Entw&APw-rfe %2F 100%25/\u00fc\ud83d\ude00", FolderRole.NONE);

    setFolders(account, odd);

    Folder found = store.read(r -> r.folders(account)).get(0);
    assertEquals(odd.name(), found.remoteName());
    assertEquals(odd.path(), found.path());
    assertEquals(odd, store.read(r -> r.remote(found.key())));
  }

  @Test
  void summariesComeInTheOrderOfTheKeysWithoutThoseThatAreGone() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");

    List<MessageSummary> rows = store.read(r -> r.summaries(List.of(two, new MessageKey(Long.MAX_VALUE), one)));

    assertEquals(List.of(two, one), rows.stream().map(MessageSummary::key).toList());
  }

  @Test
  void aSummaryTellsWhatTheServerTold() throws Exception {
    var sent = MORNING.minusSeconds(77);
    var envelope = new Envelope("Gr\u00fc\u00dfe \ud83d\ude00", List.of(new Address("Ada L", "ada@example.org"), new Address("", "b@example.org")),
        List.of(new Address("Bob", "bob@example.org")), List.of(new Address("", "c@example.org")), List.of(), Optional.of(sent), "<1@x>", "<0@x>",
        List.of("<a@x>", "<0@x>"));
    Flags flags = Flags.parse(List.of("\\Seen", "$Label1", "other"));
    apply(inbox, SyncPlan.adding(List.of(new NewMessage(id(9), flags, MORNING, 4_711, true, envelope, Optional.empty()))));

    MessageSummary row = rows(inbox).get(0);

    assertEquals(new MessageSummary(row.key(), account, inbox, flags, envelope.from().get(0), envelope.to().get(0), envelope.subject(), sent,
        MORNING, 4_711, true, "<1@x>", BodyState.NONE, false), row);
    assertEquals(Optional.of(envelope), store.read(r -> r.envelope(row.key())));
  }

  @Test
  void aMessageWithoutFieldsIsARowToo() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(new NewMessage(id(9), Flags.NONE, MORNING, 0, false, Envelope.EMPTY, Optional.empty()))));

    MessageSummary row = rows(inbox).get(0);

    assertEquals(MORNING, row.date());
    assertEquals(new Address("", ""), row.from());
    assertEquals(Optional.of(Envelope.EMPTY), store.read(r -> r.envelope(row.key())));
  }

  @Test
  void aVeryLongSubjectIsKept() throws Exception {
    String subject = "x".repeat(70_000);
    var envelope = new Envelope(subject, List.of(), List.of(), List.of(), List.of(), Optional.empty(), "<" + subject + ">", "", List.of());

    apply(inbox, SyncPlan.adding(List.of(new NewMessage(id(9), Flags.NONE, MORNING, 1, false, envelope, Optional.empty()))));

    MessageSummary row = rows(inbox).get(0);
    assertTrue(row.subject().startsWith("x".repeat(200)));
    assertEquals(1, row.sizeInBytes());
  }

  @ParameterizedTest
  @CsvSource({"READ,c b d a", "FLAGGED,d b a c", "ATTACHMENTS,d c a b", "FROM,d c b a", "SUBJECT,c a d b", "DATE,d c a b", "SIZE,b d c a"})
  void everyColumnSorts(Column column, String expected) throws Exception {
    fourMessages();

    assertEquals(expected, sorted(new Query(inbox, column, false, false)));
  }

  @ParameterizedTest
  @CsvSource({"READ,d a c b", "FLAGGED,c d b a", "ATTACHMENTS,b d c a", "FROM,a b c d", "SUBJECT,b d a c", "DATE,b a c d", "SIZE,a c d b"})
  void everyColumnSortsBackwards(Column column, String expected) throws Exception {
    fourMessages();

    assertEquals(expected, sorted(new Query(inbox, column, true, false)));
  }

  /** Received in the order a, b, c, d; equal values come newest received first whichever way the column is sorted. */
  private void fourMessages() throws StoreException {
    apply(inbox, SyncPlan.adding(List.of(
        sortable(1, "a", SEEN, "zoe", "Re: banana", 300, 50, false),
        sortable(2, "b", Flags.NONE, "Yan", "cherry", 400, 10, true),
        sortable(3, "c", FLAGGED, "mia", "RE: AW: Apple", 200, 30, false),
        sortable(4, "d", SEEN, "Ben", "Fwd: Banana split", 100, 20, false))));
    MessageKey c = named(inbox, "RE: AW: Apple");
    MessageKey b = named(inbox, "cherry");
    assertNotEquals(b, c);
  }

  private static NewMessage sortable(long uid, String name, Flags flags, String from, String subject, long sent, long size, boolean attachments) {
    var envelope = new Envelope(subject, List.of(new Address(from, name + "@example.org")), List.of(), List.of(), List.of(),
        Optional.of(MORNING.plusSeconds(sent)), "<" + name + "@example.org>", "", List.of());
    return new NewMessage(id(uid), flags, MORNING.plusSeconds(uid), size, attachments, envelope, Optional.empty());
  }

  private String sorted(Query query) throws StoreException {
    List<MessageSummary> rows = store.read(r -> r.summaries(r.list(query)));
    return String.join(" ", rows.stream().map(s -> s.from().mailbox().substring(0, 1)).toList());
  }

  @Test
  void listIsOfTheFolderAlone() throws Exception {
    MessageKey here = arrives(inbox, 1, "here");
    arrives(archive, 1, "there");

    assertEquals(List.of(here), store.read(r -> r.list(Query.newestFirst(inbox))));
  }

  @Test
  void unreadOnlyLeavesOutWhatIsRead() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(mail(1, "read", SEEN), mail(2, "new", Flags.NONE))));

    assertEquals(List.of(named(inbox, "new")), store.read(r -> r.list(new Query(inbox, Column.DATE, true, true))));
  }

  @ParameterizedTest
  @CsvSource({"DATE,true", "DATE,false", "SUBJECT,true", "FROM,false", "READ,true", "SIZE,true"})
  void firstIsTheBeginningOfTheList(Column column, boolean descending) throws Exception {
    var many = new ArrayList<NewMessage>();
    for (int i = 0; i < 50; i++) {
      many.add(sortable(i + 1, "m" + i, i % 3 == 0 ? SEEN : Flags.NONE, "p" + i % 7, "s" + i % 5, i * 7 % 11, i % 4, false));
    }
    apply(inbox, SyncPlan.adding(many));
    var query = new Query(inbox, column, descending, false);
    var unread = new Query(inbox, column, descending, true);

    MessageKeys all = store.read(r -> r.list(query));

    assertEquals(50, all.size());
    assertEquals(all.subList(0, 20), store.read(r -> r.first(query, 20)));
    assertEquals(all, store.read(r -> r.first(query, 1_000)));
    assertEquals(store.read(r -> r.list(unread)).subList(0, 5), store.read(r -> r.first(unread, 5)));
  }

  @Test
  void bodiesAreReplacedByMoreNeverByLess() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    assertEquals("", body(key));

    attach(key, "part", BodyState.PARTIAL);
    assertEquals("part", body(key));
    attach(key, "everything", BodyState.WHOLE);
    attach(key, "less", BodyState.PARTIAL);

    assertEquals("everything", body(key));
    assertEquals(BodyState.WHOLE, row(key).body());
    assertEquals(2, heard(Change.MessagesChanged.class).stream().filter(c -> c.aspects().contains(Aspect.BODY)).count());
  }

  @Test
  void aBodyMayBeReadAfterTheTransactionAndAgain() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    attach(key, "text", BodyState.WHOLE);

    var body = store.read(r -> r.body(key)).orElseThrow();

    assertEquals(4, body.sizeInBytes());
    assertEquals("text", new String(body.bytes(100)));
    assertEquals("text", new String(body.bytes(100)));
  }

  @Test
  void attachingToAMessageThatIsGoneIsIgnored() throws Exception {
    attach(new MessageKey(Long.MAX_VALUE), "text", BodyState.WHOLE);

    assertEquals(List.of(), heard);
  }

  @Test
  void messageAndBodyCanComeTogether() throws Exception {
    var body = staged("whole", BodyState.WHOLE);
    var message = new NewMessage(id(1), Flags.NONE, MORNING, 5, false, envelope("one"), Optional.of(body));

    apply(inbox, SyncPlan.adding(List.of(message)));

    assertEquals("whole", body(named(inbox, "one")));
  }

  @Test
  void withoutBodyNamesTheNewestFirstAndNothingOld() throws Exception {
    MessageKey old = arrives(inbox, 1, "old");
    MessageKey here = arrives(inbox, 2, "here");
    MessageKey newer = arrives(inbox, 3, "newer");
    MessageKey newest = arrives(inbox, 4, "newest");
    attach(here, "text", BodyState.PARTIAL);

    assertEquals(List.of(newest, newer), store.read(r -> r.withoutBody(inbox, row(newer).received(), 10)));
    assertEquals(List.of(newest), store.read(r -> r.withoutBody(inbox, row(old).received(), 1)));
    assertEquals(List.of(newest, newer, old), store.read(r -> r.withoutBody(inbox, java.time.Instant.EPOCH, 10)));
  }

  @Test
  void bodiesNamesMessagesByWhatIsHereNewestFirst() throws Exception {
    MessageKey old = arrives(inbox, 1, "old");
    MessageKey part = arrives(inbox, 2, "part");
    MessageKey whole = arrives(inbox, 3, "whole");
    MessageKey newest = arrives(inbox, 4, "newest");
    attach(part, "text", BodyState.PARTIAL);
    attach(whole, "everything", BodyState.WHOLE);

    assertEquals(List.of(newest, old), store.read(r -> r.bodies(inbox, BodyState.NONE, java.time.Instant.EPOCH)));
    assertEquals(List.of(newest), store.read(r -> r.bodies(inbox, BodyState.NONE, row(newest).received())));
    assertEquals(List.of(part), store.read(r -> r.bodies(inbox, BodyState.PARTIAL, java.time.Instant.EPOCH)));
    assertEquals(List.of(whole), store.read(r -> r.bodies(inbox, BodyState.WHOLE, java.time.Instant.EPOCH)));
  }

  @Test
  void bodiesFindsWhatIsMissingAfterSearchesThatFoundNothing() throws Exception {
    MessageKey old = arrives(inbox, 1, "old");
    MessageKey one = arrives(inbox, 2, "one");
    attach(one, "everything", BodyState.WHOLE);
    java.time.Instant recent = row(one).received();
    assertEquals(List.of(), missing(recent));

    MessageKey two = arrives(inbox, 3, "two");
    assertEquals(List.of(two), missing(recent));
    attach(two, "everything", BodyState.WHOLE);
    assertEquals(List.of(), missing(recent));
    assertEquals(List.of(old), missing(java.time.Instant.EPOCH));
    attach(old, "everything", BodyState.WHOLE);
    assertEquals(List.of(), missing(java.time.Instant.EPOCH));
    write(w -> w.drop(List.of(one)));
    assertEquals(List.of(one), missing(java.time.Instant.EPOCH));
    assertEquals(List.of(one), missing(recent));
  }

  private List<MessageKey> missing(java.time.Instant since) throws StoreException {
    return store.read(r -> r.bodies(inbox, BodyState.NONE, since));
  }

  @Test
  void severalBodiesAttachedTogetherAreAllThere() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    attach(two, "everything", BodyState.WHOLE);

    var together = java.util.Map.of(one, staged("first", BodyState.WHOLE), two, staged("less", BodyState.PARTIAL),
        new MessageKey(Long.MAX_VALUE), staged("nobody's", BodyState.WHOLE));
    write(w -> w.attach(together));

    assertEquals("first", body(one));
    assertEquals("everything", body(two));
  }

  @Test
  void droppedContentCanBeAttachedAgain() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    attach(one, "everything", BodyState.WHOLE);
    attach(two, "of two", BodyState.WHOLE);
    heard.clear();

    write(w -> w.drop(List.of(one, new MessageKey(Long.MAX_VALUE))));

    assertEquals(BodyState.NONE, row(one).body());
    assertTrue(store.read(r -> r.body(one)).isEmpty());
    assertEquals("of two", body(two));
    assertEquals(1, heard.size());
    attach(one, "again", BodyState.PARTIAL);
    assertEquals("again", body(one));
  }

  @Test
  void contentThatIsOnlyHereIsNotDropped() throws Exception {
    MessageKey message = arrives(inbox, 1, "one");
    attach(message, "everything", BodyState.WHOLE);
    var copies = store.write(w -> {
      w.enqueue(new Operation.Copy(account, List.of(message), archive));
      return w.list(Query.newestFirst(archive));
    });

    write(w -> w.drop(copies));

    assertEquals("everything", body(copies.get(0)));
  }

  @Test
  void commitsAreHeardInOrderWithGrowingRevisions() throws Exception {
    arrives(inbox, 1, "one");
    arrives(inbox, 2, "two");

    assertEquals(2, heard.size());
    assertEquals(heard.get(0).revision() + 1, heard.get(1).revision());
    assertEquals(List.of(named(inbox, "one")), added(heard.get(0)));
    assertEquals(List.of(named(inbox, "two")), added(heard.get(1)));
  }

  private static List<MessageKey> added(StoreChange change) {
    return change.changes().stream().filter(Change.MessagesAdded.class::isInstance).map(Change.MessagesAdded.class::cast)
        .flatMap(a -> a.messages().stream()).toList();
  }

  @Test
  void oneCommitIsOneChangeHoweverMuchItDid() throws Exception {
    write(w -> {
      w.apply(inbox, SyncPlan.adding(List.of(mail(1, "one", Flags.NONE))));
      w.apply(archive, SyncPlan.adding(List.of(mail(1, "two", Flags.NONE))));
    });

    assertEquals(1, heard.size());
    assertEquals(Set.of(inbox, archive), Set.copyOf(heard(Change.MessagesAdded.class).stream().map(Change.MessagesAdded::folder).toList()));
    assertEquals(Set.of(new Change.FolderChanged(account, inbox), new Change.FolderChanged(account, archive)),
        Set.copyOf(heard(Change.FolderChanged.class)));
  }

  @Test
  void aListenerMayReadWhatItHearsOf() throws Exception {
    var found = new AtomicReference<List<MessageSummary>>(List.of());
    Subscription subscription = store.subscribe(change -> found.set(readQuietly()));

    arrives(inbox, 1, "one");
    subscription.close();
    subscription.close();
    arrives(inbox, 2, "two");

    assertEquals(List.of("one"), found.get().stream().map(MessageSummary::subject).toList());
  }

  private List<MessageSummary> readQuietly() {
    try {
      return rows(inbox);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTransactionThatThrowsLeavesNothing() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    heard.clear();

    assertThrows(StoreException.class, () -> write(w -> {
      w.enqueue(new org.heliogram.core.op.Operation.ChangeFlags(account, List.of(one), READ));
      w.apply(inbox, new SyncPlan(false, List.of(), Map.of(), List.of(mail(2, "two", Flags.NONE)), true, Optional.of(new SyncCursor("new"))));
      throw new StoreException("on purpose", null);
    }));

    assertEquals(List.of(), heard);
    assertEquals(List.of(), queue());
    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(Flags.NONE, row(one).flags());
    assertEquals(Optional.empty(), store.read(r -> r.known(inbox)).cursor());
  }

  @Test
  void anUncheckedExceptionLeavesNothingEither() throws Exception {
    assertThrows(IllegalStateException.class, () -> write(w -> {
      w.apply(inbox, SyncPlan.adding(List.of(mail(1, "one", Flags.NONE))));
      throw new IllegalStateException("on purpose");
    }));

    assertEquals(Set.of(), shown(inbox));
    assertEquals(List.of(), heard);
  }

  @Test
  void countsAreThoseOfTheView() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(mail(1, "read", SEEN), mail(2, "new", Flags.NONE), mail(3, "newer", Flags.of(Flag.DRAFT)))));

    assertEquals(3, count(Folder::total));
    assertEquals(2, count(Folder::unread));
  }

  private int count(ToIntFunction<Folder> what) throws StoreException {
    return what.applyAsInt(store.read(r -> r.folder(inbox)).orElseThrow());
  }
}
