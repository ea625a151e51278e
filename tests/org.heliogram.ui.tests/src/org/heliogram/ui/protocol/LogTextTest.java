/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.core.service.ProtocolLogs.Side;
import org.junit.jupiter.api.Test;

class LogTextTest {
  private static final Instant AT = Instant.parse("2026-11-23T16:00:01.250Z");
  private final LogText text = new LogText(ZoneOffset.UTC);

  @Test
  void aLineTellsTimeAndDirection() {
    assertEquals("16:00:01.250  C:  a1 NOOP", text.line(new Line(AT, Side.CLIENT, "a1 NOOP")));
    assertEquals("16:00:01.250  S:  a1 OK", text.line(new Line(AT, Side.SERVER, "a1 OK")));
    assertEquals("16:00:01.250  --  protected by TLS", text.line(new Line(AT, Side.NOTE, "protected by TLS")));
  }

  @Test
  void whatAServerSaysStaysOnItsLine() {
    assertEquals("16:00:01.250  S:  a\uFFFDb\uFFFDc\uFFFDd", text.line(new Line(AT, Side.SERVER, "a\nb\u0000c\u202Ed")));
  }

  @Test
  void theWholeLogSaysWhatIsMissing() {
    var lines = List.of(new Line(AT, Side.CLIENT, "a1 NOOP"));

    String whole = text.whole(new Dialogue(1, new AccountId("a"), "IMAP", AT, true, 12, lines));
    String ended = text.whole(new Dialogue(1, new AccountId("a"), "IMAP", AT, false, 0, lines));

    assertTrue(whole.contains("12 earlier lines"), whole);
    assertTrue(whole.startsWith("IMAP, ") && whole.contains(", open\n"), whole);
    assertFalse(ended.contains("earlier"), ended);
    assertTrue(ended.contains(", ended\n"), ended);
  }
}
