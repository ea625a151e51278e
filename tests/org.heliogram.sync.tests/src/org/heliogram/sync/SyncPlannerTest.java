/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncPlannerTest {
  private static final Flags SEEN = Flags.of(Flag.SEEN);
  private static final SyncCursor OLD = new SyncCursor("old");
  private static final SyncCursor NEW = new SyncCursor("new");

  private static RemoteId id(long uid) {
    return RemoteId.of(uid);
  }

  private static Known known(long... uids) {
    var messages = new HashMap<RemoteId, Flags>();
    for (long uid : uids) {
      messages.put(id(uid), Flags.NONE);
    }
    return Known.of(Optional.of(OLD), messages);
  }

  private static RemoteState state(long uid, Flags flags) {
    return new RemoteState(id(uid), Optional.of(flags));
  }

  private static News all(RemoteState... states) {
    return new News(NEW, true, false, List.of(states), List.of());
  }

  private static SyncPlanner.Plan plan(Known known, News news) throws Exception {
    return SyncPlanner.plan(Keeping.MIRRORED, known, news);
  }

  @Test
  void whatIsNewIsFetchedInTheOrderOfTheListing() throws Exception {
    var plan = plan(known(1), all(state(9, SEEN), state(5, SEEN), state(9, SEEN), state(1, Flags.NONE)));

    assertEquals(List.of(id(9), id(5)), plan.fetch());
    assertEquals(Map.of(), plan.flags());
    assertEquals(Set.of(), plan.vanished());
    assertEquals(NEW, plan.cursor());
    assertTrue(plan.settled());
  }

  @Test
  void flagsThatDifferAreTakenOver() throws Exception {
    var plan = plan(known(1, 2), all(state(2, SEEN), state(1, Flags.NONE)));

    assertEquals(Map.of(id(2), SEEN), plan.flags());
  }

  @Test
  void whatACompleteListingLacksHasVanished() throws Exception {
    assertEquals(Set.of(id(1)), plan(known(1, 2), all(state(2, Flags.NONE))).vanished());
  }

  @Test
  void whatAnIncompleteListingLacksIsStillThere() throws Exception {
    var plan = plan(known(1, 2, 3), new News(NEW, false, false, List.of(state(4, SEEN)), List.of(id(3), id(77))));

    assertEquals(Set.of(id(3)), plan.vanished());
    assertFalse(plan.settled());
    assertEquals(List.of(id(4)), plan.fetch());
  }

  @Test
  void afterARenumberingEverythingIsNew() throws Exception {
    var plan = plan(known(1, 2), new News(NEW, true, true, List.of(state(2, SEEN), state(3, SEEN)), List.of()));

    assertTrue(plan.renumbered());
    assertEquals(List.of(id(2), id(3)), plan.fetch());
    assertEquals(Set.of(), plan.vanished());
    assertEquals(Map.of(), plan.flags());
  }

  @Test
  void idsWithoutCursorBelongToNoNumbering() throws Exception {
    var interrupted = Known.of(Optional.empty(), Map.of(id(1), Flags.NONE));

    assertTrue(plan(interrupted, all(state(1, Flags.NONE))).renumbered());
    assertFalse(SyncPlanner.plan(Keeping.DELIVERED, interrupted, all(state(1, Flags.NONE))).renumbered());
    assertFalse(plan(Known.NOTHING, all(state(1, Flags.NONE))).renumbered());
  }

  @Test
  void whatComesMarkedAsDeletedIsAMessageLikeOthers() throws Exception {
    var plan = plan(known(1), all(state(1, Flags.of(Flag.DELETED)), state(2, Flags.of(Flag.DELETED))));

    assertEquals(List.of(id(2)), plan.fetch());
    assertEquals(Map.of(id(1), Flags.of(Flag.DELETED)), plan.flags());
  }

  @Test
  void aMaildropHasNoFlagsAndLosesNothing() throws Exception {
    var listing = new News(NEW, true, true, List.of(new RemoteState(id(2), Optional.empty())), List.of());

    var plan = SyncPlanner.plan(Keeping.DELIVERED, known(1), listing);

    assertFalse(plan.renumbered());
    assertEquals(List.of(id(2)), plan.fetch());
    assertEquals(Set.of(id(1)), plan.vanished());
    assertEquals(0, plan.lost());
    assertFalse(plan.doubtful());
  }

  @ParameterizedTest
  @CsvSource({"50,0,false", "51,0,true", "100,50,false", "100,49,true", "1000,800,false", "1000,799,true", "10000,8000,false", "10000,0,true"})
  void aGreatLossIsDoubtful(int before, int after, boolean doubtful) throws Exception {
    assertEquals(doubtful, plan(known(uids(before)), all(states(after))).doubtful());
    assertEquals(doubtful, plan(known(uids(before)), new News(NEW, true, true, List.of(states(after)), List.of())).doubtful());
  }

  private static long[] uids(int count) {
    long[] uids = new long[count];
    for (int i = 0; i < count; i++) {
      uids[i] = i + 1;
    }
    return uids;
  }

  private static RemoteState[] states(int count) {
    var states = new ArrayList<RemoteState>();
    for (int i = 0; i < count; i++) {
      states.add(state(i + 1, Flags.NONE));
    }
    return states.toArray(RemoteState[]::new);
  }
}
