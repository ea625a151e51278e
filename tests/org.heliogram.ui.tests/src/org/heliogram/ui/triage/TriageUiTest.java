/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.undoing.MailUndo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class TriageUiTest {
  private static final AccountId ACCOUNT = new AccountId("a");
  private static final FolderKey FOLDER = new FolderKey(1);
  private final List<Operation> performed = new CopyOnWriteArrayList<>();
  private final Triage triage = new Triage(service(), null);

  @AfterEach
  void forget() {
    history().dispose(MailUndo.CONTEXT, true, true, false);
  }

  @Test
  void undoOfMarkingRowsThatWereNotAllLoadedChangesNothingElse() throws Exception {
    var half = new MessageSelection(ACCOUNT, FOLDER, MessageKeys.wrap(new long[] {1, 2}), List.of(row(1, Flags.NONE)));

    triage.flag(half, FlagChange.set(Flag.SEEN), "Mark Read");
    history().undo(MailUndo.CONTEXT, null, null);

    assertEquals(List.of(marking(FlagChange.set(Flag.SEEN), 1, 2)), performed);
  }

  @Test
  void undoOfMarkingLoadedRowsTouchesThoseThatChanged() throws Exception {
    var both = new MessageSelection(ACCOUNT, FOLDER, MessageKeys.wrap(new long[] {1, 2}), List.of(row(1, Flags.NONE), row(2, Flags.of(Flag.SEEN))));

    triage.flag(both, FlagChange.set(Flag.SEEN), "Mark Read");
    history().undo(MailUndo.CONTEXT, null, null);

    assertEquals(List.of(marking(FlagChange.set(Flag.SEEN), 1), marking(FlagChange.clear(Flag.SEEN), 1)), performed);
  }

  @Test
  void aMoveOfVeryManyMessagesIsUndoneInOneStep() throws Exception {
    var many = new MessageSelection(ACCOUNT, FOLDER, MessageKeys.wrap(LongStream.rangeClosed(1, 1_200).toArray()), List.of());
    triage.move(many, new FolderKey(2), "Move to Archive");
    Screen.waitFor(() -> performed.size() == 3, () -> performed.size() + " moves");
    Screen.waitFor(() -> history().canUndo(MailUndo.CONTEXT), () -> "nothing to undo");

    IStatus status = history().undo(MailUndo.CONTEXT, null, null);

    assertTrue(status.isOK(), status.getMessage());
    assertEquals(List.of(200, 500, 500), performed.subList(3, performed.size()).stream().map(back -> ((Operation.OnMessages) back).messages().size()).toList());
    assertTrue(performed.stream().skip(3).allMatch(back -> back instanceof Operation.Move move && move.to().equals(FOLDER)), "not all went back");
    assertFalse(history().canUndo(MailUndo.CONTEXT), "a second step is left");
  }

  private static Operation marking(FlagChange change, long... keys) {
    return new Operation.ChangeFlags(ACCOUNT, List.copyOf(MessageKeys.wrap(keys)), change);
  }

  private static MessageSummary row(long key, Flags flags) {
    var nobody = new Address("", "");
    return new MessageSummary(new MessageKey(key), ACCOUNT, FOLDER, flags, nobody, nobody, "", Instant.EPOCH, Instant.EPOCH, 1, false, "",
        BodyState.NONE, false);
  }

  private static IOperationHistory history() {
    return PlatformUI.getWorkbench().getOperationSupport().getOperationHistory();
  }

  /** A server that has done everything already: nothing can be withdrawn. */
  private MailService service() {
    return (MailService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MailService.class}, (proxy, method, arguments) ->
        switch (method.getName()) {
          case "perform" -> performed.add((Operation) arguments[0]) ? new Ticket(List.of(1L)) : null;
          case "undo" -> false;
          default -> throw new AssertionError(method.getName());
        });
  }
}
