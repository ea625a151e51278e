/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.undoing.MailUndo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class FilingUiTest {
  private Workplace workplace;
  private Filing filing;

  @BeforeEach
  void open() throws Exception {
    workplace = Workplace.open("Work", "Projects", "Projects/Alpha");
    workplace.store(() -> {
      workplace.mailbox.live();
      return null;
    });
    filing = new Filing(PlatformUI.getWorkbench());
    Screen.waitFor(() -> known("Projects/Alpha").isPresent(), () -> "the folders are not known");
  }

  @AfterEach
  void clean() throws Exception {
    history().dispose(MailUndo.CONTEXT, true, true, false);
    Screen.removeAllAccounts();
  }

  @Test
  void aNewFolderIsThereAtOnceSaysThatItWaitsAndIsTakenBack() throws Exception {
    filing.create(workplace.mailbox.account.id(), FolderPath.of("Plans"), FolderRole.NONE);

    Screen.waitFor(() -> workplace.item("Plans") != null, () -> "no new folder in the tree");
    assertTrue(workplace.item("Plans").getText().endsWith("waiting"), workplace.item("Plans").getText());

    assertTrue(history().undo(MailUndo.CONTEXT, null, null).isOK());
    Screen.waitFor(() -> workplace.item("Plans") == null, () -> "the folder is still there");
  }

  @Test
  void aRenamedFolderTakesItsFoldersAlongAndComesBack() throws Exception {
    filing.rename(known("Projects").get(), FolderPath.of("Work"));
    Screen.waitFor(() -> known("Work/Alpha").isPresent(), () -> "the inner folder did not go along");

    assertTrue(history().undo(MailUndo.CONTEXT, null, null).isOK());
    Screen.waitFor(() -> known("Projects/Alpha").isPresent(), () -> "it did not come back");
  }

  @Test
  void aFolderIsDeletedWithWhatIsInItAndComesBackWithItsMessages() throws Exception {
    workplace.store(() -> workplace.mailbox.receives(workplace.mailbox.folder("Projects/Alpha").key(), "hello", Flags.NONE));
    assertEquals(2, filing.withFolders(known("Projects").get()).size());

    filing.delete(known("Projects").get());
    Screen.waitFor(() -> known("Projects").isEmpty() && known("Projects/Alpha").isEmpty(), () -> "something of it is left");

    assertTrue(history().undo(MailUndo.CONTEXT, null, null).isOK());
    Screen.waitFor(() -> known("Projects/Alpha").filter(folder -> folder.total() == 1).isPresent(), () -> "its message did not come back");
  }

  @Test
  void whereNoServerKeepsFoldersTheyAreMadeRenamedAndDeletedHere() throws Exception {
    workplace = Workplace.open("Post");
    filing.create(workplace.mailbox.account.id(), FolderPath.of("Plans"), FolderRole.NONE);
    Screen.waitFor(() -> known("Plans").isPresent() && workplace.item("Plans") != null, () -> "no new folder in the tree");
    assertFalse(known("Plans").get().pending());

    filing.rename(known("Plans").get(), FolderPath.of("Ideas"));
    Screen.waitFor(() -> known("Ideas").isPresent(), () -> "not renamed");
    assertTrue(history().undo(MailUndo.CONTEXT, null, null).isOK());
    Screen.waitFor(() -> known("Plans").isPresent(), () -> "the old name did not come back");

    filing.delete(known("Plans").get());
    Screen.waitFor(() -> known("Plans").isEmpty(), () -> "not deleted");
  }

  private Optional<Folder> known(String path) {
    return PlatformUI.getWorkbench().getService(FolderDirectory.class).all(workplace.mailbox.account.id()).stream()
        .filter(folder -> folder.path().text().equals(path)).findFirst();
  }

  private static IOperationHistory history() {
    return PlatformUI.getWorkbench().getOperationSupport().getOperationHistory();
  }
}
