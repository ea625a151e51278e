/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.undoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.DefaultOperationHistory;
import org.eclipse.core.runtime.IStatus;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.Test;

class MailUndoTest {
  private static final List<MessageKey> MESSAGES = List.of(new MessageKey(7));
  private static final Operation READ = new Operation.ChangeFlags(new AccountId("a"), MESSAGES, FlagChange.set(Flag.SEEN));
  private static final Operation UNREAD = new Operation.ChangeFlags(new AccountId("a"), MESSAGES, FlagChange.clear(Flag.SEEN));
  private final DefaultOperationHistory history = new DefaultOperationHistory();
  private final List<Operation> performed = new ArrayList<>();
  private boolean stillQueued;
  private boolean storeFails;
  private Ticket ticket = new Ticket(List.of(1L));

  @Test
  void whatIsStillQueuedIsWithdrawn() throws ExecutionException {
    stillQueued = true;
    new MailUndo(service(), "Mark Read", READ, Optional.of(UNREAD)).perform(history, null);

    IStatus status = history.undo(MailUndo.CONTEXT, null, null);

    assertTrue(status.isOK());
    assertEquals(List.of(READ), performed);
  }

  @Test
  void whatTheServerHasSeenIsAnsweredByTheOpposite() throws ExecutionException {
    new MailUndo(service(), "Mark Read", READ, Optional.of(UNREAD)).perform(history, null);

    history.undo(MailUndo.CONTEXT, null, null);

    assertEquals(List.of(READ, UNREAD), performed);
  }

  @Test
  void whatWasSettledAtOnceIsAnsweredByTheOpposite() throws ExecutionException {
    ticket = new Ticket(List.of());
    stillQueued = true;
    new MailUndo(service(), "Mark Read", READ, Optional.of(UNREAD)).perform(history, null);

    history.undo(MailUndo.CONTEXT, null, null);

    assertEquals(List.of(READ, UNREAD), performed);
  }

  @Test
  void withoutAnOppositeUndoSaysThatItIsTooLate() throws ExecutionException {
    new MailUndo(service(), "Delete for Good", READ, Optional.empty()).perform(history, null);

    IStatus status = history.undo(MailUndo.CONTEXT, null, null);

    assertEquals(IStatus.ERROR, status.getSeverity());
    assertTrue(status.getMessage().contains("Delete for Good"), status.getMessage());
  }

  @Test
  void whatTheStoreRefusesIsNotRememberedForUndo() {
    storeFails = true;
    var undo = new MailUndo(service(), "Mark Read", READ, Optional.of(UNREAD));

    assertThrows(ExecutionException.class, () -> undo.perform(history, null));

    assertFalse(history.canUndo(MailUndo.CONTEXT));
  }

  private MailService service() {
    return (MailService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MailService.class}, (proxy, method, arguments) ->
        switch (method.getName()) {
          case "perform" -> perform((Operation) arguments[0]);
          case "undo" -> stillQueued;
          default -> throw new AssertionError(method.getName());
        });
  }

  private Ticket perform(Operation operation) throws StoreException {
    if (storeFails) {
      throw new StoreException("disk full", null);
    }
    performed.add(operation);
    return ticket;
  }
}
