/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

@Tag("ui")
class BackgroundStartUiTest {
  @AfterEach
  void forget() {
    BackgroundFetch.remember(List.of());
  }

  @Test
  void itIsRememberedWhetherAnyAccountWantsIt() {
    BackgroundFetch.remember(List.of(account(false), account(true)));
    assertTrue(BackgroundFetch.wanted());

    BackgroundFetch.remember(List.of(account(false)));
    assertFalse(BackgroundFetch.wanted());
  }

  /** The platform says so once, and only then is our class loaded. */
  @Test
  void theEndOfTheStartIsListenedFor() throws Exception {
    BundleContext context = FrameworkUtil.getBundle(BackgroundStart.class).getBundleContext();
    var listeners = context.getServiceReferences(EventHandler.class, "(component.name=" + BackgroundStart.class.getName() + ")");

    assertEquals(1, listeners.size());
    assertEquals("org/eclipse/e4/ui/LifeCycle/appStartupComplete", listeners.iterator().next().getProperty(EventConstants.EVENT_TOPIC));
  }

  private static Account account(boolean inBackground) {
    return new Account(AccountId.create(), "Work", "", "ada@example.invalid", Protocol.IMAP,
        new Endpoint("imap.example.invalid", 993, Security.TLS, "ada"), Optional.empty(),
        new AccountOptions(Duration.ofMinutes(5), inBackground, BodyPolicy.DEFAULT));
  }
}
