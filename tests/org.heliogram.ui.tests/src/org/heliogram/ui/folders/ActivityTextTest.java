/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.Activity.Push;
import org.heliogram.ui.Mailbox;
import org.junit.jupiter.api.Test;

class ActivityTextTest {
  private final Account account = Mailbox.account("Work");

  private String tip(Push push) {
    return ActivityText.tip(account, new Activity(account.id(), Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), push));
  }

  @Test
  void anAccountWithoutPushShowsItsAddressAndWhenItIsFetched() {
    String[] lines = tip(Push.OFF).split("\n");

    assertEquals(account.address(), lines[0]);
    assertEquals(ActivityText.times(new Activity(account.id(), Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty())), lines[1]);
    assertEquals(2, lines.length);
  }

  @Test
  void howFullTheAccountIsIsALineOfItsOwn() {
    var activity = new Activity(account.id(), Phase.IDLE, "", 0, 0, Optional.empty(), Optional.empty(), Optional.empty())
        .withQuota(Optional.of(new Quota(512_000_000, 2_048_000_000L)));

    String[] lines = ActivityText.tip(account, activity).split("\n");

    assertEquals(account.address(), lines[0]);
    assertTrue(lines[1].contains("512") && lines[1].contains("25"), lines[1]);
  }

  @Test
  void howPushStandsIsALineOfItsOwn() {
    var lines = Arrays.stream(Push.values()).filter(push -> push != Push.OFF).map(push -> tip(push).split("\n")[1]).collect(Collectors.toSet());

    assertEquals(4, lines.size());
    assertEquals(account.address(), tip(Push.ALL_FOLDERS).split("\n")[0]);
  }
}
