/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.junit.jupiter.api.Test;

class ImapProbeTest {
  private final FakeMailService service = new FakeMailService();

  @Test
  void onlyTheHostAndItsSiblingAreAskedAndOnlyWithEncryption() {
    List<Endpoint> candidates = ImapProbe.candidates(new Endpoint("pop3.example.org", 110, Security.NONE, "ada"));

    assertEquals(List.of(new Endpoint("imap.example.org", 993, Security.TLS, "ada"), new Endpoint("imap.example.org", 143, Security.STARTTLS, "ada"),
        new Endpoint("pop3.example.org", 993, Security.TLS, "ada"), new Endpoint("pop3.example.org", 143, Security.STARTTLS, "ada")), candidates);
  }

  @Test
  void aCertificateAcceptedForOneHostIsNotAcceptedForAnother() {
    var trust = new Trust("anchors", Set.of("ab".repeat(32)));

    List<Endpoint> candidates = ImapProbe.candidates(new Endpoint("pop.example.org", 995, Security.TLS, "ada", trust));

    assertEquals(new Trust("anchors", Set.of()), candidates.get(0).trust());
    assertEquals(trust, candidates.get(2).trust());
    assertEquals(2, ImapProbe.candidates(new Endpoint("mail.example.org", 995, Security.TLS, "ada")).size());
  }

  @Test
  void theFirstThatLetsTheUserInIsFound() {
    service.answering = account -> account.incoming().port() == 143;

    Optional<Endpoint> found = new ImapProbe(service).find(account(), new Credentials("secret"), new NullProgressMonitor());

    assertEquals(Optional.of(new Endpoint("imap.example.org", 143, Security.STARTTLS, "ada")), found);
  }

  @Test
  void whenTimeIsUpOrTheUserCancelsNobodyIsAsked() {
    IProgressMonitor cancelled = new NullProgressMonitor();
    cancelled.setCanceled(true);

    assertEquals(Optional.empty(), new ImapProbe(service).find(account(), new Credentials("secret"), cancelled));
    assertEquals(Optional.empty(),
        new ImapProbe(service, Duration.ofNanos(-1)).find(account(), new Credentials("secret"), new NullProgressMonitor()));

    assertTrue(service.tried.isEmpty(), service.tried::toString);
  }

  private static Account account() {
    return new Account(AccountId.create(), "Work", "", "ada@example.org", Protocol.POP3, new Endpoint("pop.example.org", 995, Security.TLS, "ada"),
        Optional.empty(), AccountOptions.DEFAULT);
  }
}
