/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.testing.InMemoryMailStore;
import org.junit.jupiter.api.Test;

class MailNoticesTest {
  private static final AccountId ACCOUNT = new AccountId("a");
  private final List<Notice> shown = new ArrayList<>();

  @Test
  void refusalsOfAMomentAreOneNotice() {
    var notices = new MailNotices(new InMemoryMailStore(), () -> false, shown::add);
    notices.received(refusal("No such folder"));
    notices.received(refusal("Again"));
    notices.received(refusal("And again"));

    notices.tell();
    notices.tell();

    assertEquals(1, shown.size());
    assertTrue(shown.get(0).lines().get(0).text().contains("No such folder"), shown::toString);
    assertTrue(shown.get(0).lines().get(1).text().contains("2"), shown::toString);
  }

  @Test
  void nothingIsSaidOfMailThatIsGoneByThen() {
    var notices = new MailNotices(new InMemoryMailStore(), () -> true, shown::add);
    notices.received(new ServiceEvent.MailArrived(ACCOUNT, List.of(new MessageKey(7))));

    notices.tell();

    assertEquals(List.of(), shown);
  }

  private static ServiceEvent refusal(String why) {
    return new ServiceEvent.OperationRefused(new Operation.Move(ACCOUNT, List.of(new MessageKey(1)), new FolderKey(1)), why);
  }
}
