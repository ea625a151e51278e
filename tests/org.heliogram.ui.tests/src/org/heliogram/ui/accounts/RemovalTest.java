/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.Test;

class RemovalTest {
  @Test
  void imapMailStaysOnTheServer() throws Exception {
    String words = words(Protocol.IMAP, 12_345, 0);

    assertTrue(words.contains("12,345 messages") || words.contains("12.345 messages"), words);
    assertTrue(words.contains("Nothing is deleted on mail.example.org: all your mail stays there."), words);
  }

  @Test
  void pop3MailThatIsOnlyHereIsGone() throws Exception {
    String words = words(Protocol.POP3, 7, 0);

    assertTrue(words.contains("7 messages"), words);
    assertTrue(words.contains("what is not also on mail.example.org will be gone for good"), words);
  }

  @Test
  void theDemoMailboxExistsOnlyHere() throws Exception {
    String words = words(Protocol.DEMO, 40, 0);

    assertTrue(words.contains("It exists only here"), words);
    assertFalse(words.contains("mail.example.org"), words);
  }

  @Test
  void changesThatNoServerHasSeenAreMentioned() throws Exception {
    assertTrue(words(Protocol.IMAP, 1, 3).endsWith("3 changes have not reached mail.example.org yet. They would be lost."));
    assertTrue(words(Protocol.IMAP, 1, 1).endsWith("A change has not reached mail.example.org yet. It would be lost."));
    assertEquals(1, words(Protocol.IMAP, 1, 0).lines().count());
  }

  private static String words(Protocol protocol, int messages, int unsent) throws Exception {
    var account = new Account(AccountId.create(), "Work", "", "ada@example.org", protocol,
        new Endpoint("mail.example.org", 993, Security.TLS, "ada"), Optional.empty(), AccountOptions.DEFAULT);
    return Language.ENGLISH.speak(Messages.class, new Removal(account, messages, unsent)::words);
  }
}
