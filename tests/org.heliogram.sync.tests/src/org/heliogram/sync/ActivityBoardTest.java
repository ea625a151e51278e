/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.ServiceEvent;
import org.junit.jupiter.api.Test;

class ActivityBoardTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ActivityBoard board = new ActivityBoard(nanos::get);
  private final AccountId account = AccountId.create();
  private final List<ServiceEvent> events = new CopyOnWriteArrayList<>();

  private void put(int done) {
    board.put(new Activity(account, Phase.FETCHING_HEADERS, "INBOX", done, 100, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void anAccountWithoutActivityIsIdle() {
    assertEquals(Phase.IDLE, board.activity(account).phase());
  }

  @Test
  void theLatestActivityIsShown() {
    put(1);
    put(2);

    assertEquals(2, board.activity(account).done());
  }

  @Test
  void listenersHearAtMostTenTimesASecondAndAlwaysTheLast() throws Exception {
    board.observe(events::add);

    for (int i = 0; i < 100; i++) {
      put(i);
    }

    assertTrue(events.size() <= 2, events.size() + " events");
    waitFor(() -> assertEquals(2, events.size()));
    assertEquals(99, board.activity(account).done());
  }

  @Test
  void afterAWhileTheyHearAtOnce() {
    board.observe(events::add);
    put(1);
    nanos.addAndGet(200_000_000);

    put(2);

    assertEquals(2, events.size());
  }

  @Test
  void otherAccountsAreHeardOfToo() {
    board.observe(events::add);
    put(1);
    var other = AccountId.create();

    board.put(new Activity(other, Phase.CONNECTING, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty()));

    assertEquals(List.of(new ServiceEvent.ActivityChanged(account), new ServiceEvent.ActivityChanged(other)), events);
  }

  @Test
  void whoLeavesHearsNothing() {
    board.observe(events::add).close();

    put(1);

    assertEquals(List.of(), events);
  }
}
