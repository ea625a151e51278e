/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.Test;

class StoreCareTest {
  private final AtomicInteger compactions = new AtomicInteger();

  private MailStore store() {
    return (MailStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MailStore.class}, (proxy, method, arguments) -> {
      assertEquals("compact", method.getName());
      if (compactions.incrementAndGet() == 1) {
        throw new StoreException("disk busy", null);
      }
      return 0L;
    });
  }

  @Test
  void theStoreIsCompactedAgainAndAgainEvenAfterAFailure() throws Exception {
    var care = new StoreCare(store(), Duration.ofMillis(1), Duration.ofMillis(1));

    care.begin();

    waitFor(() -> assertTrue(compactions.get() >= 3, () -> "compactions: " + compactions));
    care.end();
  }

  @Test
  void nothingHappensAfterTheEnd() throws InterruptedException {
    var care = new StoreCare(store(), Duration.ofHours(1), Duration.ofHours(1));
    care.begin();

    care.end();
    care.join();

    assertEquals(Job.NONE, care.getState());
    assertEquals(0, compactions.get());
  }
}
