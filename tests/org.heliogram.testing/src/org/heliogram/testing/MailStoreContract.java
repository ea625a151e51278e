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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Change.Aspect;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.Test;

/**
 * The promise of {@link org.heliogram.core.store.MailStore}: extend it, make a store in {@link #create()}, and every case of the law is
 * run on it. After each case the store's own check must find nothing.
 */
public abstract class MailStoreContract extends ServerNewsContract {
  @Test
  void anOperationIsQueuedAndSeenAtOnce() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    heard.clear();

    Ticket ticket = flag(READ, key);

    assertEquals(SEEN, row(key).flags());
    assertTrue(row(key).queued());
    assertEquals(0, folder(account, "INBOX").unread());
    Queued entry = queue().get(0);
    assertEquals(ticket.sequences(), List.of(entry.sequence()));
    assertEquals(new Operation.ChangeFlags(account, List.of(key), READ), entry.operation());
    assertEquals(inbox, entry.source());
    assertFalse(entry.attempted());
    assertEquals(0, entry.attempts());
    assertEquals(Optional.empty(), entry.waiting());
    assertEquals(1, heard.size());
    assertEquals(Set.of(new Change.FolderChanged(account, inbox), new Change.QueueChanged(account),
        new Change.MessagesChanged(inbox, List.of(key), Set.of(Aspect.FLAGS, Aspect.QUEUED))), Set.copyOf(heard.get(0).changes()));
  }

  @Test
  void aMoveIsSeenAtOnce() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    heard.clear();

    move(trash, key);

    assertEquals(Set.of(), shown(inbox));
    assertEquals(trash, row(key).folder());
    assertEquals(inbox + "/1", located(key));
    assertEquals(Set.of(new Change.MessagesRemoved(inbox, List.of(key)), new Change.MessagesAdded(trash, List.of(key)),
        new Change.FolderChanged(account, inbox), new Change.FolderChanged(account, trash), new Change.QueueChanged(account)),
        Set.copyOf(heard.get(0).changes()));
    assertEquals(1, folder(account, "Trash").unread());
  }

  @Test
  void aDeletedMessageIsSeenNoMore() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");

    delete(key);

    assertFalse(exists(key));
    assertEquals(0, folder(account, "INBOX").total());
    assertEquals(inbox + "/1", located(key));
    assertEquals(List.of(), flag(READ, key).sequences());
  }

  @Test
  void whatWouldNotChangeIsLeftOut() throws Exception {
    MessageKey read = arrives(inbox, 1, "read");
    apply(inbox, flagged(1, SEEN));
    MessageKey unread = arrives(inbox, 2, "unread");
    heard.clear();

    assertEquals(List.of(), flag(READ, read).sequences());
    assertEquals(List.of(), move(inbox, read, unread).sequences());
    assertEquals(List.of(), flag(READ, new MessageKey(Long.MAX_VALUE)).sequences());
    assertEquals(List.of(), heard);
    flag(READ, read, unread, unread);

    assertEquals(List.of(unread), queue().get(0).messages());
  }

  @Test
  void anOperationIsSplitByFolderAndSize() throws Exception {
    var keys = new ArrayList<MessageKey>();
    var many = new ArrayList<NewMessage>();
    for (int i = 1; i <= 600; i++) {
      many.add(mail(i, "m" + i, Flags.NONE));
    }
    apply(inbox, SyncPlan.adding(many));
    rows(inbox).forEach(r -> keys.add(r.key()));
    keys.add(300, arrives(archive, 1, "elsewhere"));

    Ticket ticket = enqueue(new Operation.Move(account, keys, trash));

    assertEquals(3, ticket.sequences().size());
    assertEquals(ticket.sequences(), queue().stream().map(Queued::sequence).toList());
    assertEquals(List.of(500, 100, 1), queue().stream().map(q -> q.messages().size()).toList());
    assertEquals(List.of(inbox, inbox, archive), queue().stream().map(Queued::source).toList());
    assertEquals(601, folder(account, "Trash").total());
  }

  @Test
  void operationsIntoFoldersThatAreNotTheAccountsAreRefused() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    var other = addAccount("Home");
    setFolders(other, imap("INBOX", FolderRole.INBOX));
    var foreign = folder(other, "INBOX").key();

    assertThrows(StoreException.class, () -> move(foreign, key));
    assertThrows(StoreException.class, () -> copy(new org.heliogram.core.model.FolderKey(Long.MAX_VALUE), key));
    assertEquals(List.of(), queue());
  }

  @Test
  void operationsOnAnothersMessagesDoNothing() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    var other = addAccount("Home");

    assertEquals(List.of(), enqueue(new Operation.ChangeFlags(other, List.of(key), READ)).sequences());
    assertEquals(Flags.NONE, row(key).flags());
  }

  @Test
  void undoTakesBackWhatNoServerSaw() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(archive, 1, "two");
    Ticket ticket = move(trash, one, two);
    heard.clear();

    assertTrue(withdraw(ticket));

    assertEquals(inbox, row(one).folder());
    assertEquals(archive, row(two).folder());
    assertFalse(row(one).queued());
    assertEquals(List.of(), queue());
    assertEquals(1, heard(Change.QueueChanged.class).size());
    assertFalse(withdraw(ticket));
  }

  @Test
  void undoIsAllOrNothing() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(archive, 1, "two");
    Ticket ticket = move(trash, one, two);
    attempt(ticket);

    assertFalse(withdraw(ticket));

    assertEquals(trash, row(one).folder());
    assertEquals(trash, row(two).folder());
    assertEquals(List.of(true, false), queue().stream().map(Queued::attempted).toList());
    assertEquals(List.of(1, 0), queue().stream().map(Queued::attempts).toList());
  }

  @Test
  void undoLeavesLaterOperations() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket moved = move(trash, key);
    flag(READ, key);

    assertTrue(withdraw(moved));

    assertEquals(inbox, row(key).folder());
    assertEquals(SEEN, row(key).flags());
  }

  @Test
  void undoOfACopyRemovesItAndWhatWasDoneToIt() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket copied = copy(archive, key);
    MessageKey made = named(archive, "one");
    flag(READ, made, key);

    assertTrue(withdraw(copied));

    assertFalse(exists(made));
    assertEquals(SEEN, row(key).flags());
    assertEquals(List.of(List.of(key)), queue().stream().map(q -> q.messages()).toList());
  }

  @Test
  void doneFlagsAreTheServers() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = flag(READ, key);
    heard.clear();

    settle(ticket, done());

    assertEquals(SEEN, row(key).flags());
    assertFalse(row(key).queued());
    assertEquals(Map.of(id(1), SEEN), store.read(r -> r.known(inbox)).messages());
    assertEquals(List.of(new Change.MessagesChanged(inbox, List.of(key), Set.of(Aspect.QUEUED))), heard(Change.MessagesChanged.class));
    assertEquals(List.of(), heard(Change.FolderChanged.class));
    assertEquals(1, heard(Change.QueueChanged.class).size());
  }

  @Test
  void aDoneMoveWithReceiptHasItsNewId() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = move(archive, key);

    settle(ticket, done(key, 70));

    assertEquals(archive + "/70", located(key));
    assertEquals(archive, row(key).folder());
    assertEquals(Map.of(), store.read(r -> r.known(inbox)).messages());
    apply(archive, SyncPlan.adding(List.of(mail(70, "one", Flags.NONE))));
    assertEquals(1, rows(archive).size());
  }

  @Test
  void aReceiptWithAnIdOfAnotherMessageIsOfANewNumbering() throws Exception {
    MessageKey other = arrives(archive, 70, "other");
    MessageKey key = arrives(inbox, 1, "one");

    settle(move(archive, key), done(key, 70));
    assertEquals(archive + "/70", located(other));
    assertEquals(archive + "/-", located(key));
    apply(archive, renumbered(mail(69, "other", Flags.NONE), mail(70, "one", Flags.NONE)));

    assertEquals(archive + "/69", located(other));
    assertEquals(archive + "/70", located(key));
  }

  @Test
  void aDoneMoveWithoutReceiptIsAdopted() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    attach(key, "text", BodyState.WHOLE);
    settle(move(archive, key), done());
    assertEquals(archive + "/-", located(key));
    heard.clear();

    apply(archive, sweep(mail(1, "one", SEEN)));

    assertEquals(archive + "/1", located(key));
    assertEquals(key, named(archive, "one"));
    assertEquals(1, rows(archive).size());
    assertEquals(SEEN, row(key).flags());
    assertEquals("text", body(key));
    assertEquals(List.of(), heard(Change.MessagesAdded.class));
  }

  @Test
  void whatNeverArrivesIsSweptAway() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    settle(move(archive, key), done());

    apply(archive, sweep(mail(1, "other", SEEN)));

    assertFalse(exists(key));
  }

  @Test
  void aMoveSurvivesItsDisappearanceFromTheSource() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = move(archive, key);
    attempt(ticket);
    flag(STAR, key);

    apply(inbox, vanished(1));
    assertEquals(archive, row(key).folder());
    assertEquals(archive + "/-", located(key));
    apply(archive, sweep(mail(5, "one", SEEN)));
    settle(ticket, done());

    assertEquals(archive + "/5", located(key));
    assertEquals(Flags.of(Flag.SEEN, Flag.FLAGGED), row(key).flags());
    assertEquals(1, rows(archive).size());
  }

  @Test
  void aSweepSparesWhatAQueuedMoveNames() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = move(archive, key);

    apply(inbox, vanished(1));
    apply(archive, sweep());
    assertTrue(exists(key));
    settle(ticket, new Outcome.Moot());
    apply(archive, sweep());

    assertFalse(exists(key));
    assertEquals(List.of(), queue());
  }

  @Test
  void aSweepSparesWhatAQueuedFlagChangeNames() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = flag(READ, key);

    apply(inbox, renumbered());
    assertTrue(exists(key));
    settle(ticket, new Outcome.Moot());
    apply(inbox, sweep());

    assertFalse(exists(key));
  }

  @Test
  void whatVanishesTakesItsOtherOperationsAlong() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    flag(READ, one, two);
    delete(one);

    apply(inbox, vanished(1));

    assertEquals(List.of(List.of(two)), queue().stream().map(q -> q.messages()).toList());
    assertEquals(SEEN, row(two).flags());
  }

  @Test
  void aRefusalFallsBackToTheServer() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = move(archive, key);
    heard.clear();

    settle(ticket, new Outcome.Rejected("over quota"));

    assertEquals(inbox, row(key).folder());
    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(List.of(), queue());
    assertEquals(List.of(new Change.MessagesAdded(inbox, List.of(key))), heard(Change.MessagesAdded.class));
    assertEquals(List.of(new Change.MessagesRemoved(archive, List.of(key))), heard(Change.MessagesRemoved.class));
  }

  @Test
  void aRefusedDeletionComesBack() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = delete(key);

    settle(ticket, new Outcome.Rejected("no"));

    assertEquals(inbox, row(key).folder());
  }

  @Test
  void postponedStaysFirst() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket first = flag(READ, key);
    flag(STAR, key);
    attempt(first);

    settle(first, new Outcome.Postponed("no network"));

    assertEquals(first.sequences().get(0), queue().get(0).sequence());
    assertEquals(Optional.of("no network"), queue().get(0).waiting());
    assertEquals(Flags.of(Flag.SEEN, Flag.FLAGGED), row(key).flags());
  }

  @Test
  void settlingAgainIsIgnored() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = flag(READ, key);
    settle(ticket, done());
    heard.clear();

    settle(ticket, new Outcome.Rejected("late"));

    assertEquals(SEEN, row(key).flags());
    assertEquals(List.of(), heard);
  }

  @Test
  void operationsStack() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket moved = move(archive, key);
    Ticket flags = flag(READ, key);
    Ticket again = move(trash, key);
    Ticket deleted = delete(key);
    assertEquals(List.of(inbox, archive, archive, trash), queue().stream().map(Queued::source).toList());
    assertFalse(exists(key));

    settle(moved, done(key, 4));
    assertEquals(archive + "/4", located(key));
    settle(flags, done());
    settle(again, done(key, 9));
    assertEquals(Map.of(id(9), SEEN), store.read(r -> r.known(trash)).messages());
    settle(deleted, done());

    assertEquals("", located(key));
    assertEquals(Map.of(), store.read(r -> r.known(trash)).messages());
    assertEquals(List.of(), queue());
  }

  @Test
  void serverNewsNeverOverwriteAnUnsentChange() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    flag(READ, key);
    flag(STAR, key);
    flag(FlagChange.clear(Flag.SEEN), key);
    heard.clear();

    apply(inbox, flagged(1, Flags.of(Flag.SEEN, Flag.ANSWERED)));

    assertEquals(Flags.of(Flag.ANSWERED, Flag.FLAGGED), row(key).flags());
    assertEquals(List.of(Set.of(Aspect.FLAGS)), heard(Change.MessagesChanged.class).stream().map(Change.MessagesChanged::aspects).toList());
  }

  @Test
  void newsThatTheQueueHidesAreNotHeard() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    flag(READ, key);
    heard.clear();

    apply(inbox, flagged(1, SEEN));

    assertEquals(List.of(), heard);
  }

  @Test
  void renumberingKeepsQueuedChanges() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey moved = arrives(inbox, 2, "two");
    flag(READ, key);
    move(trash, moved);

    apply(inbox, renumbered(mail(101, "one", Flags.NONE), mail(102, "two", Flags.NONE)));

    assertEquals(SEEN, row(key).flags());
    assertEquals(inbox + "/101", located(key));
    assertEquals(trash, row(moved).folder());
    assertEquals(inbox + "/102", located(moved));
  }

  @Test
  void aCopyHasAKeyOfItsOwnAndTheSameBody() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    attach(key, "text", BodyState.WHOLE);
    flag(STAR, key);

    Ticket ticket = copy(archive, key);
    MessageKey made = named(archive, "one");

    assertNotEquals(key, made);
    assertEquals(Set.of("one"), shown(inbox));
    assertEquals("text", body(made));
    assertEquals(FLAGGED, row(made).flags());
    assertTrue(row(made).queued());
    assertEquals(1, folder(account, "Archive").total());
    settle(new Ticket(List.of(queue().get(0).sequence())), done());
    settle(ticket, done(key, 44));
    assertEquals(archive + "/44", located(made));
    assertEquals(inbox + "/1", located(key));
    assertFalse(row(made).queued());
    apply(inbox, vanished(1));
    assertEquals("text", body(made));
  }

  @Test
  void aCopyMayStayInTheSameFolder() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");

    settle(copy(inbox, key), done(key, 2));

    assertEquals(2, rows(inbox).size());
    assertEquals(Set.of(id(1), id(2)), store.read(r -> r.known(inbox)).messages().keySet());
  }

  @Test
  void aCopyWithoutReceiptIsAdopted() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = copy(archive, key);
    MessageKey made = named(archive, "one");
    flag(READ, made);

    settle(ticket, done());
    assertEquals(archive + "/-", located(made));
    apply(archive, sweep(mail(8, "one", Flags.NONE)));

    assertEquals(archive + "/8", located(made));
    assertEquals(1, rows(archive).size());
    assertEquals(SEEN, row(made).flags());
  }

  @Test
  void aCopyThatNoServerSawIsNotMistakenForAnother() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    copy(archive, key);
    MessageKey made = named(archive, "one");

    apply(archive, sweep(mail(8, "one", Flags.NONE)));

    assertEquals(2, rows(archive).size());
    assertNotEquals(archive + "/8", located(made));
  }

  @Test
  void aRefusedCopyIsGone() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = copy(archive, key);
    flag(READ, named(archive, "one"));

    settle(ticket, new Outcome.Rejected("over quota"));

    assertEquals(Set.of(), shown(archive));
    assertEquals(List.of(), queue());
    assertTrue(exists(key));
  }

  @Test
  void aCopyWhoseSourceVanishedBeforeIsGone() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    copy(archive, key);

    apply(inbox, vanished(1));

    assertEquals(Set.of(), shown(archive));
    assertEquals(List.of(), queue());
  }

  @Test
  void aFolderThatIsGoneDropsWhatWasToGoThere() throws Exception {
    MessageKey moved = arrives(inbox, 1, "moved");
    MessageKey copied = arrives(inbox, 2, "copied");
    MessageKey saved = arrives(archive, 1, "saved");
    MessageKey lost = arrives(archive, 2, "lost");
    move(archive, moved);
    copy(archive, copied);
    move(trash, saved);
    flag(READ, lost);

    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Trash", FolderRole.TRASH));

    assertEquals(Set.of("moved", "copied"), shown(inbox));
    assertEquals(Set.of("saved"), shown(trash));
    assertFalse(exists(lost));
    assertEquals(List.of(List.of(saved)), queue().stream().map(q -> q.messages()).toList());
  }

  @Test
  void aBodyComesWhileAnOperationWaits() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    move(archive, key);
    heard.clear();

    attach(key, "text", BodyState.PARTIAL);

    assertEquals(List.of(new Change.MessagesChanged(archive, List.of(key), Set.of(Aspect.BODY))), heard(Change.MessagesChanged.class));
  }

  @Test
  void keywordsAreQueuedToo() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    apply(inbox, flagged(1, Flags.parse(List.of("$Old", "Kept"))));

    flag(new FlagChange(Flags.parse(List.of("$New")), Flags.parse(List.of("$OLD"))), key);

    assertEquals(Flags.parse(List.of("$New", "kept")), row(key).flags());
    var change = (Operation.ChangeFlags) queue().get(0).operation();
    assertEquals(Flags.parse(List.of("$New")), change.change().add());
    assertEquals(Flags.parse(List.of("$old")), change.change().remove());
  }
}
