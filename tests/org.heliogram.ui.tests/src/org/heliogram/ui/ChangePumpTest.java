/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.model.Flags;
import org.heliogram.core.store.Change;
import org.heliogram.testing.InMemoryMailStore;
import org.junit.jupiter.api.Test;

class ChangePumpTest {
  private final InMemoryMailStore store = new InMemoryMailStore();
  private final ByHand ui = new ByHand();
  private final List<List<Change>> batches = new ArrayList<>();

  @Test
  void manyCommitsWaitAsOneTaskAndComeAsOneBatchInOrder() throws Exception {
    var mailbox = new Mailbox(store, "Work");
    var pump = new ChangePump(store, ui, batches::add);

    mailbox.receives(mailbox.inbox(), "one", Flags.NONE);
    mailbox.receives(mailbox.inbox(), "two", Flags.NONE);
    mailbox.receives(mailbox.inbox(), "three", Flags.NONE);

    assertEquals(1, ui.waiting());
    ui.run();
    assertEquals(1, batches.size());
    assertEquals(3, batches.get(0).stream().filter(Change.MessagesAdded.class::isInstance).count());
    pump.close();
  }

  @Test
  void afterABatchTheNextCommitWaitsAgain() throws Exception {
    var mailbox = new Mailbox(store, "Work");
    var pump = new ChangePump(store, ui, batches::add);
    mailbox.receives(mailbox.inbox(), "one", Flags.NONE);
    ui.run();

    mailbox.receives(mailbox.inbox(), "two", Flags.NONE);
    ui.run();

    assertEquals(2, batches.size());
    pump.close();
  }

  @Test
  void nothingComesOnceItIsClosed() throws Exception {
    var mailbox = new Mailbox(store, "Work");
    var pump = new ChangePump(store, ui, batches::add);
    mailbox.receives(mailbox.inbox(), "one", Flags.NONE);

    pump.close();
    mailbox.receives(mailbox.inbox(), "two", Flags.NONE);
    ui.run();

    assertEquals(List.of(), batches);
  }
}
