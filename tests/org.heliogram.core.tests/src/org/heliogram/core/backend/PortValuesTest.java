/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.op.Operation;
import org.junit.jupiter.api.Test;

class PortValuesTest {
  @Test
  void whatAServerSaysIsCleanedAndCut() {
    assertEquals("no really no", new MailException.Refused("x", "  no\r\n\u0000really\u202eno ", null).serverText());
    assertEquals(500, new MailException.Refused("x", "y".repeat(10_000), null).serverText().length());
    assertEquals("", new MailException.SignInRefused(null, null).serverText());
  }

  @Test
  void messagesOfExceptionsHoldNothingOfTheServers() {
    assertFalse(new MailException.Busy(Optional.of(Duration.ZERO), "secret", null).getMessage().contains("secret"));
    assertFalse(new MailException.SignInRefused("secret", null).getMessage().contains("secret"));
    assertFalse(new Credentials("secret").toString().contains("secret"));
  }

  @Test
  void anOperationNamesMessages() {
    assertThrows(IllegalArgumentException.class, () -> new Operation.Delete(AccountId.create(), List.of()));
    var folder = new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.MIRRORED, true);
    assertThrows(IllegalArgumentException.class,
        () -> new RemoteOperation.Store(folder, new SyncCursor("1"), List.of(), FlagChange.set(Flag.SEEN)));
  }

  @Test
  void aRenumberedFolderIsListedCompletely() {
    assertThrows(IllegalArgumentException.class, () -> new News(new SyncCursor("1"), false, true, List.of(), List.of()));
  }

  @Test
  void idsAndCursorsAreBounded() {
    assertEquals("4294967295", RemoteId.of(4_294_967_295L).value());
    assertThrows(IllegalArgumentException.class, () -> new RemoteId(""));
    assertThrows(IllegalArgumentException.class, () -> new RemoteId("x".repeat(256)));
    assertThrows(IllegalArgumentException.class, () -> new SyncCursor("x".repeat(1_001)));
    assertThrows(IllegalArgumentException.class, () -> new RemoteFolder("", FolderPath.of("a"), FolderRole.NONE, Keeping.LOCAL, true));
  }
}
