/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.junit.jupiter.api.Test;

class ClipboardHandlerTest {
  @Test
  void addressesAreUniqueAndQuotedWhereNeeded() {
    var rows = List.of(from("Ada Lovelace", "ada@example.org"), from("Doe, Jane \"JD\"", "jane@example.org"), from("", "bare@example.org"),
        from("Ada Lovelace", "ada@example.org"), from("nobody", ""));

    String text = ClipboardHandler.addresses(rows);

    assertEquals("Ada Lovelace <ada@example.org>, \"Doe, Jane \\\"JD\\\"\" <jane@example.org>, bare@example.org", text);
  }

  private static MessageSummary from(String name, String mailbox) {
    return new MessageSummary(new MessageKey(1), new AccountId("a"), new FolderKey(1), Flags.NONE, new Address(name, mailbox), new Address("", ""),
        "subject", Instant.EPOCH, Instant.EPOCH, 1, false, "", BodyState.NONE, false);
  }
}
