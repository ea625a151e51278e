/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.Change;
import org.heliogram.testing.ModelServer.Kind;
import org.junit.jupiter.api.Test;

/** Servers on which a message is in several folders at once, and folders that are large. */
class LabelsTest {
  private final Laboratory lab;

  LabelsTest() throws Exception {
    lab = new Laboratory(Kind.MOVE, Keeping.MIRRORED);
  }

  private List<BodyState> states(String path) throws Exception {
    return lab.rows(path).stream().map(MessageSummary::body).toList();
  }

  @Test
  void trap53TheBodyOfAMessageIsFetchedOnceAndNotForAllMailToo() throws Exception {
    lab.server.folder("All Mail", FolderRole.ALL, Keeping.MIRRORED).folder("Starred", FolderRole.FLAGGED, Keeping.MIRRORED);
    lab.visit().readFolders(Laboratory.MONITOR);
    for (String folder : List.of("INBOX", "All Mail", "Starred")) {
      lab.server.deliver(folder, "the same");
    }

    lab.visit().readAll(Bodies.ALL, Laboratory.MONITOR);

    assertEquals(List.of(BodyState.WHOLE), states("INBOX"));
    assertEquals(List.of(BodyState.NONE), states("All Mail"));
    assertEquals(List.of(BodyState.NONE), states("Starred"));
  }

  @Test
  void trap54AMessageInTwoFoldersAtOnceIsInBothUntilItLeavesOne() throws Exception {
    long inbox = lab.server.deliver("INBOX", "the same");
    lab.read("INBOX");
    MessageKey first = lab.message("INBOX", "the same");
    lab.server.deliver("Archive", "the same");
    lab.read("Archive");
    lab.read("INBOX");

    assertEquals(first, lab.message("INBOX", "the same"));
    MessageKey second = lab.message("Archive", "the same");
    assertNotEquals(first, second);

    lab.server.expunge("INBOX", inbox);
    lab.read("INBOX");

    assertEquals(Set.of(), lab.shown("INBOX"));
    assertEquals(second, lab.message("Archive", "the same"));
  }

  @Test
  void trap30TheStoreIsHeldForSomeMessagesAtATime() throws Exception {
    var commits = new ArrayList<Integer>();
    lab.store.subscribe(change -> change.changes().stream().filter(Change.MessagesAdded.class::isInstance).map(Change.MessagesAdded.class::cast)
        .forEach(added -> commits.add(added.messages().size())));
    for (int i = 0; i < 3_000; i++) {
      lab.server.deliver("INBOX", "m" + i);
    }

    lab.read("INBOX");

    assertEquals(3_000, commits.stream().mapToInt(Integer::intValue).sum());
    assertTrue(commits.stream().allMatch(count -> count <= 500), commits::toString);
  }
}
