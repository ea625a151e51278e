/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.ModelServer.Kind;
import org.heliogram.testing.ModelServer.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders both ways: what is queued for the server, and what other clients did to them. */
class FolderListTest {
  private final Laboratory lab;

  FolderListTest() throws Exception {
    lab = new Laboratory(Kind.MOVE_UIDPLUS, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    lab.server.deliver("Archive", "two");
    lab.server.deliver("Archive", "three");
    lab.visit().readAll(Bodies.ALL, Laboratory.MONITOR);
  }

  private void cutOnce(String call, Moment moment) {
    var done = new AtomicInteger();
    lab.server.interfere((actual, now) -> {
      if (actual.equals(call) && now == moment && done.getAndIncrement() == 0) {
        throw new Unreachable(Unreachable.Reason.BROKEN, "cut", null);
      }
    });
  }

  private BodyState bodyOf(MessageKey key) throws StoreException {
    return lab.store.read(r -> r.body(key)).map(body -> body.state()).orElse(BodyState.NONE);
  }

  @Test
  void aFolderOfTheUsersOwnIsNotMissedWhereNoServerKeepsFolders() throws Exception {
    var drop = new Laboratory(Kind.PLAIN, Keeping.DELIVERED);
    FolderKey made = drop.enqueue(new Operation.CreateFolder(drop.id, FolderPath.of("Projects"))).created().get(0);
    drop.server.forgetCalls();

    drop.visit().readFolders(Laboratory.MONITOR);

    assertEquals(made, drop.key("Projects"));
    assertEquals(List.of("open", "folders"), drop.server.calls());
  }

  @Test
  void whatWasDoneOfflineIsReplayedInOrder() throws Exception {
    MessageKey one = lab.message("INBOX", "one");
    FolderKey made = lab.enqueue(new Operation.CreateFolder(lab.id, FolderPath.of("Draught"))).created().get(0);
    lab.enqueue(new Operation.Move(lab.id, List.of(one), made));
    lab.enqueue(new Operation.RenameFolder(lab.id, made, FolderPath.of("Drafting")));
    FolderKey inner = lab.enqueue(new Operation.CreateFolder(lab.id, FolderPath.of("Drafting", "inner"))).created().get(0);
    lab.enqueue(new Operation.Move(lab.id, List.of(lab.message("Archive", "two")), inner));
    lab.enqueue(new Operation.DeleteFolder(lab.id, lab.key("Archive")));

    lab.send();

    assertEquals(Set.of("INBOX", "Drafting", "Drafting/inner"), Set.copyOf(lab.server.paths()));
    assertEquals(List.of("one"), lab.server.names("Drafting"));
    assertEquals(List.of("two"), lab.server.names("Drafting/inner"));
    assertEquals(Set.of("three"), lab.server.lost());
    assertEquals("Drafting", lab.folder("Drafting").remoteName());
    assertEquals(made, lab.key("Drafting"));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void anOperationWhoseAnswerWasLostIsDoneOnce(Moment moment) throws Exception {
    List<Operation> all = List.of(new Operation.CreateFolder(lab.id, FolderPath.of("New")),
        new Operation.RenameFolder(lab.id, lab.key("Archive"), FolderPath.of("Old")),
        new Operation.Subscribe(lab.id, lab.key("INBOX"), false));
    var refused = new ArrayList<ServiceEvent>();
    lab.board.observe(refused::add);
    for (Operation operation : all) {
      lab.enqueue(operation);
      String call = "perform " + operation.getClass().getSimpleName().replace("Folder", "");
      cutOnce(call, moment);
      if (moment != Moment.HALFWAY) {
        assertThrows(Unreachable.class, lab::send);
      }
      lab.send();
    }

    assertEquals(Set.of("INBOX", "Old", "New"), Set.copyOf(lab.server.paths()));
    assertEquals(List.of("two", "three"), lab.server.names("Old"));
    assertFalse(lab.folder("INBOX").subscribed());
    assertEquals(List.of(), refused);
  }

  @Test
  void aRefusedFolderTakesWhatWasToGoIntoItBackAndSaysWhy() throws Exception {
    var told = new ArrayList<ServiceEvent>();
    lab.board.observe(told::add);
    var create = new Operation.CreateFolder(lab.id, FolderPath.of("New"));
    FolderKey made = lab.enqueue(create).created().get(0);
    lab.enqueue(new Operation.Move(lab.id, List.of(lab.message("INBOX", "one")), made));
    lab.server.interfere((call, moment) -> {
      if (call.equals("perform Create")) {
        throw new MailException.Refused("NO", "over quota", null);
      }
    });

    lab.send();

    assertEquals(Set.of("one"), lab.shown("INBOX"));
    assertEquals(List.of(), lab.store.read(r -> r.queue(lab.id)));
    assertEquals(List.of(new ServiceEvent.OperationRefused(create, "over quota")), told);
  }

  @Test
  void aFolderSomebodyElseMadeMeanwhileIsTheOne() throws Exception {
    FolderKey made = lab.enqueue(new Operation.CreateFolder(lab.id, FolderPath.of("New"))).created().get(0);
    lab.enqueue(new Operation.Move(lab.id, List.of(lab.message("INBOX", "one")), made));
    lab.server.folder("New", FolderRole.NONE, Keeping.MIRRORED);
    lab.visit().readFolders(Laboratory.MONITOR);

    lab.send();

    assertEquals(made, lab.key("New"));
    assertEquals(List.of("one"), lab.server.names("New"));
  }

  @Test
  void trap35ARenameByAnotherClientIsRecognisedByItsMessagesAndKeepsBodiesAndOptions() throws Exception {
    FolderKey archive = lab.key("Archive");
    MessageKey two = lab.message("Archive", "two");
    assertEquals(BodyState.WHOLE, bodyOf(two));
    lab.store.<Void>write(w -> {
      w.options(archive, new FolderOptions(Optional.empty(), true));
      return null;
    });
    lab.server.rename("Archive", "Old");
    lab.server.folder("Empty", FolderRole.NONE, Keeping.MIRRORED);

    lab.visit().readFolders(Laboratory.MONITOR);

    assertEquals(archive, lab.key("Old"));
    assertEquals(two, lab.message("Old", "two"));
    assertEquals(BodyState.WHOLE, bodyOf(two));
    assertTrue(lab.store.read(r -> r.options(archive)).push());
    assertNotEquals(archive, lab.key("Empty"));
  }

  @Test
  void trap35AFolderWithOtherMessagesUnderTheSameIdsIsAnother() throws Exception {
    FolderKey archive = lab.key("Archive");
    lab.server.removeFolder("Archive");
    lab.server.folder("Old", FolderRole.NONE, Keeping.MIRRORED); // with the same UIDVALIDITY, as some servers have it
    lab.server.deliver("Old", "another");
    lab.server.deliver("Old", "yet another");

    lab.visit().readFolders(Laboratory.MONITOR);
    lab.read("Old");

    assertNotEquals(archive, lab.key("Old"));
    assertEquals(Set.of("another", "yet another"), lab.shown("Old"));
  }

  @Test
  void trap35WhatIsRefusedUnderAnOldNameIsDoneUnderTheNewOne() throws Exception {
    MessageKey two = lab.message("Archive", "two");
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(two), FlagChange.set(Flag.FLAGGED)));
    lab.enqueue(new Operation.Move(lab.id, List.of(lab.message("INBOX", "one")), lab.key("Archive")));
    var refused = new ArrayList<ServiceEvent>();
    lab.board.observe(refused::add);
    lab.server.rename("Archive", "Old");

    lab.send();

    assertEquals(List.of(), refused);
    assertEquals(Set.of("one", "two", "three"), Set.copyOf(lab.server.names("Old")));
    assertTrue(lab.server.mails("Old").values().stream().anyMatch(m -> m.name().equals("two") && m.flags().has(Flag.FLAGGED)));
  }

  @Test
  void aFolderThatAnotherClientDeletedIsNotDeletedTwice() throws Exception {
    lab.enqueue(new Operation.DeleteFolder(lab.id, lab.key("Archive")));
    lab.server.removeFolder("Archive");
    var refused = new ArrayList<ServiceEvent>();
    lab.board.observe(refused::add);

    lab.send();

    assertEquals(List.of(), refused);
    assertEquals(List.of(), lab.store.read(r -> r.queue(lab.id)));
  }

  @Test
  void trap34ARoleTheServerDoesNotKeepIsTheUsersChoiceFromThenOn() throws Exception {
    lab.enqueue(new Operation.CreateFolder(lab.id, FolderPath.of("Tonne"), FolderRole.TRASH));

    lab.send();
    lab.visit().readFolders(Laboratory.MONITOR);

    assertEquals(FolderRole.TRASH, lab.folder("Tonne").role());
    assertEquals("Tonne", lab.store.read(r -> r.account(lab.id)).orElseThrow().options().roles().get(FolderRole.TRASH));
  }

  @Test
  void markingAsDeletedIsSeenInBothDirections() throws Exception {
    MessageKey two = lab.message("Archive", "two");
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(two), FlagChange.set(Flag.DELETED)));
    assertTrue(lab.rows("Archive").stream().anyMatch(m -> m.key().equals(two) && m.flags().has(Flag.DELETED)));
    lab.send();
    assertTrue(lab.server.mails("Archive").values().stream().anyMatch(m -> m.name().equals("two") && m.flags().has(Flag.DELETED)));

    long uid = lab.server.mails("Archive").entrySet().stream().filter(e -> e.getValue().name().equals("two")).findFirst().orElseThrow().getKey();
    lab.server.change("Archive", uid, FlagChange.clear(Flag.DELETED));
    lab.read("Archive");

    assertFalse(lab.rows("Archive").stream().anyMatch(m -> m.flags().has(Flag.DELETED)));
  }
}
