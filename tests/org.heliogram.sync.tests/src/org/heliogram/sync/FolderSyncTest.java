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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.testing.FaultyStore;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer.Interference;
import org.heliogram.testing.ModelServer.Kind;
import org.heliogram.testing.ModelServer.Moment;
import org.heliogram.testing.ModelServer;
import org.junit.jupiter.api.Test;

class FolderSyncTest {
  private static final Interference FAIR = (call, moment) -> {};

  private static Interference breakAt(String call, Moment moment, int times) {
    var countdown = new AtomicInteger(times);
    return (actual, now) -> {
      if (actual.equals(call) && now == moment && countdown.getAndDecrement() == 0) {
        throw new Unreachable(Unreachable.Reason.BROKEN, "cut", null);
      }
    };
  }

  @Test
  void aFolderIsReadNewestFirst() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    var order = new ArrayList<String>();
    lab.store.subscribe(change -> order.add(change.toString()));
    for (int i = 0; i < 250; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }

    FolderSync.Result result = lab.read("INBOX");

    assertEquals(250, result.added());
    assertEquals(250, lab.folder("INBOX").total());
    assertTrue(order.size() > 1, "one commit");
    assertEquals("m249", lab.rows("INBOX").get(0).subject());
    List<Long> keys = new ArrayList<>(lab.rows("INBOX").stream().map(m -> m.key().value()).toList());
    List<Long> sorted = new ArrayList<>(keys);
    Collections.sort(sorted);
    assertEquals(sorted, keys);
  }

  @Test
  void fiveThousandMessagesGoThroughThePipeline() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    for (int i = 0; i < 5_000; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }

    lab.read("INBOX");

    assertEquals(5_000, lab.folder("INBOX").total());
    assertTrue(lab.store.read(r -> r.cursor(lab.key("INBOX"))).isPresent());
  }

  @Test
  void anInterruptedReadingKeepsWhatItHasAndFetchesOnlyTheRest() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    for (int i = 0; i < 3_000; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.server.interfere(breakAt("fetch", Moment.HALFWAY, 1_500));
    assertThrows(Unreachable.class, () -> lab.read("INBOX"));
    assertEquals(1_500, lab.folder("INBOX").total());
    assertFalse(lab.store.read(r -> r.cursor(lab.key("INBOX"))).orElseThrow().whole());
    MessageKey newest = lab.message("INBOX", "m2999");
    var fetched = new AtomicInteger();
    lab.server.interfere((call, moment) -> fetched.addAndGet(call.equals("fetch") && moment == Moment.HALFWAY ? 1 : 0));

    lab.read("INBOX");

    assertEquals(1_500, fetched.get());
    assertTrue(lab.store.read(r -> r.cursor(lab.key("INBOX"))).orElseThrow().whole());
    assertEquals(3_000, lab.folder("INBOX").total());
    assertEquals(newest, lab.message("INBOX", "m2999"));
  }

  @Test
  void aFailingStoreEndsTheReading() throws Exception {
    var store = new FaultyStore(new InMemoryMailStore());
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED, store, BodyPolicy.DEFAULT);
    for (int i = 0; i < 3_000; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    store.failAfter(2, FaultyStore.Fault.FAILS);

    assertThrows(StoreException.class, () -> lab.read("INBOX"));
    lab.read("INBOX");

    assertEquals(3_000, lab.folder("INBOX").total());
  }

  private static Laboratory large(FaultyStore store) throws Exception {
    var lab = new Laboratory(Kind.MOVE_UIDPLUS, Keeping.MIRRORED, store, BodyPolicy.DEFAULT);
    lab.server.deltas(ModelServer.Deltas.EXACT);
    lab.connection.close();
    for (int i = 0; i < 1_800; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.read("INBOX");
    return lab;
  }

  @Test
  void trap07TheCursorIsSetWithTheLastChangeItCovers() throws Exception {
    for (int writes = 0; writes < 4; writes++) {
      var store = new FaultyStore(new InMemoryMailStore());
      var lab = large(store);
      for (long uid : lab.server.uids("INBOX")) {
        lab.server.change("INBOX", uid, FlagChange.set(Flag.FLAGGED));
      }
      store.failAfter(writes, FaultyStore.Fault.FAILS);

      assertThrows(StoreException.class, () -> lab.read("INBOX"));
      lab.read("INBOX");

      Map<RemoteId, Flags> known = lab.store.read(r -> r.known(lab.key("INBOX"))).messages();
      assertEquals(1_800, known.values().stream().filter(flags -> flags.has(Flag.FLAGGED)).count(), "died before write " + writes);
    }
  }

  @Test
  void trap06WhereTheCountDoesNotAgreeTheFolderIsComparedAsAWhole() throws Exception {
    var lab = large(new FaultyStore(new InMemoryMailStore()));
    MessageKey gone = lab.message("INBOX", "m1799");
    lab.store.<Void>write(w -> {
      w.apply(lab.key("INBOX"), new SyncPlan(false, List.of(RemoteId.of(1), RemoteId.of(1_800)), Map.of(), List.of(), false, Optional.empty()));
      return null;
    });
    assertEquals(1_798, lab.folder("INBOX").total());

    lab.read("INBOX");

    assertEquals(1_800, lab.folder("INBOX").total());
    assertNotEquals(gone, lab.message("INBOX", "m1799"));
  }

  @Test
  void aFolderInWhichNothingHappenedIsReadWithoutItsIds() throws Exception {
    var counted = new AtomicInteger();
    var lab = new Laboratory(Kind.MOVE_UIDPLUS, Keeping.MIRRORED, new InMemoryMailStore(), BodyPolicy.DEFAULT);
    lab.server.deltas(ModelServer.Deltas.EXACT);
    lab.connection.close();
    lab.server.deliver("INBOX", "one");
    lab.read("INBOX");
    lab.store.subscribe(change -> counted.incrementAndGet());

    assertEquals(FolderSync.Result.NOTHING, lab.read("INBOX"));

    assertEquals(0, counted.get());
  }

  @Test
  void aServerThatSuddenlyListsNothingIsAskedAgain() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    for (int i = 0; i < 100; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.read("INBOX");
    lab.server.forgetCalls();
    lab.server.interfere((call, moment) -> lab.server.hideMessages(lab.server.calls().stream().filter("news"::equals).count() == 1));

    lab.read("INBOX");

    assertEquals(100, lab.folder("INBOX").total());
    assertEquals(List.of("news", "open", "news"), lab.server.calls());
  }

  @Test
  void twoListingsAreBelieved() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    for (int i = 0; i < 100; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.read("INBOX");
    lab.server.hideMessages(true);

    FolderSync.Result result = lab.read("INBOX");

    assertEquals(100, result.removed());
    assertEquals(0, lab.folder("INBOX").total());
  }

  @Test
  void aRenumberedFolderKeepsItsKeys() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    lab.server.deliver("INBOX", "two");
    lab.read("INBOX");
    MessageKey two = lab.message("INBOX", "two");

    lab.server.renumber("INBOX");
    lab.read("INBOX");

    assertEquals(two, lab.message("INBOX", "two"));
    assertEquals(2, lab.folder("INBOX").total());
  }

  @Test
  void aFolderRenumberedWhileItIsReadIsReadAgain() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    var once = new AtomicInteger();
    lab.server.interfere((call, moment) -> {
      if (call.equals("fetch") && moment == Moment.BEFORE && once.getAndIncrement() == 0) {
        lab.server.renumber("INBOX");
      }
    });

    lab.read("INBOX");

    assertEquals(Set.of("one"), lab.shown("INBOX"));
  }

  @Test
  void aMessageDeletedBetweenListingAndFetchingIsNoProblem() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    long gone = lab.server.deliver("INBOX", "gone");
    lab.server.deliver("INBOX", "one");
    lab.server.interfere((call, moment) -> {
      if (call.equals("fetch") && moment == Moment.BEFORE) {
        lab.server.expunge("INBOX", gone);
      }
    });

    lab.read("INBOX");

    assertEquals(Set.of("one"), lab.shown("INBOX"));
  }

  @Test
  void nothingIsEverDeletedOnAServerByReading() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    lab.read("INBOX");
    var empty = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.read("Archive");

    assertEquals(0, empty.folder("INBOX").total());
    assertTrue(lab.server.calls().stream().noneMatch(c -> c.startsWith("perform")));
    assertEquals(List.of("one"), lab.server.names("INBOX"));
  }

  @Test
  void aMaildropIsTakenWholeAndOnce() throws Exception {
    var lab = new Laboratory(Kind.PLAIN, Keeping.DELIVERED);
    lab.server.deliver("INBOX", "one");
    lab.read("INBOX");
    MessageKey one = lab.message("INBOX", "one");
    lab.enqueue(new Operation.Delete(lab.id, List.of(one)));
    lab.server.deliver("INBOX", "two");

    FolderSync.Result result = lab.read("INBOX");

    assertEquals(1, result.added());
    assertEquals(Set.of("two"), lab.shown("INBOX"));
    assertEquals(BodyState.WHOLE, lab.rows("INBOX").get(0).body());
    assertEquals(List.of("one", "two"), lab.server.names("INBOX"));
  }

  @Test
  void aMaildropSessionThatBreaksKeepsWhatItHas() throws Exception {
    var lab = new Laboratory(Kind.PLAIN, Keeping.DELIVERED);
    for (int i = 0; i < 50; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.server.interfere(breakAt("fetch", Moment.HALFWAY, 33));
    assertThrows(Unreachable.class, () -> lab.read("INBOX"));
    assertEquals(33, lab.folder("INBOX").total());
    lab.server.interfere(FAIR);

    FolderSync.Result result = lab.read("INBOX");

    assertEquals(17, result.added());
    assertEquals(50, lab.folder("INBOX").total());
  }

  @Test
  void arrivalsAreThoseAfterTheFirstReading() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    assertEquals(Set.of(), lab.read("INBOX").arrived());
    long two = lab.server.deliver("INBOX", "two");

    assertEquals(Set.of(org.heliogram.core.backend.RemoteId.of(two)), lab.read("INBOX").arrived());
    lab.read("Archive");
    lab.server.deliver("Archive", "three");
    assertEquals(Set.of(), lab.read("Archive").arrived());
  }

  @Test
  void bodiesComeAsThePolicySays() throws Exception {
    assertEquals(BodyState.PARTIAL, bodyUnder(BodyPolicy.DEFAULT, Bodies.POLICY));
    assertEquals(BodyState.WHOLE, bodyUnder(BodyPolicy.EVERYTHING, Bodies.POLICY));
    assertEquals(BodyState.NONE, bodyUnder(BodyPolicy.HEADERS, Bodies.POLICY));
    assertEquals(BodyState.WHOLE, bodyUnder(BodyPolicy.HEADERS, Bodies.ALL));
    assertEquals(BodyState.NONE, bodyUnder(BodyPolicy.EVERYTHING, Bodies.NONE));
    assertEquals(BodyState.NONE, bodyUnder(new BodyPolicy(BodyPolicy.Keep.TEXT, 1, 0), Bodies.POLICY));
  }

  /** The model server's mail is of 2026-11-20; seen from years later it is old. */
  private static BodyState bodyUnder(BodyPolicy policy, Bodies bodies) throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED, new InMemoryMailStore(), policy);
    lab.server.deliver("INBOX", "one");
    lab.read("INBOX");
    var clock = java.time.Clock.fixed(java.time.Instant.parse(policy.months() == 1 ? "2030-01-01T00:00:00Z" : "2026-11-23T00:00:00Z"),
        java.time.ZoneOffset.UTC);
    new BodyFetch(lab.store, lab.ports.codec(), lab.connection, Course.ALONE, clock).run(lab.folder("INBOX"), bodies, Laboratory.MONITOR);
    return lab.rows("INBOX").get(0).body();
  }

  @Test
  void aBodyInPartIsCompletedWhenAllAreAskedFor() throws Exception {
    var lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    lab.read("INBOX");
    var fetch = new BodyFetch(lab.store, lab.ports.codec(), lab.connection, Course.ALONE, lab.ports.clock());
    fetch.run(lab.folder("INBOX"), Bodies.POLICY, Laboratory.MONITOR);

    assertEquals(1, fetch.run(lab.folder("INBOX"), Bodies.ALL, Laboratory.MONITOR));

    assertEquals(BodyState.WHOLE, lab.rows("INBOX").get(0).body());
  }

  /** The connection breaks at the n-th call, for every n: afterwards all is as if it had not. */
  @Test
  void whereverTheConnectionBreaksNothingIsLostOrDoubled() throws Exception {
    for (Kind kind : Kind.values()) {
      boolean broke = true;
      for (int n = 0; broke; n++) {
        broke = survives(kind, breakingAt(n), null, "break " + n + " on " + kind);
      }
    }
  }

  /** Seed 461931 of the chaos test: with its operation done for, nothing kept the row, and nothing read the folder again. */
  @Test
  void aMessageThatWaitsInVainIsGivenUpThoughTheServerSaysThatNothingHappened() throws Exception {
    var lab = new Laboratory(Kind.MOVE_UIDPLUS, Keeping.MIRRORED);
    lab.server.deltas(ModelServer.Deltas.EXACT);
    lab.server.deliver("INBOX", "stays");
    long gone = lab.server.deliver("INBOX", "gone");
    lab.visit().readAll(Bodies.POLICY, Laboratory.MONITOR);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(lab.message("INBOX", "gone")), FlagChange.set(Flag.FLAGGED)));
    lab.server.expunge("INBOX", gone);
    lab.server.renumber("INBOX");
    lab.send();
    assertEquals(List.of(), lab.store.read(r -> r.queue(lab.id)));

    Visit visit = lab.visit();
    visit.readFolders(Laboratory.MONITOR);
    visit.readAll(Bodies.POLICY, Laboratory.MONITOR);

    assertEquals(Set.of("stays"), lab.shown("INBOX"));
  }

  /** The store fails, or the process dies, at the n-th transaction, for every n. */
  @Test
  void whereverTheStoreFailsNothingIsLostOrDoubled() throws Exception {
    for (Kind kind : Kind.values()) {
      for (FaultyStore.Fault fault : FaultyStore.Fault.values()) {
        boolean broke = true;
        for (int n = 0; broke; n++) {
          int writes = n;
          var store = new FaultyStore(new InMemoryMailStore());
          broke = survives(kind, null, s -> store.failAfter(writes, fault), store, fault + " at write " + n + " on " + kind);
        }
      }
    }
  }

  private static Interference breakingAt(int n) {
    var countdown = new AtomicInteger(n);
    return (call, moment) -> {
      if (countdown.getAndDecrement() == 0) {
        throw new Unreachable(Unreachable.Reason.BROKEN, "cut", null);
      }
    };
  }

  private static boolean survives(Kind kind, Interference faults, java.util.function.Consumer<FaultyStore> arm, String what) throws Exception {
    return survives(kind, faults, arm, new FaultyStore(new InMemoryMailStore()), what);
  }

  /** Reads, changes, moves and deletes with a fault in the middle. @return whether the fault happened */
  private static boolean survives(Kind kind, Interference faults, java.util.function.Consumer<FaultyStore> arm, FaultyStore store, String what)
      throws Exception {
    var lab = new Laboratory(kind, Keeping.MIRRORED, store, BodyPolicy.DEFAULT);
    lab.server.deliver("INBOX", "moved");
    lab.server.deliver("INBOX", "deleted");
    lab.server.deliver("INBOX", "stays");
    lab.visit().readAll(Bodies.POLICY, Laboratory.MONITOR);
    MessageKey moved = lab.message("INBOX", "moved");
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(moved, lab.message("INBOX", "stays")), FlagChange.set(Flag.FLAGGED)));
    lab.enqueue(new Operation.Move(lab.id, List.of(moved), lab.key("Archive")));
    lab.enqueue(new Operation.Delete(lab.id, List.of(lab.message("INBOX", "deleted"))));
    lab.server.deliver("INBOX", "late");
    lab.server.interfere(faults == null ? FAIR : faults);
    if (arm != null) {
      arm.accept(store);
    }
    boolean broke = !everything(lab);
    lab.server.interfere(FAIR);
    lab.connection.close();
    var again = store.revived();
    var visit = new Visit(new Ports(again, lab.ports.codec(), lab.ports.credentials(), lab.ports.backends(), lab.ports.clock(), lab.ports.random()),
        lab.connection, Course.ALONE, lab.board);
    visit.sendChanges(Laboratory.MONITOR);
    visit.readAll(Bodies.POLICY, Laboratory.MONITOR);

    List<MessageSummary> inbox = again.read(r -> r.summaries(r.list(Query.newestFirst(r.folders(lab.id).get(0).key()))));
    List<MessageSummary> archive = again.read(r -> r.summaries(r.list(Query.newestFirst(r.folders(lab.id).get(1).key()))));
    assertEquals(List.of("late", "stays"), inbox.stream().map(MessageSummary::subject).toList(), what);
    assertEquals(List.of(moved), archive.stream().map(MessageSummary::key).toList(), what);
    assertTrue(archive.get(0).flags().has(Flag.FLAGGED), what);
    assertTrue(inbox.get(1).flags().has(Flag.FLAGGED), what);
    assertEquals(List.of(), again.read(r -> r.queue(lab.id)), what);
    assertEquals(1, lab.server.mails("Archive").size(), what);
    assertFalse(inbox.stream().anyMatch(MessageSummary::queued), what);
    return broke;
  }

  private static boolean everything(Laboratory lab) throws Exception {
    try {
      Visit visit = lab.visit();
      visit.sendChanges(Laboratory.MONITOR);
      visit.readAll(Bodies.POLICY, Laboratory.MONITOR);
      return true;
    } catch (MailException | StoreException | FaultyStore.Death e) {
      return false;
    }
  }
}
