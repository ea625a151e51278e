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
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.Test;

/** The user's own folders where no server keeps any: a maildrop with what this machine adds to it. */
abstract class LocalFoldersContract extends FoldersContract {
  private AccountId drop;

  /** An account as a maildrop's backend lists it, once more for each call. */
  private void listed() throws StoreException {
    drop = drop == null ? addAccount("Drop") : drop;
    setFolders(drop, kept("INBOX", FolderRole.INBOX, Keeping.DELIVERED), kept("Sent", FolderRole.SENT, Keeping.LOCAL),
        kept("Archive", FolderRole.ARCHIVE, Keeping.LOCAL));
  }

  private FolderKey create(String path) throws StoreException {
    return create(path, FolderRole.NONE);
  }

  private FolderKey create(String path, FolderRole role) throws StoreException {
    return perform(new Operation.CreateFolder(drop, FolderPath.parse(path), role)).created().get(0);
  }

  private void rename(FolderKey folder, String to) throws StoreException {
    perform(new Operation.RenameFolder(drop, folder, FolderPath.parse(to)));
  }

  private void deleteFolder(FolderKey folder) throws StoreException {
    perform(new Operation.DeleteFolder(drop, folder));
  }

  private Ticket perform(Operation operation) throws StoreException {
    Ticket ticket = enqueue(operation);
    assertEquals(List.of(), store.read(r -> r.queue(drop)));
    assertEquals(List.of(), ticket.sequences());
    return ticket;
  }

  private List<String> own() throws StoreException {
    return store.read(r -> r.folders(drop)).stream().map(f -> f.path().text()).toList();
  }

  private Folder shownAs(FolderKey key) throws StoreException {
    return store.read(r -> r.folder(key)).orElseThrow();
  }

  private MessageKey messageIn(FolderKey folder, String name) throws StoreException {
    MessageKey message = arrives(folder(drop, "INBOX").key(), name.hashCode() & 0xffff, name);
    enqueue(new Operation.Move(drop, List.of(message), folder));
    return message;
  }

  @Test
  void aFolderOfTheUsersOwnIsThereAtOnceAndWaitsForNobody() throws Exception {
    listed();
    heard.clear();

    FolderKey made = create("Projects");

    Folder folder = shownAs(made);
    assertEquals("Projects", folder.path().text());
    assertEquals(Keeping.LOCAL, folder.keeping());
    assertTrue(folder.selectable() && folder.changeable());
    assertFalse(folder.pending());
    assertEquals(List.of(new Change.FoldersChanged(drop)), heard(Change.class));
  }

  @Test
  void theUsersFoldersAndWhatIsInThemOutlastEveryListing() throws Exception {
    listed();
    FolderKey made = create("Archive/2026");
    MessageKey message = messageIn(made, "hello");
    attach(message, "text", BodyState.WHOLE);

    listed();

    assertEquals(List.of("INBOX", "Sent", "Archive", "Archive/2026"), own());
    assertEquals(Set.of("hello"), shown(made));
    listed();
    assertEquals(made, folder(drop, "Archive/2026").key());
  }

  @Test
  void aRenamedFolderTakesItsFoldersWithItForGood() throws Exception {
    listed();
    FolderKey outer = create("A");
    FolderKey inner = create("A/B");
    create("Ab");
    MessageKey message = messageIn(inner, "hello");

    rename(outer, "Archive/Z");
    listed();

    assertEquals(List.of("INBOX", "Sent", "Archive", "Ab", "Archive/Z", "Archive/Z/B"), own());
    assertEquals(List.of("Archive/Z", "Archive/Z/B"), List.of(shownAs(outer).path().text(), shownAs(inner).path().text()));
    assertEquals(Set.of("hello"), shown(inner));
    assertTrue(exists(message));
  }

  @Test
  void aDeletedFolderIsGoneWithItsMessages() throws Exception {
    listed();
    FolderKey made = create("Projects");
    MessageKey message = messageIn(made, "hello");
    heard.clear();

    deleteFolder(made);

    assertEquals(List.of("INBOX", "Sent", "Archive"), own());
    assertFalse(exists(message));
    assertThrows(StoreException.class, () -> store.read(r -> r.remote(made)));
    assertEquals(List.of(new Change.FoldersChanged(drop)), heard(Change.FoldersChanged.class));
    listed();
    assertEquals(List.of("INBOX", "Sent", "Archive"), own());
  }

  @Test
  void aDeletedFolderStaysAsAPlaceForTheFoldersInIt() throws Exception {
    listed();
    FolderKey outer = create("A");
    FolderKey inner = create("A/B");
    MessageKey lost = messageIn(outer, "lost");
    MessageKey kept = messageIn(inner, "kept");

    deleteFolder(outer);

    assertFalse(shownAs(outer).selectable());
    assertFalse(exists(lost));
    assertTrue(exists(kept));
    assertThrows(StoreException.class, () -> enqueue(new Operation.Move(drop, List.of(kept), outer)));
    deleteFolder(inner);
    assertEquals(List.of("INBOX", "Sent", "Archive"), own());
  }

  @Test
  void whatEveryAccountHasIsNeitherRenamedNorDeleted() throws Exception {
    listed();
    FolderKey sent = folder(drop, "Sent").key();
    FolderKey inboxOfDrop = folder(drop, "INBOX").key();

    assertThrows(StoreException.class, () -> rename(sent, "Gesendet"));
    assertThrows(StoreException.class, () -> deleteFolder(sent));
    assertThrows(StoreException.class, () -> rename(inboxOfDrop, "Eingang"));
    assertThrows(StoreException.class, () -> deleteFolder(inboxOfDrop));
    assertFalse(shownAs(sent).changeable() || shownAs(inboxOfDrop).changeable());
    assertEquals(List.of("INBOX", "Sent", "Archive"), own());
  }

  @Test
  void namesAreUniqueAndPlacesExist() throws Exception {
    listed();
    FolderKey made = create("Projects");
    FolderKey inner = create("Projects/A");

    assertThrows(StoreException.class, () -> create("Projects"));
    assertThrows(StoreException.class, () -> create("inbox"));
    assertThrows(StoreException.class, () -> create("Nowhere/B"));
    assertThrows(StoreException.class, () -> rename(made, "Sent"));
    assertThrows(StoreException.class, () -> rename(made, "Projects"));
    assertThrows(StoreException.class, () -> rename(made, "Projects/A/C"));
    assertThrows(StoreException.class, () -> perform(new Operation.Subscribe(drop, inner, false)));
    assertThrows(StoreException.class, () -> perform(new Operation.DeleteFolder(drop, archive)));
    assertThrows(StoreException.class, () -> create("x".repeat(2_001)));
    assertEquals(List.of("INBOX", "Sent", "Archive", "Projects", "Projects/A"), own());
  }

  @Test
  void aNameThatIsFreeAgainMayBeTaken() throws Exception {
    listed();
    FolderKey first = create("Projects");
    rename(first, "Old");

    FolderKey second = create("Projects");

    deleteFolder(first);
    assertEquals(List.of(second), List.of(folder(drop, "Projects").key()));
  }

  @Test
  void messagesGoInAndOutOfTheUsersFolders() throws Exception {
    listed();
    FolderKey made = create("Projects");
    FolderKey inboxOfDrop = folder(drop, "INBOX").key();
    MessageKey message = messageIn(made, "hello");

    enqueue(new Operation.Copy(drop, List.of(message), folder(drop, "Archive").key()));
    enqueue(new Operation.Move(drop, List.of(message), inboxOfDrop));

    assertEquals(Set.of(), shown(made));
    assertEquals(Set.of("hello"), shown(inboxOfDrop));
    assertEquals(Set.of("hello"), shown(folder(drop, "Archive").key()));
  }

  @Test
  void aFolderOfTheUsersOwnCanBeForSomething() throws Exception {
    listed();
    FolderKey junk = create("Spam", FolderRole.JUNK);
    FolderKey second = create("Mehr Spam", FolderRole.JUNK);
    FolderKey chosen = create("Post");
    String name = shownAs(chosen).remoteName();

    write(w -> w.put(w.account(drop).orElseThrow().withOptions(w.account(drop).orElseThrow().options().withRoles(Map.of(FolderRole.SENT, name)))));
    rename(chosen, "Ausgang");
    listed();

    assertEquals(FolderRole.JUNK, shownAs(junk).role());
    assertEquals(FolderRole.NONE, shownAs(second).role());
    assertEquals(FolderRole.SENT, shownAs(chosen).role());
    assertEquals(FolderRole.NONE, folder(drop, "Sent").role());
    deleteFolder(chosen);
    assertEquals(FolderRole.SENT, folder(drop, "Sent").role());
  }

  @Test
  void whatWasDoneHereIsNotUndone() throws Exception {
    listed();
    Ticket ticket = perform(new Operation.CreateFolder(drop, FolderPath.of("Projects")));

    assertFalse(withdraw(ticket));

    assertEquals(List.of("INBOX", "Sent", "Archive", "Projects"), own());
  }

  @Test
  void whatIsOnItsWayToAServerSurvivesTheFolderItCameFrom() throws Exception {
    listed();
    FolderKey made = create("Projects");
    MessageKey message = messageIn(made, "hello");
    attach(message, "text", BodyState.WHOLE);
    enqueue(new Operation.Transfer(account, List.of(message), archive, true));

    enqueue(new Operation.DeleteFolder(drop, made));

    assertEquals(Set.of("hello"), shown(archive));
    assertEquals("text", body(named(archive, "hello")));
    assertEquals(1, queue().size());
  }

  @Test
  void whatWasStillToComeIntoADeletedFolderIsNotLost() throws Exception {
    listed();
    FolderKey made = create("Projects");
    MessageKey message = arrives(archive, 7, "hello");
    enqueue(new Operation.Transfer(drop, List.of(message), made, true));
    assertEquals(Set.of(), shown(archive));

    enqueue(new Operation.DeleteFolder(drop, made));

    assertEquals(Set.of("hello"), shown(archive));
    assertEquals(List.of(), store.read(r -> r.queue(drop)));
  }

  @Test
  void foldersOfAServersAccountStillWaitForIt() throws Exception {
    listed();

    Ticket ticket = enqueue(new Operation.CreateFolder(account, FolderPath.of("Projects")));

    assertEquals(1, ticket.sequences().size());
    RemoteFolder wanted = store.read(r -> r.remote(ticket.created().get(0)));
    assertEquals(Keeping.MIRRORED, wanted.keeping());
    assertEquals(Optional.empty(), wanted.mailboxId());
  }
}
