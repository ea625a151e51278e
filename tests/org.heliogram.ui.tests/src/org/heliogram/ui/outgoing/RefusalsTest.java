/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Subscription;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
  private final List<Consumer<ServiceEvent>> listeners = new ArrayList<>();
  private final Refusals refusals = new Refusals(service(), Clock.fixed(NOW, ZoneOffset.UTC));
  private int told;

  @Test
  void theLastRefusalComesFirstUntilItIsDismissed() {
    refusals.observe(() -> told++);
    refuse(1);
    refuse(2);

    assertEquals(List.of(delete(2), delete(1)), operations());
    assertEquals(NOW, refusals.all().get(0).at());

    refusals.dismiss(List.of(refusals.all().get(0)));
    assertEquals(List.of(delete(1)), operations());
    assertEquals(3, told);
  }

  @Test
  void theSameChangeRefusedTwiceIsThereTwice() {
    refuse(1);
    refuse(1);

    refusals.dismiss(List.of(refusals.all().get(0)));

    assertEquals(List.of(delete(1)), operations());
  }

  @Test
  void thereAreNeverMoreThanCanBeLookedAt() {
    for (int i = 1; i <= Refusals.LIMIT + 5; i++) {
      refuse(i);
    }

    assertEquals(Refusals.LIMIT, refusals.all().size());
    assertEquals(delete(Refusals.LIMIT + 5), operations().get(0));
  }

  @Test
  void closedItHearsNothing() {
    refusals.close();

    assertTrue(listeners.isEmpty(), "it still listens");
  }

  private void refuse(long key) {
    listeners.forEach(listener -> listener.accept(new ServiceEvent.OperationRefused(delete(key), "no")));
  }

  private static Operation delete(long key) {
    return new Operation.Delete(new AccountId("a"), List.of(new MessageKey(key)));
  }

  private List<Operation> operations() {
    return refusals.all().stream().map(Refusals.Refusal::operation).toList();
  }

  @SuppressWarnings("unchecked")
  private MailService service() {
    return (MailService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MailService.class}, (proxy, method, arguments) -> {
      if (!method.getName().equals("observe")) {
        throw new AssertionError(method.getName());
      }
      var listener = (Consumer<ServiceEvent>) arguments[0];
      listeners.add(listener);
      return (Subscription) () -> listeners.remove(listener);
    });
  }
}
