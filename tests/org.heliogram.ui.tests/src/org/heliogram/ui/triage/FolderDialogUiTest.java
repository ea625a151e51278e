/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Query;
import org.heliogram.ui.Mailbox;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.undoing.MailUndo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.service.prefs.BackingStoreException;

@Tag("ui")
class FolderDialogUiTest {
  private Workplace workplace;
  private Mailbox home;
  private FolderDialog dialog;

  @BeforeEach
  void open() throws Exception {
    workplace = Workplace.open("Work", "Archive", "Plans");
    home = Screen.away(() -> new Mailbox(Screen.services().store(), "Home", "Archive", "Old Plans"));
    Screen.away(() -> {
      workplace.mailbox.live();
      home.live();
      return null;
    });
    Screen.waitFor(() -> directory().targetsFrom(own()).size() == 6, () -> directory().targetsFrom(own()).toString());
  }

  @AfterEach
  void close() throws Exception {
    if (dialog != null) {
      dialog.close();
    }
    Workplace.clear();
  }

  @Test
  void foldersOfTheOwnAccountComeFirstAndThoseOfOthersAreNamed() throws Exception {
    show(List.of());

    assertEquals(List.of("Inbox", "Archive", "Plans", "Inbox \u2013 Home", "Archive \u2013 Home", "Old Plans \u2013 Home"), shown());
  }

  @Test
  void whatWasUsedLastComesBeforeAllOthers() throws Exception {
    Folder last = Screen.away(() -> home.folder("Old Plans"));

    show(List.of(last.key()));

    assertEquals("Old Plans \u2013 Home", shown().get(0));
  }

  @Test
  void aFolderOfAnotherAccountIsFoundByBothNamesAndChosen() throws Exception {
    show(List.of());
    Screen.one(dialog.getShell(), Text.class, any -> true).setText("home plan");
    Screen.waitFor(() -> shown().equals(List.of("Old Plans \u2013 Home")), () -> shown().toString());

    Screen.one(dialog.getShell(), Button.class, button -> button == dialog.getOkButton()).notifyListeners(SWT.Selection, new Event());

    assertEquals("Old Plans", dialog.folder().path().name());
  }

  @Test
  void messagesForAnotherAccountAreTransferredAndTakenBackWhileTheyWait() throws Exception {
    Folder to = Screen.away(() -> home.folder("Archive"));
    MessageKey message = Screen.away(() -> workplace.mailbox.receives(workplace.mailbox.inbox(), "one", Flags.NONE));
    FolderKey inbox = Screen.away(() -> workplace.mailbox.inbox());
    var selection = new MessageSelection(own(), inbox, MessageKeys.wrap(new long[] {message.value()}), List.of());

    new Triage(Screen.services().mail(), directory()).put(selection, to, true);

    assertEquals(List.of(), list(inbox));
    assertEquals(1, list(to.key()).size());
    var queued = Screen.away(() -> Screen.services().store().read(store -> store.queue(home.account.id())));
    assertTrue(queued.get(0).operation() instanceof Operation.Transfer transfer && transfer.removing(), queued::toString);
    var history = PlatformUI.getWorkbench().getOperationSupport().getOperationHistory();
    assertEquals("Move to Archive of Home", history.getUndoOperation(MailUndo.CONTEXT).getLabel());
    history.undo(MailUndo.CONTEXT, null, null);
    assertEquals(List.of(message), list(inbox));
    assertEquals(List.of(), list(to.key()));
  }

  @Test
  void theLastFiveFoldersAreRemembered() throws BackingStoreException {
    var node = InstanceScope.INSTANCE.getNode("org.heliogram.ui.tests.recent");
    try {
      for (long key = 1; key <= 6; key++) {
        new RecentFolders(node).used(new FolderKey(key));
      }
      new RecentFolders(node).used(new FolderKey(4));

      assertEquals(List.of(4L, 6L, 5L, 3L, 2L), new RecentFolders(node).keys().stream().map(FolderKey::value).toList());
    } finally {
      node.removeNode();
    }
  }

  private List<MessageKey> list(FolderKey folder) throws Exception {
    return Screen.away(() -> List.copyOf(Screen.services().store().read(store -> store.list(Query.newestFirst(folder)))));
  }

  private void show(List<FolderKey> recent) {
    dialog = new FolderDialog(PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell(), "Move", directory(), own(), directory().targetsFrom(own()),
        recent);
    dialog.setBlockOnOpen(false);
    dialog.open();
    Screen.waitFor(() -> shown().size() == 6, () -> shown().toString());
  }

  private List<String> shown() {
    return Arrays.stream(Screen.one(dialog.getShell(), Table.class, any -> true).getItems()).map(TableItem::getText).toList();
  }

  private AccountId own() {
    return workplace.mailbox.account.id();
  }

  private static FolderDirectory directory() {
    return PlatformUI.getWorkbench().getService(FolderDirectory.class);
  }
}
