/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Flags;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class FoldersViewUiTest {
  @AfterEach
  void clean() throws Exception {
    Screen.removeAllAccounts();
  }

  @Test
  void thePerspectiveHasItsThreeViewsAndNoEditorArea() throws Exception {
    Workplace.reset();

    for (String id : List.of(MailUi.FOLDERS_VIEW, MailUi.MESSAGES_VIEW, MailUi.READING_VIEW)) {
      assertNotNull(Workplace.page().findView(id), id);
    }
    assertFalse(Workplace.page().isEditorAreaVisible());
  }

  @Test
  void everyViewHasAnIconOfItsOwn() throws Exception {
    Workplace.reset();
    var missing = PlatformUI.getWorkbench().getSharedImages().getImage(ISharedImages.IMG_DEF_VIEW);

    for (String id : List.of(MailUi.FOLDERS_VIEW, MailUi.MESSAGES_VIEW, MailUi.READING_VIEW)) {
      assertFalse(Workplace.view(id).getTitleImage() == missing, id);
    }
  }

  @Test
  void specialFoldersComeFirstWithUnreadCountsAndTheInboxIsSelected() throws Exception {
    Workplace workplace = Workplace.open("Work", "lists", "lists/eclipse", "Sent", "Trash");
    workplace.store(() -> {
      workplace.mailbox.receives(workplace.mailbox.inbox(), 3, Flags.NONE);
      return null;
    });

    Screen.waitFor(() -> workplace.item("Inbox") != null && workplace.item("Inbox").getText().endsWith("3"), () -> "no count at the inbox");

    TreeItem account = workplace.tree().getItem(0);
    assertTrue(account.getText().startsWith("Work"), account.getText());
    assertTrue(account.getText().contains(Messages.Protocol_imap), account.getText());
    assertEquals(List.of("Inbox  3", "Sent", "Trash", "lists"), Arrays.stream(account.getItems()).map(TreeItem::getText).toList());
    Screen.waitFor(() -> workplace.tree().getSelectionCount() == 1 && workplace.tree().getSelection()[0].getText().startsWith("Inbox"),
        () -> "the inbox is not selected");
  }

  @Test
  void countsChangeWithoutClosingOrDeselecting() throws Exception {
    Workplace workplace = Workplace.open("Work", "lists", "lists/eclipse", "lists/eclipse/jdt");
    workplace.choose("lists");
    TreeItem lists = workplace.item("lists");
    lists.setExpanded(true);
    var expanded = new Event();
    expanded.item = lists;
    workplace.tree().notifyListeners(SWT.Expand, expanded);

    workplace.store(() -> workplace.mailbox.receives(workplace.mailbox.folder("lists/eclipse").key(), "hello", Flags.NONE));

    Screen.waitFor(() -> workplace.item("lists").getItemCount() == 1 && workplace.item("lists").getItem(0).getText().endsWith("1"),
        () -> "no count below lists");
    assertTrue(workplace.item("lists").getExpanded());
    assertEquals("lists", workplace.tree().getSelection()[0].getText());
  }
}
