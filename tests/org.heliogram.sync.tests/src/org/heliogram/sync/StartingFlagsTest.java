/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.junit.jupiter.api.Test;

class StartingFlagsTest {
  private static final RemoteId OLD = new RemoteId("old");
  private static final RemoteId NEW = new RemoteId("new");
  private final Known known = Known.of(Optional.of(new SyncCursor("1")), Map.of(OLD, Flags.NONE));
  private final News news = new News(new SyncCursor("2"), true, false, List.of(new RemoteState(NEW, Optional.of(Flags.of(Flag.SEEN))),
      new RemoteState(OLD, Optional.of(Flags.of(Flag.SEEN)))), List.of());

  @Test
  void inADeliveredFolderOnlyNewMessagesTakeTheServersFlags() throws Exception {
    var plan = SyncPlanner.plan(Keeping.DELIVERED, known, news);

    assertEquals(Map.of(NEW, Flags.of(Flag.SEEN)), plan.starting());
    assertEquals(Map.of(), plan.flags());
  }

  @Test
  void inAMirroredFolderTheyComeWithTheSummary() throws Exception {
    var plan = SyncPlanner.plan(Keeping.MIRRORED, known, news);

    assertEquals(Map.of(), plan.starting());
    assertEquals(Map.of(OLD, Flags.of(Flag.SEEN)), plan.flags());
  }
}
