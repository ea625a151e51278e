/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;
import org.heliogram.ui.Mailbox;
import org.junit.jupiter.api.Test;

class FolderTreeTest {
  private final Account account = Mailbox.account("Work");
  private final List<Folder> folders = new ArrayList<>();

  private Folder folder(String path, FolderRole role, boolean selectable) {
    var folder = new Folder(new FolderKey(folders.size() + 1), account.id(), FolderPath.parse(path), path, role, Keeping.MIRRORED,
        selectable, true, Right.ALL, false, 0, 0);
    folders.add(folder);
    return folder;
  }

  private FolderTree tree() {
    return new FolderTree(List.of(account), Map.of(account.id(), folders));
  }

  @Test
  void foldersNestBelowTheNearestParentThereIs() {
    Folder lists = folder("lists", FolderRole.NONE, true);
    Folder eclipse = folder("lists/eclipse", FolderRole.NONE, true);
    Folder deep = folder("lists/eclipse/jdt/dev", FolderRole.NONE, true);

    FolderTree tree = tree();

    assertEquals(List.of(lists), tree.children(account));
    assertEquals(List.of(eclipse), tree.children(lists));
    assertEquals(List.of(deep), tree.children(eclipse));
    assertSame(eclipse, tree.parent(deep));
    assertEquals("jdt \u203a dev", tree.name(deep));
  }

  @Test
  void specialFoldersStandAtTheTopWhereverTheServerKeepsThem() {
    Folder inbox = folder("INBOX", FolderRole.INBOX, true);
    Folder trash = folder("INBOX/Trash", FolderRole.TRASH, true);
    Folder own = folder("INBOX/projects", FolderRole.NONE, true);

    FolderTree tree = tree();

    assertEquals(List.of(inbox, trash), tree.children(account));
    assertEquals(List.of(own), tree.children(inbox));
  }

  @Test
  void whatHoldsNothingIsLeftOut() {
    folder("[Gmail]", FolderRole.NONE, false);
    Folder sent = folder("[Gmail]/Sent Mail", FolderRole.SENT, true);

    assertEquals(List.of(sent), tree().children(account));
  }

  @Test
  void aFolderOfFoldersStays() {
    Folder shared = folder("shared", FolderRole.NONE, false);
    Folder inside = folder("shared/team", FolderRole.NONE, true);

    assertEquals(List.of(shared), tree().children(account));
    assertEquals(List.of(inside), tree().children(shared));
  }

  @Test
  void whatIsAvailableOfflineFollowsTheChoiceForTheFolderElseTheAccounts() {
    Folder all = folder("all", FolderRole.NONE, true);
    Folder some = folder("some", FolderRole.NONE, true);
    Folder usual = folder("usual", FolderRole.NONE, true);
    var choices = Map.of(all.key(), BodyPolicy.EVERYTHING, some.key(), BodyPolicy.DEFAULT);

    var tree = new FolderTree(List.of(account), Map.of(account.id(), folders), choices);
    var everything = account.withOptions(account.options().withBodies(BodyPolicy.EVERYTHING));
    var keeper = new FolderTree(List.of(everything), Map.of(account.id(), folders), choices);

    assertEquals(List.of(true, false, false), folders.stream().map(tree::availableOffline).toList());
    assertEquals(List.of(true, false, true), folders.stream().map(keeper::availableOffline).toList());
    assertEquals(Optional.empty(), tree.choice(usual));
  }

  @Test
  void readingBeginsInTheInbox() {
    folder("aaa", FolderRole.NONE, true);
    Folder inbox = folder("INBOX", FolderRole.INBOX, true);

    assertEquals(inbox, tree().first().orElseThrow());
  }
}
