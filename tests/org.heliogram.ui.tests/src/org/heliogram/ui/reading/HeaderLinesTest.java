/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.mime.Reading;
import org.junit.jupiter.api.Test;

class HeaderLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z");
  private static final Address ADA = new Address("Ada", "ada@example.org");

  @Test
  void aNameNeverStandsWithoutItsAddress() {
    assertEquals("bank@example.org <thief@example.net>", HeaderLines.shown(new Address("bank@example.org", "thief@example.net")));
    assertEquals("Ada <ada@example.org>", HeaderLines.shown(ADA));
    assertEquals("ada@example.org", HeaderLines.shown(new Address("", "ada@example.org")));
  }

  @Test
  void manyRecipientsAreCountedInsteadOfListed() {
    List<Address> many = IntStream.rangeClosed(1, 30).mapToObj(i -> new Address("", "p" + i + "@example.org")).toList();

    String to = brief(many, List.of()).value(Messages.Header_to).orElseThrow();

    assertTrue(to.contains("p8@example.org") && !to.contains("p9@example.org"), to);
    assertTrue(to.contains("22"), to);
  }

  @Test
  void whereAnswersGoIsShownOnlyIfElsewhere() {
    assertTrue(brief(List.of(), List.of(ADA)).value(Messages.Header_replyTo).isEmpty());
    assertEquals(Optional.of("list@example.org"), brief(List.of(), List.of(new Address("", "list@example.org"))).value(Messages.Header_replyTo));
  }

  private static HeaderLines brief(List<Address> to, List<Address> replyTo) {
    var envelope = new Envelope("Hello", List.of(ADA), to, List.of(), replyTo, Optional.of(NOW), "", "", List.of());
    var reading = new Reading(envelope, List.of(), List.of(), List.of(), Map.of(), Set.of());
    var row = new MessageSummary(new MessageKey(1), new AccountId("a"), new FolderKey(1), Flags.NONE, ADA, ADA, "Hello", NOW, NOW, 1, false,
        "", BodyState.WHOLE, false);
    return HeaderLines.brief(row, reading, "", ZoneId.of("UTC"), Locale.US);
  }
}
