/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.Purpose;
import org.junit.jupiter.api.Test;

class ServerTestTest {
  private static final List<Purpose> BOTH = List.of(Purpose.INCOMING, Purpose.SUBMISSION);
  private final FakeMailService service = new FakeMailService();
  private final ServerTest test = new ServerTest(service, purpose -> Optional.of(new Credentials("secret of " + purpose)));

  @Test
  void eachServerIsTriedWithItsOwnSecretWhateverBecameOfTheOther() {
    service.refusals.put(Purpose.INCOMING, new MailException.SignInRefused("", null));

    Map<Purpose, Verdict> verdicts = test.run(account(Optional.of("ada")), BOTH, new NullProgressMonitor());

    assertEquals(List.of("INCOMING secret of INCOMING", "SUBMISSION secret of SUBMISSION"), service.tried);
    assertInstanceOf(Verdict.Failed.class, verdicts.get(Purpose.INCOMING));
    assertInstanceOf(Verdict.Passed.class, verdicts.get(Purpose.SUBMISSION));
  }

  @Test
  void anAccountWithoutSubmissionHasNoVerdictOnIt() {
    Map<Purpose, Verdict> verdicts = test.run(account(Optional.empty()), BOTH, new NullProgressMonitor());

    assertEquals(Set.of(Purpose.INCOMING), verdicts.keySet());
  }

  @Test
  void withoutSignInNoSecretIsGivenAway() {
    test.run(account(Optional.of("")), List.of(Purpose.SUBMISSION), new NullProgressMonitor());

    assertEquals(List.of("SUBMISSION "), service.tried);
  }

  @Test
  void onlyACertificateThatWasSeenCanBeShown() {
    var unseen = new MailException.CertificateRefused(MailException.CertificateRefused.Problem.OTHER, "", "", null);
    var seen = new MailException.CertificateRefused(MailException.CertificateRefused.Problem.EXPIRED, "ab".repeat(32), "CN=x", null);

    service.refusals.put(Purpose.INCOMING, unseen);
    service.refusals.put(Purpose.SUBMISSION, seen);
    Map<Purpose, Verdict> verdicts = test.run(account(Optional.of("ada")), BOTH, new NullProgressMonitor());

    assertEquals(Optional.empty(), ((Verdict.Failed) verdicts.get(Purpose.INCOMING)).certificate());
    assertEquals(Optional.of(seen), ((Verdict.Failed) verdicts.get(Purpose.SUBMISSION)).certificate());
  }

  @Test
  void whoCancelsIsNotSignedIn() {
    var monitor = new NullProgressMonitor();
    monitor.setCanceled(true);

    Map<Purpose, Verdict> verdicts = test.run(account(Optional.of("ada")), BOTH, monitor);

    assertEquals(List.of(), service.tried);
    assertEquals(new Verdict.Failed(Messages.Trouble_cancelled, Optional.empty()), verdicts.get(Purpose.INCOMING));
  }

  private static Account account(Optional<String> submissionUser) {
    return new Account(AccountId.create(), "Work", "", "ada@example.org", Protocol.IMAP,
        new Endpoint("imap.example.org", 993, Security.TLS, "ada"),
        submissionUser.map(user -> new Endpoint("smtp.example.org", 465, Security.TLS, user)), AccountOptions.DEFAULT);
  }
}
