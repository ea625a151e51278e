/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.time.Instant;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;

/** Messages that have just come. */
final class Arrivals {
  private Arrivals() {}

  static MessageSummary summary(long key, String name, String subject) {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    return new MessageSummary(new MessageKey(key), new AccountId("a"), new FolderKey(1), Flags.NONE, new Address(name, "ada@example.org"),
        new Address("", ""), subject, now, now, 1_000, false, "<" + key + "@example.org>", BodyState.NONE, false);
  }
}
