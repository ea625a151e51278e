/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;
import org.junit.jupiter.api.Test;

class FolderRulesTest {
  private final Folder inbox = folder(1, "INBOX", FolderRole.INBOX, Right.ALL, 0);
  private final Folder projects = folder(2, "Projects", FolderRole.NONE, Right.ALL, 3);
  private final Folder alpha = folder(3, "Projects/Alpha", FolderRole.NONE, Right.ALL, 1);
  private final Folder lists = folder(4, "lists", FolderRole.NONE, Right.ALL, 0);
  private final List<Folder> all = List.of(inbox, projects, alpha, lists);

  @Test
  void theInboxIsNeitherRenamedNorDeletedNorUnsubscribed() {
    assertFalse(FolderRules.canRename(inbox));
    assertFalse(FolderRules.canDelete(inbox));
    assertFalse(FolderRules.canSubscribe(inbox, false));
    assertTrue(FolderRules.canRename(projects));
  }

  @Test
  void aFolderMovesIntoAnotherAndToTheTop() {
    assertEquals(Optional.of(FolderPath.of("Projects", "lists")), FolderRules.moved(lists, Optional.of(projects), all));
    assertEquals(Optional.of(FolderPath.of("Alpha")), FolderRules.moved(alpha, Optional.empty(), all));
  }

  @Test
  void aFolderDoesNotMoveIntoItselfNorWhereItIsNorWhereOneOfItsNameIs() {
    assertEquals(Optional.empty(), FolderRules.moved(projects, Optional.of(alpha), all));
    assertEquals(Optional.empty(), FolderRules.moved(projects, Optional.of(projects), all));
    assertEquals(Optional.empty(), FolderRules.moved(alpha, Optional.of(projects), all));
    assertEquals(Optional.empty(), FolderRules.moved(lists, Optional.of(projects), List.of(projects, folder(9, "Projects/lists", FolderRole.NONE, Right.ALL, 0))));
  }

  @Test
  void whatAServerDoesNotAllowIsSaidAndNotOffered() {
    Folder shared = folder(5, "shared", FolderRole.NONE, EnumSet.of(Right.READ, Right.KEEP_SEEN), 7);

    assertFalse(FolderRules.canRename(shared));
    assertFalse(FolderRules.canCreateIn(shared));
    assertFalse(FolderRules.canPutInto(shared));
    assertFalse(FolderRules.canRemoveFrom(shared));
    assertEquals(Optional.empty(), FolderRules.moved(lists, Optional.of(shared), all));
    assertEquals("The server does not let you: put messages into it, delete messages or move them out, mark messages, rename or delete it, "
        + "make folders in it.", FolderRules.missing(shared));
    assertEquals("", FolderRules.missing(projects));
  }

  @Test
  void whereNoServerKeepsFoldersTheUsersOwnAreHisAndTheUsualOnesStay() {
    Folder usual = local(6, "Archive", FolderRole.ARCHIVE, "Archive");
    Folder own = local(7, "Plans", FolderRole.NONE, Folder.OWN + 7);

    assertTrue(FolderRules.canCreateIn(usual) && FolderRules.canCreateIn(own));
    assertTrue(FolderRules.canRename(own) && FolderRules.canDelete(own));
    assertFalse(FolderRules.canRename(usual) || FolderRules.canDelete(usual));
    assertFalse(FolderRules.canSubscribe(own, false));
    assertEquals(Optional.of(FolderPath.of("Archive", "Plans")), FolderRules.moved(own, Optional.of(usual), List.of(usual, own)));
    assertTrue(FolderHandler.question(own, List.of(own)).endsWith(Messages.Delete_hereOnly));
  }

  private static Folder local(long key, String path, FolderRole role, String name) {
    return new Folder(new FolderKey(key), new AccountId("a"), FolderPath.parse(path), name, role, Keeping.LOCAL, true, true, Right.ALL, false, 0, 0);
  }

  @Test
  void aNameIsCheckedBeforeItIsSent() {
    assertEquals("", FolderRules.problem(" ", Optional.empty(), all, Optional.empty()));
    assertEquals(Messages.Name_wrong, FolderRules.problem("a/b", Optional.empty(), all, Optional.empty()));
    assertEquals(Messages.Name_wrong, FolderRules.problem("a\u0007b", Optional.empty(), all, Optional.empty()));
    assertEquals("There is a folder LISTS already.", FolderRules.problem("LISTS", Optional.empty(), all, Optional.empty()));
    assertNull(FolderRules.problem("lists", Optional.of(projects.path()), all, Optional.empty()));
    assertNull(FolderRules.problem("Lists", Optional.empty(), all, Optional.of(lists)), "the folder may change its own case");
  }

  @Test
  void theQuestionBeforeDeletingSaysHowMuchGoes() {
    String question = FolderHandler.question(projects, List.of(alpha, projects));

    assertTrue(question.contains("Delete the folder Projects?"), question);
    assertTrue(question.contains("The 4 messages"), question);
    assertTrue(question.contains("The folder in it"), question);
    assertTrue(question.contains("on the server"), question);
  }

  static Folder folder(long key, String path, FolderRole role, Set<Right> rights, int total) {
    return new Folder(new FolderKey(key), new AccountId("a"), FolderPath.parse(path), path, role, Keeping.MIRRORED, true, true, rights, false, total, 0);
  }
}
