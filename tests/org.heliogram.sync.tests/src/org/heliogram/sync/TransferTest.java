/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer.Interference;
import org.heliogram.testing.ModelServer.Kind;
import org.heliogram.testing.ModelServer.Mail;
import org.heliogram.testing.ModelServer.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages go from one account to another, whatever becomes of connections and answers. */
class TransferTest {
  private static final Interference FAIR = (call, moment) -> { };
  private static final Flags FLAGS = Flags.parse(List.of("\\Seen", "holiday"));

  /** Two accounts. */
  private static final class Two {
    final Laboratory from;
    final Laboratory to;

    Two(Kind source, Kind target) throws Exception {
      this(source, target, Keeping.MIRRORED);
    }

    Two(Kind source, Kind target, Keeping keeping) throws Exception {
      var store = new InMemoryMailStore();
      from = new Laboratory(source, keeping, store, BodyPolicy.HEADERS);
      to = new Laboratory(target, Keeping.MIRRORED, store, BodyPolicy.HEADERS);
      for (int i = 0; i < 7; i++) {
        from.server.deliver("INBOX", "m" + i, i % 2 == 0 ? FLAGS : Flags.NONE);
      }
      from.read("INBOX");
      to.read("Archive");
    }

    Ticket transfer(boolean removing, String... names) throws StoreException {
      List<MessageKey> keys = from.rows("INBOX").stream().filter(row -> names.length == 0 || List.of(names).contains(row.subject())).map(row -> row.key()).toList();
      return to.enqueue(new Operation.Transfer(to.id, keys, to.key("Archive"), removing));
    }

    /** What a worker does for both, as long as there is anything to do. */
    void settle() throws Exception {
      for (int i = 0; i < 4; i++) {
        from.visit().supply(Laboratory.MONITOR);
        to.send();
        from.send();
      }
    }

    List<Queued> queue() throws StoreException {
      return to.store.read(r -> Stream.concat(r.queue(to.id).stream(), r.queue(from.id).stream()).toList());
    }

    void requireDone(int here, int there) throws Exception {
      assertEquals(List.of(), queue());
      to.read("Archive");
      from.read("INBOX");
      assertEquals(there, alive(to, "Archive").size(), () -> "on the server: " + alive(to, "Archive"));
      assertEquals(there, to.rows("Archive").size());
      assertEquals(here, alive(from, "INBOX").size());
      assertEquals(here, from.rows("INBOX").stream().filter(row -> !row.flags().has(Flag.DELETED)).count());
      assertEquals(List.of(), to.store.check(Laboratory.MONITOR));
    }
  }

  private static List<String> alive(Laboratory lab, String folder) {
    return lab.server.mails(folder).values().stream().filter(m -> !m.flags().has(Flag.DELETED)).map(Mail::name).toList();
  }

  private static Stream<Arguments> pairs() {
    return Arrays.stream(Kind.values()).flatMap(one -> Arrays.stream(Kind.values()).map(other -> Arguments.of(one, other)));
  }

  private static Interference once(int after, Moment moment, MailException failure) {
    var countdown = new AtomicInteger(after);
    return (call, now) -> {
      if (call.equals("append") && now == moment && countdown.getAndDecrement() == 0) {
        throw failure;
      }
    };
  }

  private static MailException cut() {
    return new Unreachable(Unreachable.Reason.BROKEN, "cut", null);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void trap43AMoveIntoAnotherAccountTakesEveryByteFlagAndTimeAndThenTheSource(Kind source, Kind target) throws Exception {
    var two = new Two(source, target);
    List<Mail> before = new ArrayList<>(two.from.server.mails("INBOX").values());
    List<MessageKey> copies = two.transfer(true).copies();

    two.settle();

    two.requireDone(0, 7);
    List<Mail> after = new ArrayList<>(two.to.server.mails("Archive").values());
    Collections.sort(after, (a, b) -> a.name().compareTo(b.name()));
    for (int i = 0; i < 7; i++) {
      assertArrayEquals(before.get(i).content(), after.get(i).content());
      assertEquals(before.get(i).flags(), after.get(i).flags());
      assertEquals(before.get(i).received(), after.get(i).received());
    }
    assertTrue(copies.containsAll(two.to.rows("Archive").stream().map(row -> row.key()).toList()), "keys of the copies last");
  }

  @ParameterizedTest
  @EnumSource
  void aCopyLeavesTheSourceWhereItIs(Kind target) throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, target);
    two.transfer(false, "m1", "m2");

    two.settle();

    two.requireDone(7, 2);
  }

  @ParameterizedTest
  @EnumSource
  void fromAMaildropItIsTheSame(Kind target) throws Exception {
    var two = new Two(Kind.UIDPLUS, target, Keeping.DELIVERED);
    two.transfer(true);

    two.settle();

    assertEquals(List.of(), two.queue());
    assertEquals(7, alive(two.to, "Archive").size());
    assertEquals(List.of(), two.from.rows("INBOX"));
  }

  @Test
  void trap43TheSourceStaysUntilTheServerSaidThatItHasTheMessage() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.MOVE_UIDPLUS);
    two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);

    two.to.server.interfere(once(0, Moment.BEFORE, cut()));
    assertThrows(Unreachable.class, two.to::send);

    assertEquals(List.of(), two.to.store.read(r -> r.queue(two.from.id)));
    two.from.send();
    assertEquals(7, alive(two.from, "INBOX").size());
    assertTrue(two.to.store.read(r -> r.queue(two.to.id)).get(0).attempted());
  }

  @ParameterizedTest
  @EnumSource
  void trap44WhatMayHaveArrivedIsLookedForBeforeItIsSentAgain(Kind target) throws Exception {
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      for (int after = 0; after < 4; after++) {
        var two = new Two(Kind.MOVE_UIDPLUS, target);
        two.transfer(true);
        two.from.visit().supply(Laboratory.MONITOR);
        two.to.server.interfere(once(after, moment, cut()));
        try {
          two.to.send();
        } catch (Unreachable e) {
          assertEquals("cut", e.getMessage());
        }
        two.to.server.interfere(FAIR);

        two.settle();

        two.requireDone(0, 7);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "UIDPLUS"})
  void whatTheServerHasIsNotSentAgainWhenTheConnectionBreaksInTheMiddle(Kind target) throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, target);
    two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);
    two.to.server.interfere(once(4, Moment.BEFORE, cut()));
    assertThrows(Unreachable.class, two.to::send);
    two.to.server.interfere(FAIR);
    int there = alive(two.to, "Archive").size();
    two.to.server.forgetCalls();

    two.settle();

    two.requireDone(0, 7);
    assertEquals(4, there);
    assertEquals(3, Collections.frequency(two.to.server.calls(), "append"));
  }

  @ParameterizedTest
  @EnumSource
  void trap44AServerThatListsLateGetsNothingTwice(Kind target) throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, target);
    two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);
    two.to.server.listLate("Archive", true);
    two.to.server.interfere(once(1, Moment.AFTER, cut()));
    assertThrows(Unreachable.class, two.to::send);
    two.to.server.interfere(FAIR);

    two.to.send();

    two.from.send();
    assertEquals(Optional.of(TransferErrand.LOOKED_FOR), two.to.store.read(r -> r.queue(two.to.id)).get(0).waiting());
    assertTrue(alive(two.from, "INBOX").size() >= 1, "the source went without proof");
    two.to.server.listLate("Archive", false);
    two.settle();
    two.requireDone(0, 7);
  }

  @Test
  void whatTheServerWillNotHaveIsBackWhereItWasAndTheOthersGo() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.UIDPLUS);
    two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);
    two.to.server.interfere(once(2, Moment.BEFORE, new MailException.Refused("NO", "too large", null)));
    var told = new ArrayList<String>();
    two.to.board.observe(event -> told.add(event.getClass().getSimpleName()));

    two.settle();

    two.requireDone(1, 6);
    assertEquals(List.of("OperationRefused"), told);
  }

  @Test
  void aFolderThatTakesNothingIsNotTriedForEveryMessage() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.UIDPLUS);
    two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);
    two.to.server.interfere((call, moment) -> {
      if (call.equals("append")) {
        throw new MailException.Refused("NO", "full", null);
      }
    });
    two.to.server.forgetCalls();

    two.settle();

    two.requireDone(7, 0);
    assertTrue(Collections.frequency(two.to.server.calls(), "append") <= 3, () -> two.to.server.calls().toString());
  }

  @Test
  void whatWaitsForContentHoldsNobodyUpAndSaysForWhom() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.MOVE_UIDPLUS);
    two.to.server.deliver("INBOX", "own");
    two.to.read("INBOX");
    MessageKey copy = two.transfer(true, "m1").copies().get(0);
    two.to.enqueue(new Operation.ChangeFlags(two.to.id, List.of(copy), FlagChange.set(Flag.FLAGGED)));
    two.to.enqueue(new Operation.ChangeFlags(two.to.id, List.of(two.to.message("INBOX", "own")), FlagChange.set(Flag.FLAGGED)));

    two.to.send();

    List<Queued> left = two.to.store.read(r -> r.queue(two.to.id));
    assertEquals(2, left.size());
    assertEquals(Optional.of("content is still to be fetched from Lab " + two.from.id), left.get(0).waiting());
    assertTrue(two.to.server.mails("INBOX").values().iterator().next().flags().has(Flag.FLAGGED));

    two.settle();
    two.requireDone(6, 1);
    assertTrue(two.to.server.mails("Archive").values().iterator().next().flags().has(Flag.FLAGGED));
  }

  @Test
  void whatHappensToACopyThatIsLookedForWaitsWithIt() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.UIDPLUS);
    MessageKey copy = two.transfer(true, "m1").copies().get(0);
    two.from.visit().supply(Laboratory.MONITOR);
    two.to.enqueue(new Operation.ChangeFlags(two.to.id, List.of(copy), FlagChange.set(Flag.FLAGGED)));
    two.to.enqueue(new Operation.Move(two.to.id, List.of(copy), two.to.key("INBOX")));
    two.to.server.interfere(once(0, Moment.BEFORE, cut()));
    assertThrows(Unreachable.class, two.to::send);
    two.to.server.interfere(FAIR);

    two.to.send();

    assertEquals(3, two.to.store.read(r -> r.queue(two.to.id)).size());
    two.settle();
    two.requireDone(6, 0);
    assertEquals(List.of("m1"), alive(two.to, "INBOX"));
  }

  @Test
  void aSourceThatIsGoneOnItsServerIsWaitedForNoMore() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.MOVE_UIDPLUS);
    two.transfer(true, "m0", "m1");
    two.from.server.expunge("INBOX", 1);

    two.settle();

    two.requireDone(5, 1);
    assertEquals(List.of("m1"), alive(two.to, "Archive"));
  }

  @Test
  void undoneBeforeItIsSentItNeverHappened() throws Exception {
    var two = new Two(Kind.MOVE_UIDPLUS, Kind.MOVE_UIDPLUS);
    Ticket ticket = two.transfer(true);
    two.from.visit().supply(Laboratory.MONITOR);

    boolean undone = two.to.store.write(w -> w.withdraw(ticket));
    assertTrue(undone);
    two.settle();

    two.requireDone(7, 0);
    assertFalse(two.to.server.calls().contains("append"));
  }
}
