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
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.Test;

/** What a store makes of the news of a server, in mirrored, delivered and local folders. */
abstract class ServerNewsContract extends MaildropContract {
  @Test
  void aNewFolderKnowsNothing() throws Exception {
    assertEquals(Optional.empty(), store.read(r -> r.known(inbox)).cursor());
    assertEquals(0, store.read(r -> r.known(inbox)).size());
    assertEquals(Map.of(), store.read(r -> r.known(inbox)).messages());
  }

  @Test
  void newMessagesAreShownAndKnown() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(mail(1, "one", SEEN), mail(2, "two", Flags.NONE))));

    assertEquals(Set.of("one", "two"), shown(inbox));
    assertEquals(Map.of(id(1), SEEN, id(2), Flags.NONE), known(inbox));
    assertEquals(2, heard(Change.MessagesAdded.class).get(0).messages().size());
    assertEquals(inbox + "/1", located(named(inbox, "one")));
  }

  private Map<RemoteId, Flags> known(FolderKey folder) throws Exception {
    return store.read(r -> r.known(folder)).messages();
  }

  @Test
  void anIdAlreadyKnownIsIgnored() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    heard.clear();

    apply(inbox, SyncPlan.adding(List.of(mail(1, "another", SEEN))));
    apply(inbox, SyncPlan.adding(List.of(mail(2, "two", SEEN), mail(2, "two again", SEEN))));

    assertEquals(Set.of("one", "two"), shown(inbox));
    assertEquals(Flags.NONE, row(key).flags());
    assertEquals(1, heard.size());
  }

  @Test
  void theSameIdInTwoFoldersIsTwoMessages() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(archive, 1, "one");

    assertNotEquals(one, two);
  }

  @Test
  void flagsOfTheServerAreShown() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    heard.clear();

    apply(inbox, flagged(1, Flags.parse(List.of("\\Seen", "$Work"))));
    apply(inbox, flagged(99, SEEN));

    assertEquals(Flags.parse(List.of("\\Seen", "$work")), row(key).flags());
    assertEquals(List.of(new Change.MessagesChanged(inbox, List.of(key), Set.of(Change.Aspect.FLAGS))), heard(Change.MessagesChanged.class));
    assertEquals(List.of(new Change.FolderChanged(account, inbox)), heard(Change.FolderChanged.class));
    assertEquals(0, folder(account, "INBOX").unread());
  }

  @Test
  void whatVanishedIsGone() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");
    arrives(inbox, 2, "two");
    heard.clear();

    apply(inbox, vanished(1, 77));

    assertFalse(exists(key));
    assertEquals(Set.of("two"), shown(inbox));
    assertEquals(List.of(new Change.MessagesRemoved(inbox, List.of(key))), heard(Change.MessagesRemoved.class));
    assertEquals(1, folder(account, "INBOX").total());
    assertEquals(Optional.empty(), store.read(r -> r.body(key)));
    assertEquals("", located(key));
  }

  @Test
  void aKeyIsNeverUsedAgain() throws Exception {
    MessageKey key = arrives(inbox, 1, "one");

    apply(inbox, vanished(1));

    assertNotEquals(key, arrives(inbox, 1, "one"));
  }

  @Test
  void theCursorComesWithItsPlan() throws Exception {
    apply(inbox, sweep(mail(1, "one", Flags.NONE)));
    assertEquals(Optional.empty(), store.read(r -> r.known(inbox)).cursor());

    apply(inbox, new SyncPlan(false, List.of(), Map.of(), List.of(), false, Optional.of(new SyncCursor("7:9"))));
    apply(inbox, SyncPlan.adding(List.of(mail(2, "two", Flags.NONE))));

    assertEquals(Optional.of(new SyncCursor("7:9")), store.read(r -> r.known(inbox)).cursor());
  }

  @Test
  void aCursorAloneIsNotHeard() throws Exception {
    apply(inbox, new SyncPlan(false, List.of(), Map.of(), List.of(), false, Optional.of(new SyncCursor("x".repeat(1_000)))));

    assertEquals(List.of(), heard);
  }

  @Test
  void renumberedMessagesKeepKeyAndBody() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    attach(one, "text", BodyState.WHOLE);
    var first = new NewMessage(id(2), SEEN, MORNING, row(one).sizeInBytes(), false, envelope("one"), Optional.empty());

    apply(inbox, renumbered(first, mail(7, "three", Flags.NONE)));

    assertEquals(Set.of("one", "three"), shown(inbox));
    assertEquals(one, named(inbox, "one"));
    assertEquals("text", body(one));
    assertEquals(SEEN, row(one).flags());
    assertEquals(inbox + "/2", located(one));
    assertFalse(exists(two));
  }

  @Test
  void renumberedMessagesWaitUntilTheSweep() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    MessageKey three = arrives(inbox, 3, "three");

    apply(inbox, new SyncPlan(true, List.of(), Map.of(), List.of(mail(11, "one", Flags.NONE)), false, Optional.empty()));
    assertEquals(Set.of("one", "two", "three"), shown(inbox));
    assertEquals(inbox + "/-", located(two));
    assertEquals(Map.of(id(11), Flags.NONE), known(inbox));
    apply(inbox, sweep(mail(12, "two", Flags.NONE)));

    assertEquals(one, named(inbox, "one"));
    assertEquals(two, named(inbox, "two"));
    assertFalse(exists(three));
  }

  @Test
  void anInterruptedRenumberingDoublesNothing() throws Exception {
    MessageKey one = arrives(inbox, 1, "one");
    MessageKey two = arrives(inbox, 2, "two");
    apply(inbox, new SyncPlan(true, List.of(), Map.of(), List.of(mail(11, "one", Flags.NONE)), false, Optional.empty()));

    apply(inbox, renumbered(mail(12, "two", Flags.NONE), mail(11, "one", Flags.NONE)));

    assertEquals(one, named(inbox, "one"));
    assertEquals(two, named(inbox, "two"));
    assertEquals(2, rows(inbox).size());
  }

  @Test
  void sameMessageIdsAreToldApartBySize() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(sized(1, 500), sized(2, 600))));
    MessageKey small = bySize(500);
    MessageKey large = bySize(600);

    apply(inbox, renumbered(sized(11, 600), sized(12, 500)));

    assertEquals(inbox + "/12", located(small));
    assertEquals(inbox + "/11", located(large));
  }

  private static NewMessage sized(long uid, long size) {
    return new NewMessage(id(uid), Flags.NONE, MORNING, size, false, envelope("list"), Optional.empty());
  }

  private MessageKey bySize(long size) throws Exception {
    return rows(inbox).stream().filter(r -> r.sizeInBytes() == size).findFirst().orElseThrow().key();
  }

  @Test
  void theMessageIdAloneWillDoWhereTheSizeMayBeWrong() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(sized(1, 500))));
    MessageKey key = bySize(500);

    apply(inbox, renumbered(sized(11, 507)));

    assertEquals(inbox + "/11", located(key));
    assertEquals(1, rows(inbox).size());
  }

  @Test
  void messagesWithoutMessageIdAreNotMixedUp() throws Exception {
    apply(inbox, SyncPlan.adding(List.of(new NewMessage(id(1), Flags.NONE, MORNING, 500, false, nameless("a"), Optional.empty()))));
    MessageKey key = named(inbox, "a");

    apply(inbox, renumbered(new NewMessage(id(11), Flags.NONE, MORNING.plusSeconds(5), 501, false, nameless("b"), Optional.empty())));

    assertFalse(exists(key));
    assertEquals(Set.of("b"), shown(inbox));
  }

  private static org.heliogram.core.model.Envelope nameless(String subject) {
    return new org.heliogram.core.model.Envelope(subject, List.of(), List.of(), List.of(), List.of(), Optional.empty(), "", "", List.of());
  }

  @Test
  void aThousandMessagesFitInOnePlan() throws Exception {
    var many = new ArrayList<NewMessage>();
    for (int i = 1; i <= 1_000; i++) {
      many.add(mail(i, "m" + i, Flags.NONE));
    }

    apply(inbox, SyncPlan.adding(many));

    assertEquals(1_000, known(inbox).size());
    assertEquals(1_000, folder(account, "INBOX").unread());
    assertThrows(IllegalArgumentException.class, () -> {
      many.add(mail(1_001, "too much", Flags.NONE));
      apply(inbox, SyncPlan.adding(many));
    });
  }

  // Folders whose messages live on this machine

  private FolderKey drop;
  private FolderKey attic;

  private void maildrop() throws Exception {
    account = addAccount("Drop");
    setFolders(account, kept("INBOX", FolderRole.INBOX, Keeping.DELIVERED), kept("Attic", FolderRole.NONE, Keeping.LOCAL));
    drop = folder(account, "INBOX").key();
    attic = folder(account, "Attic").key();
    heard.clear();
  }

  @Test
  void inDeliveredFoldersOperationsAreSettledAtOnce() throws Exception {
    maildrop();
    MessageKey one = arrives(drop, 1, "one");
    MessageKey two = arrives(drop, 2, "two");
    MessageKey three = arrives(drop, 3, "three");

    assertEquals(List.of(), flag(READ, one).sequences());
    assertEquals(List.of(), move(attic, two).sequences());
    assertEquals(List.of(), delete(three).sequences());

    assertEquals(List.of(), queue());
    assertEquals(SEEN, row(one).flags());
    assertEquals(Set.of("one"), shown(drop));
    assertEquals(Set.of("two"), shown(attic));
    assertEquals(attic, row(two).folder());
    assertFalse(row(one).queued());
    assertFalse(exists(three));
    assertEquals(List.of(), heard(Change.QueueChanged.class));
  }

  @Test
  void inLocalFoldersOperationsAreSettledAtOnce() throws Exception {
    maildrop();
    MessageKey key = arrives(drop, 1, "one");
    move(attic, key);

    flag(STAR, key);
    copy(drop, key);
    delete(key);

    assertEquals(Set.of(), shown(attic));
    assertEquals(FLAGGED, row(named(drop, "one")).flags());
    assertEquals(List.of(), queue());
  }

  @Test
  void whatWasSettledAtOnceCannotBeTakenBack() throws Exception {
    maildrop();
    MessageKey key = arrives(drop, 1, "one");
    var ticket = flag(READ, key);

    assertFalse(withdraw(ticket));
    assertEquals(SEEN, row(key).flags());
  }

  @Test
  void whatWasTakenOnceIsNeverTakenTwice() throws Exception {
    maildrop();
    MessageKey deleted = arrives(drop, 1, "deleted");
    MessageKey moved = arrives(drop, 2, "moved");
    delete(deleted);
    move(attic, moved);

    apply(drop, SyncPlan.adding(List.of(mail(1, "deleted", Flags.NONE), mail(2, "moved", Flags.NONE), mail(3, "new", Flags.NONE))));

    assertEquals(Set.of("new"), shown(drop));
    assertEquals(Set.of(id(1), id(2), id(3)), known(drop).keySet());
  }

  @Test
  void whatVanishedFromTheMaildropStaysHere() throws Exception {
    maildrop();
    MessageKey key = arrives(drop, 1, "one");
    heard.clear();

    apply(drop, vanished(1));

    assertTrue(exists(key));
    assertEquals(List.of(), heard);
    assertEquals(Set.of("one"), shown(drop));
    apply(drop, SyncPlan.adding(List.of(mail(1, "one", Flags.NONE))));
    assertEquals(1, rows(drop).size());
  }

  @Test
  void theServerKnowsADeliveredMessageWhereverItWasMoved() throws Exception {
    maildrop();
    MessageKey key = arrives(drop, 1, "one");

    move(attic, key);
    assertEquals(drop + "/1", located(key));
    apply(drop, vanished(1));

    assertEquals("", located(key));
  }

  @Test
  void flagsOfDeliveredMessagesAreOurs() throws Exception {
    maildrop();
    MessageKey key = arrives(drop, 1, "one");
    flag(STAR, key);

    apply(drop, flagged(1, SEEN));

    assertEquals(FLAGGED, row(key).flags());
  }

  @Test
  void deliveredMessagesAreNeverWithoutBodyForTheServer() throws Exception {
    maildrop();
    arrives(drop, 1, "one");

    assertEquals(List.of(), store.read(r -> r.withoutBody(drop, java.time.Instant.EPOCH, 10)));
  }
}
