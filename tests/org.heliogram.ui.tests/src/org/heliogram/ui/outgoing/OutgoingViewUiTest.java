/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Query;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class OutgoingViewUiTest {
  private Workplace workplace;

  @BeforeEach
  void open() throws Exception {
    workplace = Workplace.open("Work", "Archive");
    workplace.store(() -> {
      workplace.mailbox.live();
      return null;
    });
    Workplace.page().showView(MailUi.OUTGOING_VIEW);
  }

  @AfterEach
  void clean() throws Exception {
    Screen.removeAllAccounts();
  }

  @Test
  void whatIsQueuedIsShownUntilItIsTakenBack() throws Exception {
    read("Budget");
    Screen.waitFor(() -> rows().equals(List.of("Mark \u201cBudget\u201d as read in Inbox")), () -> "rows: " + rows());

    select(0);
    run("org.heliogram.ui.outgoing.withdraw");

    Screen.waitFor(() -> rows().isEmpty() && !table().isVisible(), () -> "rows: " + rows());
    assertTrue(workplace.store(() -> Screen.services().store().read(r -> r.queue(workplace.mailbox.account.id()))).isEmpty());
    assertEquals(1, workplace.store(() -> workplace.mailbox.folder("INBOX").unread()));
  }

  @Test
  void theFoldersViewSaysThatChangesWait() throws Exception {
    read("one");
    read("two");

    Screen.waitFor(() -> line().contains("2 changes waiting"), () -> "line: " + line());
  }

  @Test
  void theSelectionStaysWhileTheQueueGrows() throws Exception {
    read("one");
    Screen.waitFor(() -> rows().size() == 1, () -> "rows: " + rows());
    select(0);

    read("two");

    Screen.waitFor(() -> rows().size() == 2, () -> "rows: " + rows());
    assertEquals("Mark \u201cone\u201d as read in Inbox", table().getSelection()[0].getText());
  }

  private void read(String subject) throws Exception {
    workplace.store(() -> {
      MessageKey message = workplace.mailbox.receives(workplace.mailbox.inbox(), subject, Flags.NONE);
      assertTrue(Screen.services().store().read(r -> r.list(Query.newestFirst(workplace.mailbox.inbox()))).contains(message));
      return Screen.services().store().write(w -> w.enqueue(
          new Operation.ChangeFlags(workplace.mailbox.account.id(), List.of(message), FlagChange.set(Flag.SEEN))));
    });
  }

  private Table table() {
    return Screen.one(Workplace.area(MailUi.OUTGOING_VIEW), Table.class, any -> true);
  }

  private List<String> rows() {
    return Arrays.stream(table().getItems()).map(TableItem::getText).toList();
  }

  private String line() {
    return Screen.all(Workplace.area(MailUi.FOLDERS_VIEW), Link.class).stream().filter(Link::isVisible).map(Link::getText).findFirst().orElse("");
  }

  private void select(int row) {
    ((OutgoingView) Workplace.view(MailUi.OUTGOING_VIEW)).select(((OutgoingView) Workplace.view(MailUi.OUTGOING_VIEW)).all().get(row));
  }

  private static void run(String command) throws Exception {
    Workplace.page().activate(Workplace.view(MailUi.OUTGOING_VIEW));
    PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(command, null);
  }
}
