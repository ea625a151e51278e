/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Queued.Standing;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Outgoing;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages that go where no server brings them by itself: from the fixture's account "Work" to another mirrored account "Home", to a
 * maildrop and local folders of "Drop", and back. Nothing may be lost on any way. The promise of {@link org.heliogram.core.op.Operation.Transfer}, for every store.
 */
public abstract class TransferContract extends StoreFixture {
  private AccountId home;
  private AccountId drop;
  private FolderKey homeInbox;
  private FolderKey homeBox;
  private FolderKey maildrop;
  private FolderKey local;

  @BeforeEach
  void addAccounts() throws Exception {
    home = addAccount("Home");
    setFolders(home, imap("INBOX", FolderRole.INBOX), imap("Box", FolderRole.NONE));
    homeInbox = folder(home, "INBOX").key();
    homeBox = folder(home, "Box").key();
    drop = addAccount("Drop");
    setFolders(drop, kept("Inbox", FolderRole.INBOX, Keeping.DELIVERED), kept("Local", FolderRole.NONE, Keeping.LOCAL));
    maildrop = folder(drop, "Inbox").key();
    local = folder(drop, "Local").key();
    heard.clear();
  }

  private AccountId owner(FolderKey folder) throws StoreException {
    return store.read(r -> r.folder(folder)).orElseThrow().account();
  }

  private Ticket carry(FolderKey to, boolean removing, MessageKey... keys) throws StoreException {
    return enqueue(new Operation.Transfer(owner(to), List.of(keys), to, removing));
  }

  private static MessageKey copyOf(Ticket ticket) {
    return ticket.copies().get(0);
  }

  /** A message whose content is here. */
  private MessageKey whole(FolderKey in, long uid, String name) throws StoreException {
    MessageKey key = arrives(in, uid, name);
    attach(key, text(name), BodyState.WHOLE);
    return key;
  }

  /** As long as {@link #mail} says. */
  private static String text(String name) {
    return name + "x".repeat(1_000);
  }

  private List<Queued> queue(AccountId of) throws StoreException {
    return store.read(r -> r.queue(of));
  }

  private Queued first(AccountId of) throws StoreException {
    return queue(of).get(0);
  }

  private List<Outgoing> outgoing(Ticket ticket) throws StoreException {
    return store.read(r -> r.outgoing(ticket.sequences().get(0)));
  }

  private List<MessageKey> wanted(AccountId of) throws StoreException {
    return store.read(r -> r.contentWanted(of, 100));
  }

  private Ticket deposit(FolderKey into, String name) throws StoreException {
    var content = staged(text(name), BodyState.WHOLE);
    return store.write(w -> w.deposit(into, new Deposit(Flags.of(Flag.DRAFT), MORNING, false, envelope(name), content)));
  }

  @Test
  void aTransferIsSeenAtOnce() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    flag(STAR, key);
    heard.clear();

    Ticket ticket = carry(homeBox, true, key);

    assertEquals(Set.of(), shown(inbox));
    assertEquals(Set.of("one"), shown(homeBox));
    MessageKey copy = copyOf(ticket);
    assertEquals(FLAGGED, row(copy).flags());
    assertEquals(text("one"), body(copy));
    assertTrue(row(copy).queued());
    assertEquals("", located(copy));
    assertEquals(inbox + "/1", located(key));
    Queued entry = first(home);
    assertEquals(new Operation.Transfer(home, List.of(key), homeBox, true), entry.operation());
    assertEquals(List.of(copy), entry.copies());
    assertEquals(inbox, entry.source());
    assertEquals(Standing.READY, entry.standing());
    assertEquals(Set.of(new Change.MessagesRemoved(inbox, List.of(key)), new Change.MessagesAdded(homeBox, List.of(copy)),
        new Change.FolderChanged(account, inbox), new Change.FolderChanged(home, homeBox), new Change.QueueChanged(home)),
        Set.copyOf(heard.get(0).changes()));
  }

  @Test
  void whatIsPutThereIsWhatTheUserSawWhenHeAsked() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    flag(READ, key);
    Ticket ticket = carry(homeBox, false, key);
    flag(STAR, key);

    Outgoing one = outgoing(ticket).get(0);

    assertEquals(key, one.message());
    assertEquals(copyOf(ticket), one.copy());
    assertEquals(SEEN, one.flags());
    assertEquals(MORNING.plusSeconds(3_600), one.received());
    assertEquals(text("one").length(), one.sizeInBytes());
    assertEquals("<one@example.org>", one.messageIdHeader());
    assertEquals(text("one").length(), one.content().orElseThrow().sizeInBytes());
    assertEquals(List.of(), store.read(r -> r.outgoing(Long.MAX_VALUE)));
  }

  @Test
  void contentComesToTheCopyAndWakesItsAccount() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey other = whole(inbox, 2, "two");
    Ticket ticket = carry(homeBox, false, key, other);
    assertEquals(Standing.INCOMPLETE, first(home).standing());
    assertEquals(1, first(home).missing());
    assertEquals(List.of(key), wanted(account));
    assertEquals(List.of(), wanted(home));
    attach(key, "part", BodyState.PARTIAL);
    assertEquals(List.of(key), wanted(account));
    heard.clear();

    attach(key, "the whole text", BodyState.WHOLE);

    assertEquals(Standing.READY, first(home).standing());
    assertEquals("the whole text", body(copyOf(ticket)));
    assertEquals("the whole text".length(), row(copyOf(ticket)).sizeInBytes());
    assertEquals(List.of(), wanted(account));
    assertEquals(List.of(new Change.QueueChanged(home)), heard(Change.QueueChanged.class));
  }

  @Test
  void adoptionThatBringsContentBringsItToTheCopy() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    NewMessage bare = mail(101, "one", Flags.NONE);
    var content = staged(text("one"), BodyState.WHOLE);

    apply(inbox, renumbered(new NewMessage(bare.id(), bare.flags(), bare.received(), bare.sizeInBytes(), bare.attachments(), bare.envelope(),
        Optional.of(content))));

    assertEquals(text("one"), body(copyOf(ticket)));
    assertEquals(Standing.READY, first(home).standing());
  }

  @Test
  void aDoneMoveDeletesItsSourceInItsOwnAccount() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    attempt(ticket);
    heard.clear();

    settle(ticket, done(key, 70));

    assertEquals(homeBox + "/70", located(copyOf(ticket)));
    assertFalse(row(copyOf(ticket)).queued());
    assertEquals(List.of(), queue(home));
    assertEquals(List.of(new Operation.Delete(account, List.of(key))), queue().stream().map(Queued::operation).toList());
    assertFalse(exists(key));
    assertEquals(List.of(), heard(Change.MessagesAdded.class));
    assertEquals(Set.of(new Change.QueueChanged(home), new Change.QueueChanged(account)), Set.copyOf(heard(Change.QueueChanged.class)));
    write(w -> w.settle(first(account).sequence(), done()));
    assertEquals("", located(key));
    assertEquals(text("one"), body(copyOf(ticket)));
  }

  @Test
  void trap43WhatIsNotHereCannotHaveArrived() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);

    settle(ticket, done(key, 70));

    assertEquals(List.of(key), first(home).messages());
    assertEquals(List.of(), queue());
    assertEquals("", located(copyOf(ticket)));
  }

  @Test
  void contentThatComesToTheCopyItselfWillDo() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey copy = copyOf(carry(local, true, key));

    attach(copy, text("one"), BodyState.WHOLE);

    assertEquals(List.of(), queue(drop));
    assertEquals(List.of(key), first(account).messages());
  }

  @Test
  void aDoneCopyLeavesItsSource() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, false, key);

    settle(ticket, done());

    assertEquals(homeBox + "/-", located(copyOf(ticket)));
    assertEquals(inbox, row(key).folder());
    assertFalse(row(key).queued());
    assertEquals(List.of(), queue());
    apply(homeBox, sweep(mail(5, "one", SEEN)));
    assertEquals(homeBox + "/5", located(copyOf(ticket)));
    assertEquals(1, rows(homeBox).size());
  }

  @Test
  void whatWasDoneInTheMiddleLeavesTheEntry() throws Exception {
    MessageKey one = whole(inbox, 1, "one");
    MessageKey two = whole(inbox, 2, "two");
    MessageKey three = whole(inbox, 3, "three");
    Ticket ticket = carry(homeBox, true, one, two, three);
    attempt(ticket);

    settle(ticket, new Outcome.Partly(Map.of(one, Optional.of(id(70)), three, Optional.empty(), new MessageKey(Long.MAX_VALUE), Optional.empty())));

    assertEquals(List.of(two), first(home).messages());
    assertEquals(List.of(ticket.copies().get(1)), first(home).copies());
    assertTrue(first(home).attempted());
    assertEquals(homeBox + "/70", located(ticket.copies().get(0)));
    assertEquals("", located(ticket.copies().get(1)));
    assertEquals(homeBox + "/-", located(ticket.copies().get(2)));
    assertEquals(Set.of(one, three), Set.copyOf(first(account).messages()));
    settle(ticket, new Outcome.Partly(Map.of(two, Optional.of(id(71)))));
    assertEquals(List.of(), queue(home));
  }

  @Test
  void otherOperationsMayBeDonePartlyToo() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    Ticket ticket = move(archive, one, two);

    settle(ticket, new Outcome.Partly(Map.of(one, Optional.of(id(9)))));

    assertEquals(archive + "/9", located(one));
    assertEquals(inbox + "/2", located(two));
    assertEquals(List.of(two), queue().get(0).messages());
  }

  @Test
  void trap43ARefusedMoveDeletesNothing() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    attempt(ticket);

    settle(ticket, new Outcome.Rejected("over quota"));

    assertEquals(Set.of("one"), shown(inbox));
    assertFalse(row(key).queued());
    assertFalse(exists(copyOf(ticket)));
    assertEquals(List.of(), queue(home));
    assertEquals(List.of(), queue());
    assertEquals(text("one"), body(key));
  }

  @Test
  void undoTakesATransferBackWithAllThatWasDoneToItsCopy() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    enqueue(new Operation.ChangeFlags(home, List.of(copyOf(ticket)), READ));
    Ticket on = carry(local, true, copyOf(ticket));
    assertEquals(List.of(), on.sequences());
    assertFalse(exists(copyOf(ticket)));

    assertTrue(withdraw(ticket));

    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(List.of(), queue(home));
    assertEquals(Set.of("one"), shown(local)); // that was done at once
  }

  @Test
  void undoTakesFurtherTransfersBackToo() throws Exception {
    MessageKey key = whole(homeBox, 1, "one");
    Ticket ticket = carry(inbox, true, key);
    Ticket on = carry(homeInbox, true, copyOf(ticket));
    assertEquals(Set.of("one"), shown(homeInbox));

    assertTrue(withdraw(ticket));

    assertEquals(Set.of("one"), shown(homeBox));
    assertFalse(exists(copyOf(on)));
    assertEquals(List.of(), queue(home));
    assertEquals(List.of(), queue());
  }

  @Test
  void manyAreSplitBySourceFolderAndSize() throws Exception {
    var keys = new ArrayList<MessageKey>();
    var many = new ArrayList<NewMessage>();
    for (int i = 1; i <= 120; i++) {
      many.add(mail(i, "m" + i, Flags.NONE));
    }
    apply(inbox, SyncPlan.adding(many));
    rows(inbox).forEach(r -> keys.add(r.key()));
    keys.add(60, arrives(archive, 1, "elsewhere"));

    Ticket ticket = carry(homeBox, true, keys.toArray(MessageKey[]::new));

    assertEquals(List.of(50, 50, 20, 1), queue(home).stream().map(q -> q.messages().size()).toList());
    assertEquals(List.of(inbox, inbox, inbox, archive), queue(home).stream().map(Queued::source).toList());
    assertEquals(121, ticket.copies().size());
    assertEquals(121, folder(home, "Box").total());
    assertEquals(0, folder(account, "INBOX").total());
    assertEquals(10, store.read(r -> r.contentWanted(account, 10)).size());
  }

  @Test
  void whatAServerCanDoItselfItDoes() throws Exception {
    MessageKey near = arrives(homeInbox, 1, "near");
    MessageKey far = arrives(inbox, 1, "far");

    Ticket moved = carry(homeBox, true, near, far);

    assertEquals(List.of(Operation.Move.class, Operation.Transfer.class), queue(home).stream().map(q -> q.operation().getClass()).toList());
    assertEquals(1, moved.copies().size());
    assertEquals(Set.of("near", "far"), shown(homeBox));
    Ticket copied = carry(homeInbox, false, near);
    assertEquals(Operation.Copy.class, queue(home).get(2).operation().getClass());
    assertEquals(Set.of("near"), shown(homeInbox));
    assertEquals(homeInbox, row(copyOf(copied)).folder());
  }

  @Test
  void aForeignOrClosedTargetIsRefused() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    enqueue(new Operation.DeleteFolder(home, homeBox));

    assertThrows(StoreException.class, () -> enqueue(new Operation.Transfer(account, List.of(key), homeInbox, true)));
    assertThrows(StoreException.class, () -> enqueue(new Operation.Transfer(home, List.of(key), homeBox, true)));
    assertThrows(StoreException.class, () -> deposit(homeBox, "draft"));
    assertEquals(Set.of("one"), shown(inbox));
  }

  @Test
  void ofWhatIsNotInViewNothingIsTransferred() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    delete(key);

    Ticket ticket = carry(homeBox, true, key, new MessageKey(Long.MAX_VALUE));

    assertEquals(new Ticket(List.of()), ticket);
    assertEquals(List.of(), queue(home));
  }

  @Test
  void aSourceThatVanishesTakesAnUnreadCopyAlong() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey other = whole(inbox, 2, "two");
    Ticket ticket = carry(homeBox, true, key, other);

    apply(inbox, vanished(1));

    assertEquals(Set.of("two"), shown(homeBox));
    assertEquals(List.of(other), first(home).messages());
    assertEquals(Standing.READY, first(home).standing());
    settle(ticket, done(other, 70));
    assertEquals(List.of(other), first(account).messages());
  }

  @Test
  void aWholeCopyGoesOnWithoutItsSource() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    MessageKey copy = copyOf(ticket);

    apply(inbox, vanished(1));

    assertEquals(List.of(copy), first(home).messages());
    assertEquals(List.of(copy), first(home).copies());
    assertEquals(Standing.READY, first(home).standing());
    assertEquals(homeBox, first(home).source());
    assertEquals(Set.of("one"), shown(homeBox));
    assertEquals(text("one"), body(copy));
    assertFalse(withdraw(ticket));
    settle(ticket, done(copy, 70));
    assertEquals(homeBox + "/70", located(copy));
    assertEquals(List.of(), queue());
  }

  @Test
  void aSourceWhoseListingEndsWithoutItIsGone() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    MessageKey unread = arrives(inbox, 2, "two");
    Ticket ticket = carry(homeBox, true, key, unread);

    apply(inbox, renumbered());

    assertEquals("", located(key));
    assertEquals(List.of(copyOf(ticket)), first(home).messages());
    assertEquals(Set.of("one"), shown(homeBox));
  }

  @Test
  void whatIsNowhereElseIsNotDroppedByARefusal() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    MessageKey other = whole(inbox, 2, "two");
    Ticket ticket = carry(homeBox, true, key, other);
    MessageKey copy = copyOf(ticket);
    apply(inbox, vanished(1));
    attempt(ticket);

    settle(ticket, new Outcome.Rejected("over quota"));

    assertEquals(Standing.REFUSED, first(home).standing());
    assertEquals(Optional.of("over quota"), first(home).waiting());
    assertEquals(List.of(copy), first(home).messages());
    assertEquals(Set.of("one"), shown(homeBox));
    assertEquals(Set.of("two"), shown(inbox));
    enqueue(new Operation.ChangeFlags(home, List.of(copy), READ));
    MessageKey free = arrives(homeBox, 3, "three");
    enqueue(new Operation.ChangeFlags(home, List.of(free), READ));
    assertEquals(List.of(Standing.REFUSED, Standing.BEHIND, Standing.READY), queue(home).stream().map(Queued::standing).toList());
    heard.clear();
    write(w -> w.retry(home));
    assertEquals(List.of(Standing.READY, Standing.READY, Standing.READY), queue(home).stream().map(Queued::standing).toList());
    assertEquals(List.of(new Change.QueueChanged(home)), heard(Change.QueueChanged.class));
  }

  @Test
  void aRefusedCopyOfWhatTheUserHasDeletedSinceStays() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, false, key);
    delete(key);

    settle(ticket, new Outcome.Rejected("no"));

    assertEquals(Set.of("one"), shown(homeBox));
    assertEquals(Standing.REFUSED, first(home).standing());
    assertEquals(Standing.READY, first(account).standing());
    write(w -> w.settle(first(account).sequence(), done()));
    assertEquals(text("one"), body(copyOf(ticket)));
  }

  @Test
  void aDeletionWaitsForTheContentATransferNeeds() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = carry(homeBox, false, key);
    delete(key);
    assertEquals(Standing.BEHIND, first(account).standing());
    heard.clear();

    attach(key, text("one"), BodyState.WHOLE);

    assertEquals(Standing.READY, first(account).standing());
    assertEquals(Set.of(new Change.QueueChanged(account), new Change.QueueChanged(home)), Set.copyOf(heard(Change.QueueChanged.class)));
    write(w -> w.settle(first(account).sequence(), done()));
    assertEquals(List.of(copyOf(ticket)), first(home).messages());
    assertEquals(text("one"), body(copyOf(ticket)));
  }

  @Test
  void undoOfATransferFreesTheDeletionBehindIt() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = carry(homeBox, false, key);
    delete(key);
    heard.clear();

    assertTrue(withdraw(ticket));

    assertEquals(Standing.READY, first(account).standing());
    assertEquals(Set.of(new Change.QueueChanged(account), new Change.QueueChanged(home)), Set.copyOf(heard(Change.QueueChanged.class)));
  }

  @Test
  void aChainOfTransfersGetsItsContentFromTheFirst() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket here = carry(homeBox, true, key);
    Ticket there = carry(archive, true, copyOf(here));
    assertEquals(Set.of("one"), shown(archive));
    assertEquals(Set.of(), shown(homeBox));
    assertEquals(List.of(key), wanted(account));
    assertEquals(List.of(), wanted(home));

    attach(key, text("one"), BodyState.WHOLE);

    assertEquals(text("one"), body(copyOf(there)));
    assertEquals(Standing.READY, first(home).standing());
    settle(there, done(copyOf(here), 40));
    assertEquals(List.of(Operation.Transfer.class, Operation.Delete.class), queue(home).stream().map(q -> q.operation().getClass()).toList());
    settle(here, done(key, 41));
    write(w -> w.settle(first(home).sequence(), done()));
    write(w -> w.settle(first(account).sequence(), done()));
    assertEquals(Set.of("one"), shown(archive));
    assertEquals("", located(copyOf(here)));
    assertEquals(List.of(), queue());
    assertEquals(List.of(), queue(home));
  }

  @Test
  void theCopyMayBeChangedMovedAndDeletedWhileItWaits() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    MessageKey copy = copyOf(ticket);
    enqueue(new Operation.ChangeFlags(home, List.of(copy), READ));
    enqueue(new Operation.Move(home, List.of(copy), homeInbox));
    enqueue(new Operation.Delete(home, List.of(copy)));

    assertEquals(List.of(Standing.INCOMPLETE, Standing.BEHIND, Standing.BEHIND, Standing.BEHIND),
        queue(home).stream().map(Queued::standing).toList());
    assertFalse(exists(copy));
    attach(key, text("one"), BodyState.WHOLE);
    settle(ticket, done(key, 70));
    assertEquals(homeBox + "/70", located(copy));
    while (!queue(home).isEmpty()) {
      assertEquals(Standing.READY, first(home).standing());
      write(w -> w.settle(first(home).sequence(), done()));
    }
    write(w -> w.settle(first(account).sequence(), done()));
    assertEquals("", located(copy));
    assertEquals("", located(key));
  }

  @Test
  void messagesGoIntoAFolderThatIsStillToBeMade() throws Exception {
    Ticket making = enqueue(new Operation.CreateFolder(home, FolderPath.of("New")));
    FolderKey made = making.created().get(0);
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(made, true, key);
    assertEquals(Set.of("one"), shown(made));

    settle(making, new Outcome.Rejected("no"));

    assertEquals(Set.of("one"), shown(inbox));
    assertFalse(exists(copyOf(ticket)));
    assertEquals(List.of(), queue(home));
  }

  @Test
  void aFolderThatIsMadeUnderAnotherKeyKeepsItsTransfers() throws Exception {
    Ticket making = enqueue(new Operation.CreateFolder(home, FolderPath.of("New")));
    FolderKey made = making.created().get(0);
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(made, true, key);
    setFolders(home, imap("INBOX", FolderRole.INBOX), imap("Box", FolderRole.NONE), imap("New", FolderRole.NONE));

    settle(making, new Outcome.Done(Map.of(), Optional.of(imap("New", FolderRole.NONE))));

    settle(ticket, done(key, 3));
    assertEquals(made + "/3", located(copyOf(ticket)));
  }

  @Test
  void aTargetThatIsGoneBringsTheSourceBack() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    carry(homeBox, true, key);

    setFolders(home, imap("INBOX", FolderRole.INBOX));

    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(List.of(), queue(home));
  }

  @Test
  void aTargetThatIsGoneLeavesWhatIsNowhereElseInTheInbox() throws Exception {
    Ticket made = deposit(homeBox, "draft");

    setFolders(home, imap("INBOX", FolderRole.INBOX));

    assertEquals(Set.of("draft"), shown(homeInbox));
    settle(made, done(copyOf(made), 8));
    assertEquals(homeInbox + "/8", located(copyOf(made)));
  }

  @Test
  void aSourceAccountThatIsRemovedLeavesWholeCopies() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    MessageKey unread = arrives(inbox, 2, "two");
    Ticket ticket = carry(homeBox, true, key, unread);

    write(w -> w.remove(account));

    assertEquals(Set.of("one"), shown(homeBox));
    assertEquals(List.of(copyOf(ticket)), first(home).messages());
  }

  @Test
  void aTargetAccountThatIsRemovedBringsSourcesBack() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey other = whole(archive, 1, "two");
    carry(homeBox, true, key, other);

    write(w -> w.remove(home));

    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(Set.of("two"), shown(archive));
    assertFalse(row(key).queued());
    assertEquals(text("two"), body(other));
  }

  @Test
  void whatIsWholeGoesIntoLocalFoldersAtOnce() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    MessageKey kept = whole(inbox, 2, "two");

    Ticket moved = carry(local, true, key);
    Ticket copied = carry(local, false, kept);

    assertEquals(List.of(), moved.sequences());
    assertEquals(Set.of("one", "two"), shown(local));
    assertEquals(Set.of("two"), shown(inbox));
    assertEquals(List.of(new Operation.Delete(account, List.of(key))), queue().stream().map(Queued::operation).toList());
    assertEquals(text("one"), body(copyOf(moved)));
    assertFalse(row(copyOf(copied)).queued());
    assertFalse(withdraw(moved));
  }

  @Test
  void whatIsNotWholeIsInALocalFolderAsSoonAsItIs() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey other = arrives(inbox, 2, "two");
    Ticket ticket = carry(local, true, key, other);
    assertEquals(Set.of("one", "two"), shown(local));
    assertEquals(Standing.INCOMPLETE, first(drop).standing());
    assertEquals(List.of(key, other), wanted(account));

    attach(key, text("one"), BodyState.WHOLE);
    assertEquals(List.of(other), first(drop).messages());
    assertEquals(List.of(key), first(account).messages());
    attach(other, text("two"), BodyState.WHOLE);

    assertEquals(List.of(), queue(drop));
    assertFalse(row(copyOf(ticket)).queued());
    assertEquals(text("one"), body(copyOf(ticket)));
    assertEquals(Set.of(), shown(inbox));
  }

  @Test
  void aCopyThatIsDeletedBeforeItsContentCameTakesItsSourceAlong() throws Exception {
    MessageKey moved = arrives(inbox, 1, "moved");
    MessageKey copied = arrives(inbox, 2, "copied");
    MessageKey first = copyOf(carry(local, true, moved));
    MessageKey second = copyOf(carry(local, false, copied));

    enqueue(new Operation.Delete(drop, List.of(first, second)));

    assertEquals(Set.of(), shown(local));
    assertEquals(Set.of("copied"), shown(inbox));
    assertEquals(List.of(List.of(moved)), queue().stream().map(Queued::messages).toList());
    assertEquals(List.of(), queue(drop));
  }

  @Test
  void aCopyOfACopyOnItsWayWaitsToo() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    MessageKey first = copyOf(carry(local, true, key));

    Ticket again = enqueue(new Operation.Copy(drop, List.of(first), local));

    assertEquals(2, rows(local).size());
    attach(key, text("one"), BodyState.WHOLE);
    assertEquals(text("one"), body(first));
    assertEquals(text("one"), body(copyOf(again)));
    assertEquals(List.of(), queue(drop));
  }

  @Test
  void aDeliveredMessageIsUploadedAndThenGoneHere() throws Exception {
    MessageKey key = whole(maildrop, 1, "one");
    Ticket ticket = carry(inbox, true, key);
    assertEquals(Set.of(), shown(maildrop));
    assertEquals(Set.of("one"), shown(inbox));

    settle(ticket, done(key, 70));

    assertFalse(exists(key));
    assertEquals("", body(key));
    assertEquals(List.of(), queue(drop));
    assertEquals(inbox + "/70", located(copyOf(ticket)));
    assertEquals(text("one"), body(copyOf(ticket)));
  }

  @Test
  void fromOneLocalFolderToAnothersTheKeyStays() throws Exception {
    AccountId other = addAccount("Other");
    setFolders(other, kept("Inbox", FolderRole.INBOX, Keeping.DELIVERED));
    FolderKey there = folder(other, "Inbox").key();
    MessageKey key = whole(maildrop, 1, "one");

    Ticket ticket = carry(there, true, key);

    assertEquals(new Ticket(List.of()), ticket);
    assertEquals(there, row(key).folder());
    assertEquals(other, row(key).account());
    assertEquals(text("one"), body(key));
    write(w -> w.remove(drop));
    assertEquals(text("one"), body(key));
  }

  @Test
  void aDepositIsThereAtOnceAndUploaded() throws Exception {
    Ticket ticket = deposit(homeBox, "draft");
    MessageKey key = copyOf(ticket);

    assertEquals(Flags.of(Flag.DRAFT), row(key).flags());
    assertEquals(text("draft"), body(key));
    assertTrue(row(key).queued());
    assertEquals(List.of(key), first(home).messages());
    assertEquals(Standing.READY, first(home).standing());
    assertEquals(text("draft").length(), outgoing(ticket).get(0).sizeInBytes());
    attempt(ticket);
    settle(ticket, done(key, 12));
    assertEquals(homeBox + "/12", located(key));
    assertFalse(row(key).queued());
  }

  @Test
  void aDepositInALocalFolderIsSimplyThere() throws Exception {
    Ticket ticket = deposit(local, "draft");

    assertEquals(List.of(), ticket.sequences());
    assertEquals(Set.of("draft"), shown(local));
    assertEquals(text("draft"), body(copyOf(ticket)));
    assertEquals(List.of(), queue(drop));
  }

  @Test
  void aDepositThatNoServerSawIsGoneWhenItIsDeleted() throws Exception {
    MessageKey unseen = copyOf(deposit(homeBox, "unseen"));
    Ticket tried = deposit(homeBox, "tried");
    attempt(tried);

    Ticket ticket = enqueue(new Operation.Delete(home, List.of(unseen, copyOf(tried))));

    assertEquals(1, ticket.sequences().size());
    assertEquals("", body(unseen));
    assertEquals(List.of(List.of(copyOf(tried)), List.of(copyOf(tried))), queue(home).stream().map(Queued::messages).toList());
  }

  @Test
  void aRefusedDepositStays() throws Exception {
    Ticket ticket = deposit(homeBox, "draft");

    settle(ticket, new Outcome.Rejected("too large"));

    assertEquals(Set.of("draft"), shown(homeBox));
    assertEquals(Standing.REFUSED, first(home).standing());
    assertFalse(withdraw(ticket));
    enqueue(new Operation.Delete(home, List.of(copyOf(ticket))));
    assertEquals(Set.of(), shown(homeBox));
    assertEquals(List.of(), queue(home));
  }

  @Test
  void trap44AnUploadWhoseAnswerWasLostIsRecognised() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    MessageKey later = whole(inbox, 2, "two");
    Ticket tried = carry(homeBox, true, key);
    Ticket untried = carry(homeBox, true, later);
    attempt(tried);

    apply(homeBox, sweep(mail(7, "one", SEEN), mail(8, "two", Flags.NONE)));

    assertEquals(homeBox + "/7", located(copyOf(tried)));
    assertEquals("", located(copyOf(untried)));
    assertEquals(3, rows(homeBox).size());
    settle(tried, done());
    assertEquals(homeBox + "/7", located(copyOf(tried)));
    assertEquals(List.of(key), first(account).messages());
  }

  @Test
  void anUploadWithoutMessageIdIsRecognisedBySizeAndTimeOfArrival() throws Exception {
    var content = staged("no id", BodyState.WHOLE);
    Instant when = Instant.parse("2026-11-23T08:00:00.789Z");
    var blank = org.heliogram.core.model.Envelope.EMPTY;
    Ticket ticket = store.write(w -> w.deposit(homeBox, new Deposit(Flags.NONE, when, false, blank, content)));
    attempt(ticket);

    apply(homeBox, SyncPlan.adding(List.of(unnamed(5, when.plusSeconds(1)), unnamed(6, Instant.parse("2026-11-23T08:00:00Z")))));

    assertEquals(homeBox + "/6", located(copyOf(ticket)));
    assertEquals(2, rows(homeBox).size());
  }

  private static NewMessage unnamed(long uid, Instant received) {
    return new NewMessage(RemoteId.of(uid), Flags.NONE, received, "no id".length(), false, org.heliogram.core.model.Envelope.EMPTY, Optional.empty());
  }

  @Test
  void whatIsBeingTransferredKeepsItsContent() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    attempt(ticket);
    apply(homeBox, SyncPlan.adding(List.of(mail(7, "one", Flags.NONE))));

    write(w -> w.drop(List.of(key, copyOf(ticket))));

    assertEquals("", body(key));
    assertEquals(text("one"), body(copyOf(ticket)));
    assertEquals(Standing.READY, first(home).standing());
    apply(inbox, vanished(1));
    assertEquals(List.of(copyOf(ticket)), first(home).messages());
  }

  @Test
  void aCopyThatArrivedAndWasDeletedElsewhereBringsTheSourceBack() throws Exception {
    MessageKey key = whole(inbox, 1, "one");
    Ticket ticket = carry(homeBox, true, key);
    attempt(ticket);
    apply(homeBox, SyncPlan.adding(List.of(mail(7, "one", Flags.NONE))));

    apply(homeBox, vanished(7));

    assertEquals(Set.of("one"), shown(inbox));
    assertEquals(List.of(), queue(home));
    assertEquals(List.of(), queue());
  }
}
