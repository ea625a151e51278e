/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.ModelServer.Interference;
import org.heliogram.testing.ModelServer.Kind;
import org.heliogram.testing.ModelServer.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueRunnerTest {
  private static final Interference FAIR = (call, moment) -> {};
  private static final FlagChange STAR = FlagChange.set(Flag.FLAGGED);

  private static Laboratory laboratory(Kind kind) throws Exception {
    var lab = new Laboratory(kind, Keeping.MIRRORED);
    lab.server.deliver("INBOX", "one");
    lab.server.deliver("INBOX", "two");
    lab.read("INBOX");
    lab.read("Archive");
    lab.server.forgetCalls();
    return lab;
  }

  private static Interference once(String call, Moment moment, MailException failure) {
    var done = new AtomicInteger();
    return (actual, now) -> {
      if (actual.equals(call) && now == moment && done.getAndIncrement() == 0) {
        throw failure;
      }
    };
  }

  private static MailException cut() {
    return new Unreachable(Unreachable.Reason.BROKEN, "cut", null);
  }

  private static List<Queued> queue(Laboratory lab) throws StoreException {
    return lab.store.read(r -> r.queue(lab.id));
  }

  private static MessageKey moveOne(Laboratory lab) throws StoreException {
    MessageKey key = lab.message("INBOX", "one");
    lab.enqueue(new Operation.Move(lab.id, List.of(key), lab.key("Archive")));
    return key;
  }

  private static List<String> alive(Laboratory lab, String folder) {
    return lab.server.mails(folder).values().stream().filter(m -> !m.flags().has(Flag.DELETED)).map(m -> m.name()).toList();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aMoveArrivesOnce(Kind kind) throws Exception {
    var lab = laboratory(kind);
    MessageKey key = moveOne(lab);

    lab.send();

    assertEquals(List.of("one"), alive(lab, "Archive"));
    assertEquals(List.of("two"), alive(lab, "INBOX"));
    assertEquals(key, lab.message("Archive", "one"));
    assertTrue(lab.store.read(r -> r.locate(List.of(key))).get(0).id().isPresent());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aMoveWhoseAnswerWasLostArrivesOnce(Kind kind) throws Exception {
    for (Moment moment : Moment.values()) {
      var lab = laboratory(kind);
      MessageKey key = moveOne(lab);
      lab.server.interfere(once("perform Move", moment, cut()));
      try {
        lab.send();
      } catch (Unreachable e) {
        assertTrue(queue(lab).get(0).attempted());
        assertEquals(Optional.of("cut"), queue(lab).get(0).waiting());
      }
      lab.send();

      assertEquals(List.of("one"), alive(lab, "Archive"), kind + " " + moment);
      assertEquals(List.of("two"), alive(lab, "INBOX"), kind + " " + moment);
      assertEquals(key, lab.message("Archive", "one"));
      assertEquals(List.of(), queue(lab));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCopyWhoseAnswerWasLostArrivesOnce(Kind kind) throws Exception {
    var lab = laboratory(kind);
    lab.enqueue(new Operation.Copy(lab.id, List.of(lab.message("INBOX", "one")), lab.key("Archive")));
    MessageKey copy = lab.message("Archive", "one");
    lab.server.interfere(once("perform Copy", Moment.AFTER, cut()));
    assertThrows(Unreachable.class, lab::send);

    lab.send();
    lab.read("Archive");

    assertEquals(List.of("one"), lab.server.names("Archive"));
    assertEquals(copy, lab.message("Archive", "one"));
    assertEquals(1, lab.folder("Archive").total());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aMoveIsLookedForInAFolderThatWasRenumbered(Kind kind) throws Exception {
    var lab = laboratory(kind);
    lab.server.deliver("Archive", "old");
    lab.read("Archive");
    MessageKey key = moveOne(lab);
    lab.server.interfere(once("perform Move", kind == Kind.PLAIN || kind == Kind.UIDPLUS ? Moment.HALFWAY : Moment.AFTER, cut()));
    assertThrows(Unreachable.class, lab::send);
    lab.server.renumber("Archive");

    lab.send();
    lab.read("Archive");
    lab.read("INBOX");

    assertEquals(Set.of("old", "one"), Set.copyOf(alive(lab, "Archive")));
    assertEquals(2, alive(lab, "Archive").size());
    assertEquals(List.of("two"), alive(lab, "INBOX"));
    assertEquals(key, lab.message("Archive", "one"));
  }

  @Test
  void staleIdsAreLookedUpAgain() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(lab.message("INBOX", "two")), STAR));
    lab.server.renumber("INBOX");

    lab.send();

    var starred = lab.server.mails("INBOX").values().stream().filter(m -> m.flags().has(Flag.FLAGGED)).map(m -> m.name()).toList();
    assertEquals(List.of("two"), starred);
  }

  @Test
  void whatIsGoneIsNothingToDo() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    MessageKey key = lab.message("INBOX", "one");
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(key), STAR));
    lab.server.renumber("INBOX");
    long uid = lab.server.mails("INBOX").entrySet().stream().filter(e -> e.getValue().name().equals("one")).findFirst().orElseThrow().getKey();
    lab.server.expunge("INBOX", uid);

    lab.send();
    lab.read("INBOX");

    assertEquals(List.of(), queue(lab));
    assertEquals(Set.of("two"), lab.shown("INBOX"));
  }

  @Test
  void aRefusalIsToldAndTakenBack() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    var told = new ArrayList<ServiceEvent>();
    lab.board.observe(told::add);
    MessageKey key = moveOne(lab);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(key), STAR));
    lab.server.interfere(once("perform Move", Moment.BEFORE, new MailException.Refused("NO", "over quota", null)));

    lab.send();

    assertEquals(Set.of("one", "two"), lab.shown("INBOX"));
    assertEquals(1, told.size());
    var refused = (ServiceEvent.OperationRefused) told.get(0);
    assertEquals("over quota", refused.why());
    var starred = lab.server.mails("INBOX").values().stream().filter(m -> m.flags().has(Flag.FLAGGED)).map(m -> m.name()).toList();
    assertEquals(List.of("one"), starred);
  }

  @Test
  void aRefusalOfSomethingAlreadyDoneIsNoRefusal() throws Exception {
    var lab = laboratory(Kind.MOVE);
    var told = new ArrayList<ServiceEvent>();
    lab.board.observe(told::add);
    lab.enqueue(new Operation.Delete(lab.id, List.of(lab.message("INBOX", "one"))));
    lab.server.interfere(once("perform Expunge", Moment.AFTER, cut()));
    assertThrows(Unreachable.class, lab::send);
    lab.server.interfere(once("perform Expunge", Moment.BEFORE, new MailException.Refused("NO", "no such message", null)));

    lab.send();

    assertEquals(List.of(), told);
    assertEquals(Set.of("two"), lab.shown("INBOX"));
  }

  @Test
  void aBusyServerKeepsTheOrder() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    MessageKey key = moveOne(lab);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(key), STAR));
    lab.server.interfere(once("perform Move", Moment.BEFORE, new MailException.Busy(Optional.empty(), "later", null)));
    assertThrows(MailException.Busy.class, lab::send);
    assertEquals(2, queue(lab).size());

    lab.send();

    assertTrue(lab.server.mails("Archive").get(1L).flags().has(Flag.FLAGGED));
    assertEquals(1, lab.server.mails("Archive").size());
  }

  @Test
  void aServerThatAlwaysBreaksTheProtocolIsGivenUp() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    moveOne(lab);
    lab.server.interfere((call, moment) -> {
      if (call.equals("perform Move") && moment == Moment.BEFORE) {
        throw new MailException.Malformed("nonsense", null);
      }
    });
    int failures = 0;
    while (!queue(lab).isEmpty() && failures < 20) {
      try {
        lab.send();
      } catch (MailException.Malformed e) {
        failures++;
      }
    }

    assertEquals(4, failures);
    assertEquals(Set.of("one", "two"), lab.shown("INBOX"));
  }

  @Test
  void anOperationInAFolderHalfReadIsSentAtOnce() throws Exception {
    var lab = new Laboratory(Kind.MOVE_UIDPLUS, Keeping.MIRRORED);
    for (int i = 0; i < 300; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }
    lab.server.interfere((call, moment) -> {
      if (call.equals("fetch") && moment == Moment.HALFWAY && lab.server.calls().stream().filter("fetch"::equals).count() == 2) {
        throw cut();
      }
    });
    assertThrows(Unreachable.class, () -> lab.read("INBOX"));
    lab.server.interfere(FAIR);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(lab.message("INBOX", "m299")), STAR));

    lab.send();

    assertEquals(1, lab.server.mails("INBOX").values().stream().filter(m -> m.flags().has(Flag.FLAGGED) && m.name().equals("m299")).count());
    assertEquals(200, lab.folder("INBOX").total());
    lab.read("INBOX");
    assertEquals(300, lab.folder("INBOX").total());
  }

  @Test
  void aMoveDoneByAnotherClientKeepsTheKey() throws Exception {
    var lab = laboratory(Kind.MOVE_UIDPLUS);
    MessageKey key = moveOne(lab);
    lab.server.move("INBOX", 1, "Archive");
    lab.read("INBOX");
    lab.read("Archive");

    lab.send();

    assertEquals(key, lab.message("Archive", "one"));
    assertEquals(List.of("one"), lab.server.names("Archive"));
    assertFalse(lab.server.calls().contains("perform Move"));
  }

  @Test
  void theFirstOperationIsNotOvertaken() throws Exception {
    var lab = laboratory(Kind.UIDPLUS);
    MessageKey key = moveOne(lab);
    lab.enqueue(new Operation.ChangeFlags(lab.id, List.of(key), STAR));
    lab.enqueue(new Operation.Move(lab.id, List.of(key), lab.key("INBOX")));
    lab.enqueue(new Operation.Delete(lab.id, List.of(key)));

    lab.send();

    assertEquals(List.of("perform Move", "perform Store", "perform Move", "perform Expunge"),
        lab.server.calls().stream().filter(c -> c.startsWith("perform")).toList());
    assertEquals(List.of("two"), lab.server.names("INBOX"));
    assertEquals(List.of(), lab.server.names("Archive"));
  }
}
