/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyGapsTest {
  private static final BodyGaps.Gap GAP = new BodyGaps.Gap(7, BodyState.NONE);
  private final BodyGaps gaps = new BodyGaps();

  @Test
  void nothingIsKnownBeforeASearch() {
    assertFalse(gaps.none(GAP, Long.MAX_VALUE));
  }

  @Test
  void whatIsCommittedMovesTheTimeOn() {
    gaps.found(GAP, 100, gaps.transactions());
    assertTrue(gaps.none(GAP, 100));
    assertFalse(gaps.none(GAP, 99));

    gaps.committed(Map.of(GAP, 50L, new BodyGaps.Gap(8, BodyState.NONE), 900L));
    assertTrue(gaps.none(GAP, 100));

    gaps.committed(Map.of(GAP, 200L));
    assertFalse(gaps.none(GAP, 200));
    assertTrue(gaps.none(GAP, 201));
  }

  @Test
  void aSearchDuringWhichATransactionEndedIsNotKept() {
    long before = gaps.transactions();
    gaps.committed(Map.of());

    gaps.found(GAP, 100, before);

    assertFalse(gaps.none(GAP, 100));
  }

  /** Searches read without locks: one that saw a transaction which then was undone must not count. */
  @Test
  void contentThatWasNotCommittedIsStillMissing(@TempDir Path home) throws Exception {
    var store = new DerbyMailStore(home);
    try {
      TestMail.setUp(store);
      FolderKey inbox = TestMail.folder(store, "INBOX");
      store.write(writer -> {
        writer.apply(inbox, SyncPlan.adding(List.of(TestMail.message(1, Optional.empty()))));
        return null;
      });
      MessageKey key = TestMail.keys(store, "INBOX").get(0);
      StagedBody body = store.stage(new ByteArrayInputStream(TestMail.content(1)), BodyState.WHOLE);

      assertThrows(StoreException.class, () -> store.write(writer -> {
        writer.attach(key, body);
        assertEquals(List.of(), store.read(reader -> reader.bodies(inbox, BodyState.NONE, Instant.EPOCH)));
        throw new StoreException("undone", null);
      }));

      assertEquals(List.of(key), store.read(reader -> reader.bodies(inbox, BodyState.NONE, Instant.EPOCH)));
    } finally {
      store.close();
    }
  }
}
