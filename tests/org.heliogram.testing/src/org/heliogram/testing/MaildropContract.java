/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;
import org.junit.jupiter.api.Test;

/** What is known of messages taken from a maildrop, and when their time there is over. */
abstract class MaildropContract extends LocalFoldersContract {
  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private FolderKey box;
  private FolderKey kept;

  private void maildrop(Leaving leaving, int days) throws StoreException {
    account = addPop("Pop", new MaildropOptions(leaving, days, 1_000_000, Optional.empty()));
    box = folder(account, "INBOX").key();
    kept = folder(account, "Kept").key();
    heard.clear();
  }

  private AccountId addPop(String label, MaildropOptions options) throws StoreException {
    Account usual = account(AccountId.create(), label);
    write(w -> w.put(usual.withOptions(usual.options().withMaildrop(options))));
    setFolders(usual.id(), kept("INBOX", FolderRole.INBOX, Keeping.DELIVERED), kept("Kept", FolderRole.NONE, Keeping.LOCAL));
    return usual.id();
  }

  private void takes(FolderKey from, FolderKey into, long uid, BodyState state) throws StoreException {
    NewMessage plain = mail(uid, "mail " + uid, Flags.NONE);
    NewMessage message = new NewMessage(plain.id(), plain.flags(), plain.received(), plain.sizeInBytes(), false, plain.envelope(),
        Optional.of(staged("content " + uid, state)));
    write(w -> w.apply(from, MaildropPlan.taking(into, List.of(message), Map.of(id(uid), new Fingerprint(100 + uid, "h" + uid)))));
  }

  private MessageKey takes(long uid) throws StoreException {
    takes(box, box, uid, BodyState.WHOLE);
    return named(box, "mail " + uid);
  }

  private void session(String when) throws StoreException {
    var ended = new MaildropPlan.Session(Instant.parse(when), THREE_DAYS);
    write(w -> w.apply(box, MaildropPlan.ended(box, ended, new SyncCursor(when))));
  }

  private Set<RemoteId> overdue() throws StoreException {
    return store.read(r -> r.overdue(box)).stream().map(Taken::id).collect(Collectors.toSet());
  }

  private Optional<ServerCopy> copy(MessageKey key) throws StoreException {
    return store.read(r -> r.serverCopy(key));
  }

  private Map<RemoteId, Taken> taken() throws StoreException {
    return store.read(r -> r.taken(box)).stream().collect(Collectors.toMap(Taken::id, one -> one));
  }

  private MaildropPlan there(boolean there, long uid) {
    return MaildropPlan.seen(box, Map.of(id(uid), there));
  }

  @Test
  void messageAndWhatItLooksLikeAreTakenTogetherAndOnce() throws Exception {
    maildrop(Leaving.EVERYTHING, 14);

    MessageKey one = takes(1);
    takes(1);

    assertEquals(1, rows(box).size());
    assertEquals(Map.of(id(1), new Taken(id(1), Optional.of(one), false, new Fingerprint(101, "h1"))), taken());
    assertEquals(Optional.of(new ServerCopy(account, true, Leaving.EVERYTHING, Optional.empty())), copy(one));
    assertEquals(Set.of(), overdue());
  }

  @Test
  void whatIsGoneThereIsSoUntilItIsListedAgain() throws Exception {
    maildrop(Leaving.UNTIL_TAKEN, 14);
    MessageKey one = takes(1);

    write(w -> w.apply(box, there(false, 1)));

    assertEquals(Optional.of(new ServerCopy(account, false, Leaving.UNTIL_TAKEN, Optional.empty())), copy(one));
    assertEquals(Set.of(), overdue());

    write(w -> w.apply(box, there(true, 1)));

    assertEquals(Set.of(id(1)), overdue());
  }

  @Test
  void untilTakenItIsOverWithWholeMessagesOnly() throws Exception {
    maildrop(Leaving.UNTIL_TAKEN, 14);
    takes(1);
    takes(box, box, 2, BodyState.PARTIAL);

    assertEquals(Set.of(id(1)), overdue());

    MessageKey partly = named(box, "mail 2");
    assertEquals(Leaving.EVERYTHING, copy(partly).orElseThrow().leaving());
    attach(partly, "all of it", BodyState.WHOLE);
    assertEquals(Set.of(id(1), id(2)), overdue());
  }

  @Test
  void whatTheUserDeletedHereIsOverToo() throws Exception {
    maildrop(Leaving.UNTIL_TAKEN, 14);
    MessageKey one = takes(1);

    delete(one);

    assertEquals(Set.of(id(1)), overdue());
  }

  @Test
  void trap84DaysAreCountedFromTheTakingAndBySessions() throws Exception {
    maildrop(Leaving.SOME_DAYS, 4);
    session("2026-11-01T12:00:00Z");
    MessageKey one = takes(1);
    session("2026-11-03T12:00:00Z");
    takes(2);
    assertEquals(Optional.of(Instant.parse("2026-11-05T12:00:00Z")), copy(one).orElseThrow().until());
    session("2026-11-05T11:59:00Z");
    assertEquals(Set.of(), overdue());

    session("2026-11-05T12:00:00Z");

    assertEquals(Set.of(id(1)), overdue());
  }

  @Test
  void trap84AClockThatIsSetDeletesNothing() throws Exception {
    maildrop(Leaving.SOME_DAYS, 4);
    session("2026-11-01T12:00:00Z");
    takes(1);

    session("2031-01-01T00:00:00Z");
    assertEquals(Set.of(), overdue());
    session("1999-01-01T00:00:00Z");
    assertEquals(Set.of(), overdue());
    session("2026-11-01T13:00:00Z");
    assertEquals(Set.of(), overdue());
    session("2026-12-01T13:00:00Z");
    assertEquals(Set.of(), overdue(), "a month between two sessions counts as three days");
  }

  @Test
  void trap84WhatIsFlaggedStaysLongerThanItsDays() throws Exception {
    maildrop(Leaving.SOME_DAYS, 1);
    session("2026-11-01T12:00:00Z");
    MessageKey starred = takes(1);
    takes(2);
    flag(STAR, starred);

    session("2026-11-02T12:00:00Z");

    assertEquals(Set.of(id(2)), overdue());
    assertEquals(Optional.of(new ServerCopy(account, true, Leaving.EVERYTHING, Optional.empty())), copy(starred));
  }

  @Test
  void untilDeletedItIsOverWhenItLeftTheInbox() throws Exception {
    maildrop(Leaving.UNTIL_DELETED, 14);
    takes(1);
    MessageKey moved = takes(2);
    MessageKey deleted = takes(3);
    assertEquals(Set.of(), overdue());

    move(kept, moved);
    delete(deleted);

    assertEquals(Set.of(id(2), id(3)), overdue());
    assertEquals(Leaving.UNTIL_DELETED, copy(moved).orElseThrow().leaving());
  }

  @Test
  void mailMayLieInTheInboxOfAnotherAccount() throws Exception {
    maildrop(Leaving.UNTIL_DELETED, 14);
    AccountId host = addPop("Host", MaildropOptions.DEFAULT);
    FolderKey shared = folder(host, "INBOX").key();

    takes(box, shared, 1, BodyState.WHOLE);

    MessageKey one = named(shared, "mail 1");
    assertEquals(host, row(one).account());
    assertEquals(account, copy(one).orElseThrow().maildrop());
    assertEquals(box + "/1", located(one));
    assertEquals(Set.of(), overdue());
    assertEquals(List.of(), rows(box));
  }

  @Test
  void mailThatGoesWithTheAccountOfItsInboxIsNotDeletedOnItsServer() throws Exception {
    maildrop(Leaving.UNTIL_DELETED, 14);
    AccountId host = addPop("Host", MaildropOptions.DEFAULT);
    takes(box, folder(host, "INBOX").key(), 1, BodyState.WHOLE);

    write(w -> w.remove(host));

    assertEquals(Set.of(), overdue());
    assertEquals(Set.of(id(1)), taken().keySet());
    takes(box, box, 1, BodyState.WHOLE);
    assertEquals(List.of(), rows(box), "it is known all the same");
  }

  @Test
  void mailStaysInTheInboxWhenItsMaildropGoes() throws Exception {
    maildrop(Leaving.UNTIL_DELETED, 14);
    AccountId guest = account;
    AccountId host = addPop("Host", MaildropOptions.DEFAULT);
    FolderKey shared = folder(host, "INBOX").key();
    takes(box, shared, 1, BodyState.WHOLE);

    write(w -> w.remove(guest));

    assertEquals(Set.of("mail 1"), shown(shared));
    assertEquals(Optional.empty(), copy(named(shared, "mail 1")));
  }

  @Test
  void idsCanBeForgottenAndMessagesGetOthers() throws Exception {
    maildrop(Leaving.UNTIL_TAKEN, 14);
    MessageKey one = takes(1);
    MessageKey two = takes(2);
    write(w -> w.apply(box, there(false, 2)));

    write(w -> w.apply(box, new MaildropPlan(List.of(id(1)), Map.of(id(2), id(22)), Map.of(), box, List.of(), Map.of(), Optional.empty(),
        Optional.of(new SyncCursor("now")))));

    assertEquals(Optional.empty(), copy(one));
    assertEquals(Map.of(id(22), new Taken(id(22), Optional.of(two), false, new Fingerprint(102, "h2"))), taken());
    assertEquals(Set.of(id(22)), overdue());
    assertEquals(Optional.of(new SyncCursor("now")), store.read(r -> r.cursor(box)));
    takes(1);
    assertEquals(3, rows(box).size(), "another message has that id now");
  }

  @Test
  void messagesCanBeKnownWithoutBeingHere() throws Exception {
    maildrop(Leaving.UNTIL_TAKEN, 14);
    takes(1);

    write(w -> w.apply(box, MaildropPlan.taking(box, List.of(), Map.of(id(1), new Fingerprint(7, "other"), id(9), Fingerprint.ofSize(5)))));

    assertEquals(new Fingerprint(7, "other"), taken().get(id(1)).print());
    assertEquals(new Taken(id(9), Optional.empty(), false, Fingerprint.ofSize(5)), taken().get(id(9)));
    assertEquals(Set.of(id(1)), overdue());
  }

  @Test
  void trap87WhatAMessageIsCanTurnOutLater() throws Exception {
    maildrop(Leaving.EVERYTHING, 14);
    takes(box, box, 1, BodyState.PARTIAL);
    MessageKey key = named(box, "mail 1");

    write(w -> w.describe(key, envelope("better known"), true));

    assertEquals("better known", row(key).subject());
    assertTrue(row(key).attachments());
    assertEquals(Optional.of(envelope("better known")), store.read(r -> r.envelope(key)));
  }

  @Test
  void aMirroredFolderIsNoMaildropAndNoInboxForOne() throws Exception {
    FolderKey mirrored = inbox;
    maildrop(Leaving.UNTIL_TAKEN, 14);

    assertThrows(StoreException.class, () -> write(w -> w.apply(mirrored, MaildropPlan.seen(box, Map.of()))));
    assertThrows(StoreException.class, () -> takes(box, mirrored, 1, BodyState.WHOLE));
    assertTrue(taken().isEmpty());
  }
}
