/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.Activity;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.ui.Mailbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutgoingReadingTest {
  private final InMemoryMailStore store = new InMemoryMailStore();
  private Mailbox mailbox;

  @BeforeEach
  void fill() throws StoreException {
    mailbox = new Mailbox(store, "Work", "Archive", "lists", "lists/eclipse");
    mailbox.live();
  }

  @Test
  void oneMessageIsToldByItsSubject() throws StoreException {
    MessageKey message = mailbox.receives(mailbox.inbox(), "Budget", Flags.NONE);
    read(message);

    OutgoingRow row = rows().get(0);

    assertEquals("Mark \u201cBudget\u201d as read in Inbox", row.what());
    assertEquals(mailbox.account, row.account());
    assertEquals(List.of(message), row.messages());
  }

  @Test
  void aMoveTellsFromWhereAndWhereTo() throws StoreException {
    mailbox.receives(mailbox.folder("lists/eclipse").key(), 3, Flags.NONE);
    perform(new Operation.Move(mailbox.account.id(), all("lists/eclipse"), mailbox.folder("Archive").key()));

    assertEquals(List.of("Move 3 messages from lists \u203a eclipse to Archive"), what());
  }

  @Test
  void whatGoesToAnotherAccountNamesBothAndSaysThatContentIsMissing() throws StoreException {
    var home = new Mailbox(store, "Home", "Archive");
    home.live();
    mailbox.receives(mailbox.inbox(), 3, Flags.NONE);
    perform(new Operation.Transfer(home.account.id(), all("INBOX"), home.folder("Archive").key(), true));

    var row = (OutgoingRow.Waiting) rows().get(0);

    assertEquals("Move 3 messages from Inbox of Work to Archive of Home", row.what());
    assertEquals(home.account, row.account());
    var idle = new Activity(home.account.id(), Activity.Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(Messages.State_content.replace("{0}", "3"), OutgoingWords.state(row, idle));
  }

  @Test
  void oneMessageOnItsWayToAnotherAccountIsToldByItsSubject() throws StoreException {
    var home = new Mailbox(store, "Home", "Archive");
    home.live();
    MessageKey message = mailbox.receives(mailbox.inbox(), "Budget", Flags.NONE);
    Ticket ticket = perform(new Operation.Transfer(home.account.id(), List.of(message), home.folder("Archive").key(), true));

    OutgoingRow row = rows().get(0);

    assertEquals("Move \u201cBudget\u201d from Inbox of Work to Archive of Home", row.what());
    assertEquals(ticket.copies(), row.messages());
  }

  @Test
  void whatCanBeDoneComesBeforeWhatStillLacksContent() throws StoreException {
    var home = new Mailbox(store, "Home", "Archive");
    home.live();
    mailbox.receives(mailbox.inbox(), 1, Flags.NONE);
    perform(new Operation.Transfer(home.account.id(), all("INBOX"), home.folder("Archive").key(), false));
    perform(new Operation.ChangeFlags(home.account.id(), List.of(home.receives(home.inbox(), "here", Flags.NONE)), FlagChange.set(Flag.SEEN)));

    List<Boolean> next = rows().stream().map(OutgoingRow.Waiting.class::cast).map(OutgoingRow.Waiting::first).toList();

    assertEquals(List.of(false, true), next);
  }

  @Test
  void aChangeOfVeryManyMessagesIsOneRow() throws StoreException {
    mailbox.receives(mailbox.inbox(), 1_200, Flags.NONE);
    read(all("INBOX").toArray(MessageKey[]::new));

    List<OutgoingRow> rows = rows();

    assertEquals(List.of("Mark 1,200 messages as read in Inbox"), rows.stream().map(OutgoingRow::what).toList());
    assertEquals(3, ((OutgoingRow.Waiting) rows.get(0)).entries().size());
  }

  @Test
  void changesMadeOneAfterTheOtherStayApart() throws StoreException {
    read(mailbox.receives(mailbox.inbox(), "one", Flags.NONE));
    read(mailbox.receives(mailbox.inbox(), "two", Flags.NONE));

    List<OutgoingRow> rows = rows();

    assertEquals(2, rows.size());
    assertTrue(((OutgoingRow.Waiting) rows.get(0)).first());
    assertFalse(((OutgoingRow.Waiting) rows.get(1)).first());
  }

  @Test
  void whatTheServerMayHaveSeenCannotBeTakenBack() throws StoreException {
    Ticket ticket = read(mailbox.receives(mailbox.inbox(), "one", Flags.NONE));
    assertTrue(((OutgoingRow.Waiting) rows().get(0)).withdrawable());

    store.<Void>write(writer -> {
      writer.attempt(ticket.sequences().get(0));
      writer.settle(ticket.sequences().get(0), new Outcome.Postponed("connection broken"));
      return null;
    });

    OutgoingRow.Waiting row = (OutgoingRow.Waiting) rows().get(0);
    assertFalse(row.withdrawable());
    assertEquals(1, row.attempts());
  }

  @Test
  void refusalsComeFirst() throws StoreException {
    MessageKey message = mailbox.receives(mailbox.inbox(), "Budget", Flags.NONE);
    read(message);
    var move = new Operation.Move(mailbox.account.id(), List.of(message), mailbox.folder("Archive").key());

    List<OutgoingRow> rows = store.read(reader -> OutgoingReading.rows(reader, List.of(new Refusals.Refusal(1, move, "no room", Instant.EPOCH))));

    assertEquals("Move \u201cBudget\u201d from Inbox to Archive", rows.get(0).what());
    assertTrue(rows.get(0) instanceof OutgoingRow.Refused, "the refusal comes first");
    assertEquals(2, rows.size());
  }

  private Ticket read(MessageKey... messages) throws StoreException {
    return perform(new Operation.ChangeFlags(mailbox.account.id(), List.of(messages), FlagChange.set(Flag.SEEN)));
  }

  private Ticket perform(Operation operation) throws StoreException {
    return store.write(writer -> writer.enqueue(operation));
  }

  private List<MessageKey> all(String folder) throws StoreException {
    return List.copyOf(store.read(reader -> reader.list(Query.newestFirst(mailbox.folder(folder).key()))));
  }

  private List<OutgoingRow> rows() throws StoreException {
    return store.read(reader -> OutgoingReading.rows(reader, List.of()));
  }

  private List<String> what() throws StoreException {
    return rows().stream().map(OutgoingRow::what).toList();
  }
}
