/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.ServerCopy;
import org.junit.jupiter.api.Test;

class KeptTextTest {
  private static final Optional<Instant> DECEMBER = Optional.of(Instant.parse("2026-12-03T10:00:00Z"));
  private final KeptText text = new KeptText(ZoneOffset.UTC, Locale.UK);

  @Test
  void untilWhenItStaysOnTheServerIsSaid() {
    assertEquals(Messages.Kept_untilDate.replace("{0}", "3 December 2026"), text.of(copy(true, Leaving.SOME_DAYS, DECEMBER), true));
    assertEquals(Messages.Kept_untilFetch, text.of(copy(true, Leaving.UNTIL_TAKEN, Optional.empty()), true));
    assertEquals(Messages.Kept_untilDeleted, text.of(copy(true, Leaving.UNTIL_DELETED, Optional.empty()), true));
    assertEquals(Messages.Kept_both, text.of(copy(true, Leaving.EVERYTHING, Optional.empty()), true));
  }

  @Test
  void whatIsGoneThereIsOnlyHere() {
    assertEquals(Messages.Kept_hereOnly, text.of(copy(false, Leaving.SOME_DAYS, DECEMBER), true));
  }

  @Test
  void ofWhatIsNotWholeOnlyTheBeginningIsHere() {
    assertEquals(Messages.Kept_begun, text.of(copy(true, Leaving.SOME_DAYS, DECEMBER), false));
    assertEquals(Messages.Kept_begunGone, text.of(copy(false, Leaving.EVERYTHING, Optional.empty()), false));
  }

  private static ServerCopy copy(boolean there, Leaving leaving, Optional<Instant> until) {
    return new ServerCopy(new AccountId("a"), there, leaving, until);
  }
}
