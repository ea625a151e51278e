/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoringQueueTest {
  private final List<Integer> stored = Collections.synchronizedList(new ArrayList<>());

  private StoringQueue<Integer> queue(boolean threaded) {
    return new StoringQueue<>("test", threaded, 10, 100, stored::addAll);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allIsStoredInOrderOnceItIsClosed(boolean threaded) throws StoreException {
    List<Integer> things = IntStream.range(0, 5_000).boxed().toList();

    try (var queue = queue(threaded)) {
      for (Integer thing : things) {
        queue.put(thing, 1_000);
      }
    }

    assertEquals(things, stored);
  }

  /** A pull of a mailbox closes one for each slice. The thread waits a quarter of a second for more: forty times would be ten. */
  @Test
  void closingDoesNotWaitForMoreToCome() {
    assertTimeout(Duration.ofSeconds(5), () -> {
      for (int i = 0; i < 40; i++) {
        try (var queue = queue(true)) {
          queue.put(i, 1);
        }
      }
    });

    assertEquals(40, stored.size());
  }

  @Test
  void closingTellsThatStoringFailed() throws StoreException {
    var queue = new StoringQueue<Integer>("test", true, 1, 1, batch -> {
      throw new StoreException("the disk is full", null);
    });
    queue.put(1, 1);

    assertThrows(StoreException.class, queue::close);
  }
}
