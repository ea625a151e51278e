/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Set;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDraftTest {
  private static final String SHA256 = "0f".repeat(32);

  @ParameterizedTest
  @CsvSource({"IMAP, TLS, 993", "IMAP, STARTTLS, 143", "IMAP, NONE, 143", "POP3, TLS, 995", "POP3, STARTTLS, 110", "POP3, NONE, 110",
      "SUBMISSION, TLS, 465", "SUBMISSION, STARTTLS, 587", "SUBMISSION, NONE, 25"})
  void theUsualPortFollowsTheSecurity(ServerKind kind, Security security, String port) {
    var draft = new ServerDraft(kind);

    draft.security(security);

    assertEquals(port, draft.port());
  }

  @Test
  void anUnusualPortStays() {
    var draft = new ServerDraft(ServerKind.IMAP);
    draft.port("1143");

    draft.security(Security.STARTTLS);

    assertEquals("1143", draft.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "x", "-1", "99 3", "123456"})
  void aPortIsANumberInRange(String port) {
    var draft = new ServerDraft(ServerKind.IMAP);
    draft.host("imap.example.org");
    draft.port(port);

    assertInstanceOf(Check.Wrong.class, draft.checkServer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"imap example.org", "imap://example.org", "ada@example.org"})
  void aHostIsAName(String host) {
    var draft = new ServerDraft(ServerKind.IMAP);
    draft.host(host);

    assertInstanceOf(Check.Wrong.class, draft.checkServer());
  }

  @Test
  void anAcceptedCertificateBelongsToItsHostAlone() {
    var draft = new ServerDraft(ServerKind.IMAP);
    draft.host("imap.example.org");

    draft.accept(SHA256);
    assertEquals(new Trust("", Set.of(SHA256)), draft.endpoint("ada").trust());

    draft.host("imap.example.net");
    assertEquals(Trust.PLATFORM, draft.endpoint("ada").trust());
  }
}
