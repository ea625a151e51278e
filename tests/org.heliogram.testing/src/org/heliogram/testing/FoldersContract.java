/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Right;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.Test;

/** What a store makes of operations on folders, and of folders that a server has under another name. */
abstract class FoldersContract extends StoredThingsContract {
  private Ticket create(String path) throws StoreException {
    return enqueue(new Operation.CreateFolder(account, FolderPath.parse(path)));
  }

  private Ticket rename(FolderKey folder, String to) throws StoreException {
    return enqueue(new Operation.RenameFolder(account, folder, FolderPath.parse(to)));
  }

  private Ticket deleteFolder(FolderKey folder) throws StoreException {
    return enqueue(new Operation.DeleteFolder(account, folder));
  }

  private List<String> paths() throws StoreException {
    return store.read(r -> r.folders(account)).stream().map(f -> f.path().text()).toList();
  }

  private Folder folder(FolderKey key) throws StoreException {
    return store.read(r -> r.folder(key)).orElseThrow();
  }

  private static Outcome.Done done(RemoteFolder folder) {
    return new Outcome.Done(Map.of(), Optional.of(folder));
  }

  private static Outcome.Done gone() {
    return new Outcome.Done(Map.of(), Optional.empty());
  }

  private static RemoteFolder withId(String path, String id) {
    return new RemoteFolder(path, FolderPath.parse(path), FolderRole.NONE, Keeping.MIRRORED, true, true, Optional.empty(), Optional.of(id));
  }

  @Test
  void aFolderIsThereBeforeTheServerKnowsIt() throws Exception {
    Ticket ticket = create("Projects");

    Folder made = folder(account, "Projects");
    assertEquals(ticket.created(), List.of(made.key()));
    assertEquals("", made.remoteName());
    assertTrue(made.pending() && made.selectable() && made.subscribed());
    assertFalse(store.read(r -> r.remote(made.key())).selectable());
    assertEquals(made.key(), queue().get(0).source());
    assertEquals(List.of(), queue().get(0).messages());
    assertEquals(List.of(new Change.FoldersChanged(account), new Change.QueueChanged(account)), heard.get(heard.size() - 1).changes());
  }

  @Test
  void aMadeFolderIsWhatTheServerMadeOfIt() throws Exception {
    Ticket ticket = create("Projects");
    FolderKey key = ticket.created().get(0);

    settle(ticket, done(withId("INBOX/Projects", "F7")));

    assertEquals("INBOX/Projects", folder(key).path().text());
    assertEquals("INBOX/Projects", folder(key).remoteName());
    assertFalse(folder(key).pending());
    assertEquals(Optional.of("F7"), store.read(r -> r.remote(key)).mailboxId());
    assertEquals(List.of(), queue());
  }

  @Test
  void messagesMoveIntoAFolderThatIsStillToBeMade() throws Exception {
    MessageKey message = arrives(inbox, 1, "hello");
    FolderKey projects = create("Projects").created().get(0);

    Ticket move = move(projects, message);

    assertEquals(Set.of("hello"), shown(projects));
    assertEquals(Set.of(), shown(inbox));
    assertEquals(List.of(projects, inbox), queue().stream().map(q -> q.source()).toList());
    settle(new Ticket(List.of(queue().get(0).sequence())), done(imap("Projects", FolderRole.NONE)));
    settle(move, done(message, 9));
    assertEquals(Set.of("hello"), shown(projects));
    assertEquals(projects + "/9", located(message));
  }

  @Test
  void whatWasToGoIntoARefusedFolderFallsBack() throws Exception {
    MessageKey moved = arrives(inbox, 1, "moved");
    MessageKey copied = arrives(inbox, 2, "copied");
    Ticket create = create("Projects");
    FolderKey projects = create.created().get(0);
    move(projects, moved);
    copy(projects, copied);
    rename(projects, "Work");
    flag(READ, moved);

    settle(create, new Outcome.Rejected("over quota"));

    assertEquals(Set.of("moved", "copied"), shown(inbox));
    assertEquals(SEEN, row(moved).flags());
    assertEquals(List.of("INBOX", "Archive", "Trash"), paths());
    assertEquals(List.of(List.of(moved)), queue().stream().map(q -> q.messages()).toList());
  }

  @Test
  void undoOfAFolderTakesBackWhatWasToGoIntoIt() throws Exception {
    MessageKey message = arrives(inbox, 1, "hello");
    Ticket create = create("Projects");
    move(create.created().get(0), message);

    assertTrue(withdraw(create));

    assertEquals(Set.of("hello"), shown(inbox));
    assertEquals(List.of(), queue());
    assertEquals(List.of("INBOX", "Archive", "Trash"), paths());
  }

  @Test
  void undoIsRefusedWhereALaterFolderWouldHaveNoPlace() throws Exception {
    Ticket outer = create("Projects");
    Ticket inner = create("Projects/2026");

    assertFalse(withdraw(outer));

    assertEquals(List.of("INBOX", "Archive", "Trash", "Projects", "Projects/2026"), paths());
    assertTrue(withdraw(inner));
    assertTrue(withdraw(outer));
    assertEquals(List.of("INBOX", "Archive", "Trash"), paths());
  }

  @Test
  void whatTheServerMayHaveSeenIsNotWithdrawn() throws Exception {
    Ticket create = create("Projects");
    attempt(create);

    assertFalse(withdraw(create));

    assertEquals(List.of(true), queue().stream().map(q -> q.attempted()).toList());
  }

  @Test
  void aRenamedFolderTakesItsFoldersWithItAndKeepsKeysBodiesAndOptions() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("A", FolderRole.NONE), imap("A/B", FolderRole.NONE), imap("Ab", FolderRole.NONE));
    FolderKey a = folder(account, "A").key();
    FolderKey b = folder(account, "A/B").key();
    MessageKey message = arrives(b, 1, "hello");
    attach(message, "text", BodyState.WHOLE);
    var options = new FolderOptions(Optional.of(BodyPolicy.HEADERS), true);
    write(w -> w.options(b, options));

    Ticket ticket = rename(a, "Z");

    assertEquals(List.of("INBOX", "Ab", "Z", "Z/B"), paths());
    assertEquals("A/B", folder(b).remoteName());
    assertTrue(folder(a).pending());
    settle(ticket, done(imap("Z", FolderRole.NONE)));
    assertEquals(List.of("INBOX", "Ab", "Z", "Z/B"), paths());
    assertEquals("Z/B", folder(b).remoteName());
    assertEquals(List.of("Z", "Z/B"), List.of(folder(a).path().text(), folder(b).path().text()));
    assertEquals("text", body(message));
    assertEquals(options, store.read(r -> r.options(b)));
  }

  @Test
  void aRefusedRenameFallsBack() throws Exception {
    Ticket ticket = rename(archive, "Old");

    settle(ticket, new Outcome.Rejected("no"));

    assertEquals("Archive", folder(archive).path().text());
    assertFalse(folder(archive).pending());
  }

  @Test
  void anOfflineFolderCanBeRenamedAndFilledInOrder() throws Exception {
    MessageKey message = arrives(inbox, 1, "hello");
    Ticket create = create("Draught");
    FolderKey key = create.created().get(0);
    Ticket rename = rename(key, "Drafting");
    Ticket move = move(key, message);

    assertEquals("Drafting", folder(key).path().text());
    settle(create, done(imap("Draught", FolderRole.NONE)));
    assertEquals("Drafting", folder(key).path().text());
    settle(rename, done(imap("Drafting", FolderRole.NONE)));
    settle(move, done(message, 3));

    assertEquals("Drafting", folder(key).remoteName());
    assertEquals(Set.of("hello"), shown(key));
  }

  @Test
  void aDeletedFolderIsHiddenAndItsBodiesGoOnlyWhenTheServerDidIt() throws Exception {
    MessageKey message = arrives(archive, 1, "hello");
    attach(message, "text", BodyState.WHOLE);

    Ticket ticket = deleteFolder(archive);

    assertEquals(List.of("INBOX", "Trash"), paths());
    assertEquals(Optional.empty(), store.read(r -> r.folder(archive)));
    assertEquals("text", body(message));
    settle(ticket, gone());
    assertFalse(exists(message));
    assertThrows(StoreException.class, () -> store.read(r -> r.remote(archive)));
  }

  @Test
  void aRefusedDeletionShowsTheFolderAgain() throws Exception {
    MessageKey message = arrives(archive, 1, "hello");
    Ticket ticket = deleteFolder(archive);

    settle(ticket, new Outcome.Rejected("no"));

    assertEquals(Set.of("hello"), shown(archive));
    assertEquals(List.of("INBOX", "Archive", "Trash"), paths());
    assertTrue(exists(message));
  }

  @Test
  void aMessageThatWasMovedOutBeforeSurvivesTheFolder() throws Exception {
    MessageKey message = arrives(archive, 1, "hello");
    Ticket move = move(inbox, message);
    Ticket delete = deleteFolder(archive);

    settle(move, done(message, 5));
    settle(delete, gone());

    assertEquals(Set.of("hello"), shown(inbox));
  }

  @Test
  void trap33ADeletedFolderWithFoldersInItStaysToBeSeenButNotToBeOpened() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("A", FolderRole.NONE), imap("A/B", FolderRole.NONE));
    FolderKey a = folder(account, "A").key();
    MessageKey message = arrives(a, 1, "hello");

    Ticket ticket = deleteFolder(a);

    assertFalse(folder(a).selectable());
    assertEquals(List.of("INBOX", "A", "A/B"), paths());
    settle(ticket, done(new RemoteFolder("A", FolderPath.of("A"), FolderRole.NONE, Keeping.MIRRORED, false)));
    assertFalse(folder(a).selectable());
    assertFalse(exists(message));
    assertEquals(Optional.empty(), store.read(r -> r.cursor(a)));
  }

  @Test
  void trap33NothingIsMovedOutOfADeletedFolderThatStaysForTheFoldersInIt() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("A", FolderRole.NONE), imap("A/B", FolderRole.NONE));
    FolderKey a = folder(account, "A").key();
    MessageKey message = arrives(a, 1, "hello");
    deleteFolder(a);

    assertEquals(List.of(), move(folder(account, "INBOX").key(), message).sequences());
  }

  @Test
  void nothingGoesIntoOrOutOfAFolderThatIsBeingDeleted() throws Exception {
    MessageKey inside = arrives(archive, 1, "inside");
    MessageKey outside = arrives(inbox, 1, "outside");
    deleteFolder(archive);

    assertThrows(StoreException.class, () -> move(archive, outside));
    assertEquals(List.of(), move(inbox, inside).sequences());
  }

  @Test
  void subscribingIsSeenAtOnceAndSettled() throws Exception {
    Ticket ticket = enqueue(new Operation.Subscribe(account, archive, false));

    assertFalse(folder(archive).subscribed());
    assertTrue(folder(archive).pending());
    assertEquals(List.of(new Change.FolderChanged(account, archive), new Change.QueueChanged(account)), heard.get(heard.size() - 1).changes());
    settle(ticket, done(imap("Archive", FolderRole.ARCHIVE).withSubscribed(false)));
    assertFalse(folder(archive).subscribed());
    assertFalse(folder(archive).pending());
    assertEquals(List.of(), enqueue(new Operation.Subscribe(account, archive, false)).sequences());
  }

  @Test
  void serverNewsDoNotOverwriteAnUnsentRename() throws Exception {
    rename(archive, "Old");

    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE).withSubscribed(false), imap("Trash", FolderRole.TRASH));

    assertEquals("Old", folder(archive).path().text());
    assertFalse(folder(archive).subscribed());
  }

  @Test
  void whatMakesNoSenseIsNotQueued() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("A", FolderRole.NONE), imap("A/B", FolderRole.NONE));
    FolderKey a = folder(account, "A").key();
    FolderKey b = folder(account, "A/B").key();
    FolderKey in = folder(account, "INBOX").key();
    var other = new OtherAccounts();

    assertThrows(StoreException.class, () -> create("A"));
    assertThrows(StoreException.class, () -> create("inbox"));
    assertThrows(StoreException.class, () -> create("Nowhere/C"));
    assertThrows(StoreException.class, () -> rename(in, "Eingang"));
    assertThrows(StoreException.class, () -> deleteFolder(in));
    assertThrows(StoreException.class, () -> rename(a, "A/B/A"));
    assertThrows(StoreException.class, () -> rename(b, "A"));
    assertThrows(StoreException.class, () -> rename(b, "A/B"));
    assertThrows(StoreException.class, () -> deleteFolder(other.folder()));
    assertThrows(StoreException.class, () -> enqueue(new Operation.CreateFolder(addAccount("Empty"), FolderPath.of("New"))));
    assertEquals(List.of(), queue());
    assertEquals(List.of("INBOX", "A", "A/B"), paths());
  }

  /** Accounts that are not ours. */
  private final class OtherAccounts {
    FolderKey folder() throws StoreException {
      var id = addAccount("Other");
      setFolders(id, imap("X", FolderRole.NONE));
      return FoldersContract.this.folder(id, "X").key();
    }
  }

  @Test
  void aFolderSomebodyElseMadeIsTheOneThatWasToBeMade() throws Exception {
    MessageKey message = arrives(inbox, 1, "hello");
    Ticket create = create("Projects");
    FolderKey projects = create.created().get(0);
    move(projects, message);

    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE), imap("Trash", FolderRole.TRASH),
        imap("Projects", FolderRole.NONE));

    assertEquals(projects, folder(account, "Projects").key());
    assertEquals("Projects", folder(projects).remoteName());
    settle(create, new Outcome.Moot());
    assertEquals(Set.of("hello"), shown(projects));
  }

  @Test
  void aFolderThatWasListedUnderAnotherPathBecomesTheOneThatWasMade() throws Exception {
    MessageKey message = arrives(inbox, 1, "hello");
    Ticket create = create("Projects");
    FolderKey projects = create.created().get(0);
    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE), imap("Trash", FolderRole.TRASH),
        imap("INBOX/Projects", FolderRole.NONE));
    FolderKey listed = folder(account, "INBOX/Projects").key();
    MessageKey there = arrives(listed, 7, "there");
    apply(listed, new SyncPlan(false, List.of(), Map.of(), List.of(), true, Optional.of(new SyncCursor("c"))));
    move(listed, message);

    settle(create, done(imap("INBOX/Projects", FolderRole.NONE)));

    assertEquals(Set.of("hello", "there"), shown(projects));
    assertEquals(projects + "/7", located(there));
    assertEquals(Optional.of(new SyncCursor("c")), store.read(r -> r.cursor(projects)));
    assertEquals(projects, ((Operation.Move) queue().get(0).operation()).to());
    assertEquals(List.of("INBOX", "Archive", "Trash", "INBOX/Projects"), paths());
  }

  @Test
  void trap35ARenameByAnotherClientIsRecognisedByMailboxId() throws Exception {
    setFolders(account, imap("INBOX", FolderRole.INBOX), withId("Old", "F1"), withId("Other", "F2"));
    FolderKey old = folder(account, "Old").key();
    FolderKey other = folder(account, "Other").key();
    MessageKey message = arrives(old, 1, "hello");
    attach(message, "text", BodyState.WHOLE);
    write(w -> w.options(old, new FolderOptions(Optional.empty(), true)));

    setFolders(account, imap("INBOX", FolderRole.INBOX), withId("Other", "F1"), withId("Newer", "F2"));

    assertEquals("Other", folder(old).path().text());
    assertEquals("Newer", folder(other).path().text());
    assertEquals("text", body(message));
    assertTrue(store.read(r -> r.options(old)).push());
  }

  @Test
  void trap35ARenameThatTheCallerFoundOutKeepsTheKey() throws Exception {
    MessageKey message = arrives(archive, 1, "hello");

    write(w -> w.folders(account, List.of(imap("INBOX", FolderRole.INBOX), imap("Old", FolderRole.NONE), imap("Trash", FolderRole.TRASH)),
        Map.of(archive, "Old")));

    assertEquals("Old", folder(archive).path().text());
    assertEquals(Set.of("hello"), shown(archive));
    assertTrue(exists(message));
  }

  @Test
  void trap34TheUsersChoiceOfRolesGoesBeforeTheServersAndIsNotLostByARename() throws Exception {
    write(w -> w.put(w.account(account).orElseThrow().withOptions(
        w.account(account).orElseThrow().options().withRoles(Map.of(FolderRole.TRASH, "Archive", FolderRole.SENT, "Nowhere")))));

    assertEquals(FolderRole.TRASH, folder(archive).role());
    assertEquals(FolderRole.NONE, folder(trash).role());
    assertEquals(FolderRole.ARCHIVE, store.read(r -> r.remote(archive)).role());
    settle(rename(archive, "Bin"), done(imap("Bin", FolderRole.NONE)));
    assertEquals(FolderRole.TRASH, folder(archive).role());
    write(w -> w.folders(account, List.of(imap("INBOX", FolderRole.INBOX), imap("Tonne", FolderRole.NONE), imap("Trash", FolderRole.TRASH)),
        Map.of(archive, "Tonne")));
    assertEquals(FolderRole.TRASH, folder(archive).role());
    write(w -> w.put(w.account(account).orElseThrow().withOptions(w.account(account).orElseThrow().options().withRoles(Map.of()))));
    assertEquals(FolderRole.TRASH, folder(trash).role());
  }

  @Test
  void aFolderToBeMadeForARoleHasItUnlessAnotherHas() throws Exception {
    FolderKey sent = enqueue(new Operation.CreateFolder(account, FolderPath.of("Out"), FolderRole.SENT)).created().get(0);
    FolderKey second = enqueue(new Operation.CreateFolder(account, FolderPath.of("Bin"), FolderRole.TRASH)).created().get(0);

    assertEquals(FolderRole.SENT, folder(sent).role());
    assertEquals(FolderRole.NONE, folder(second).role());
  }

  @Test
  void rightsAreKeptWhileTheServerIsNotAskedAgain() throws Exception {
    RemoteFolder readable = imap("Archive", FolderRole.ARCHIVE).withRights(Optional.of(Set.of(Right.READ, Right.ADMINISTER)));
    setFolders(account, imap("INBOX", FolderRole.INBOX), readable, imap("Trash", FolderRole.TRASH));

    setFolders(account, imap("INBOX", FolderRole.INBOX), imap("Archive", FolderRole.ARCHIVE), imap("Trash", FolderRole.TRASH));

    assertEquals(Set.of(Right.READ, Right.ADMINISTER), folder(archive).rights());
    assertTrue(folder(archive).allows(Right.READ) && !folder(archive).allows(Right.INSERT));
    assertEquals(Right.ALL, folder(trash).rights());
    assertEquals(Optional.empty(), store.read(r -> r.remote(trash)).rights());
  }

  @Test
  void optionsAreTold() throws Exception {
    heard.clear();

    write(w -> w.options(archive, new FolderOptions(Optional.of(BodyPolicy.EVERYTHING), false)));

    assertEquals(List.of(new Change.FolderChanged(account, archive)), heard(Change.class));
    assertEquals(new FolderOptions(Optional.of(BodyPolicy.EVERYTHING), false), store.read(r -> r.options(archive)));
    assertEquals(FolderOptions.DEFAULT, store.read(r -> r.options(trash)));
    assertEquals(Map.of(archive, new FolderOptions(Optional.of(BodyPolicy.EVERYTHING), false)), store.read(r -> r.options(account)));
  }

  @Test
  void aFolderThatIsGoneTakesWhatWasQueuedForItOutOfTheQueue() throws Exception {
    rename(archive, "Old");
    deleteFolder(trash);
    MessageKey message = arrives(inbox, 1, "hello");
    move(archive, message);

    setFolders(account, imap("INBOX", FolderRole.INBOX));

    assertEquals(List.of(), queue());
    assertEquals(Set.of("hello"), shown(inbox));
  }
}
