/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountDraftTest {
  private final AccountDraft draft = new AccountDraft();

  @Test
  void beginsWithAPromptAndNotWithAnError() {
    assertInstanceOf(Check.Missing.class, draft.checkIdentity());
    assertInstanceOf(Check.Missing.class, draft.checkServers());
  }

  @Test
  void theAddressSuggestsServersAndUser() {
    draft.address("ada@example.org");

    assertEquals("imap.example.org", draft.incoming().host());
    assertEquals("993", draft.incoming().port());
    assertEquals("ada@example.org", draft.incoming().user());
    assertEquals("smtp.example.org", draft.submission().server().host());
    assertEquals("465", draft.submission().server().port());
  }

  @Test
  void pop3SuggestsItsOwnHostAndPort() {
    draft.address("ada@example.org");

    draft.protocol(Protocol.POP3);

    assertEquals("pop.example.org", draft.incoming().host());
    assertEquals("995", draft.incoming().port());
  }

  @Test
  void whatTheUserTypedIsNotReplacedBySuggestions() {
    draft.address("ada@example.org");
    draft.incoming().host("mail.example.net");
    draft.incoming().port("1993");
    draft.incoming().user("ada");

    draft.address("ada@example.com");
    draft.protocol(Protocol.POP3);

    assertEquals("mail.example.net", draft.incoming().host());
    assertEquals("1993", draft.incoming().port());
    assertEquals("ada", draft.incoming().user());
    assertEquals("smtp.example.com", draft.submission().server().host());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "ada@"})
  void halfAnAddressIsMissingAndNotWrong(String address) {
    draft.address(address);

    assertInstanceOf(Check.Missing.class, draft.checkIdentity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada lovelace@example.org", "ada@@example.org", "a,b@example.org", "<ada@example.org>"})
  void whatCannotBecomeAnAddressIsWrong(String address) {
    draft.address(address);

    assertInstanceOf(Check.Wrong.class, draft.checkIdentity());
  }

  @Test
  void fieldsAreCheckedInTheirOrder() {
    draft.address("ada@example.org");
    assertEquals(new Check.Missing(Messages.Draft_passwordMissing), draft.checkIdentity());

    draft.password("secret");
    assertEquals(Check.FINE, draft.checkIdentity());
    assertEquals(Check.FINE, draft.checkServers());

    draft.submission().server().port("99999");
    draft.incoming().user("");
    assertEquals(new Check.Missing(Messages.Draft_userMissing), draft.checkServers());

    draft.incoming().user("ada");
    assertInstanceOf(Check.Wrong.class, draft.checkServers());

    draft.submission().wanted(false);
    assertEquals(Check.FINE, draft.checkServers());
  }

  @Test
  void theAccountIsWhatWasFilledIn() {
    draft.personName(" Ada Lovelace ");
    draft.address(" ada@example.org ");
    draft.password("secret");
    draft.incoming().security(Security.STARTTLS);
    AccountId id = AccountId.create();

    Account account = draft.account(id, "Work");

    assertEquals("Ada Lovelace", account.personName());
    assertEquals("ada@example.org", account.address());
    assertEquals(new Endpoint("imap.example.org", 143, Security.STARTTLS, "ada@example.org"), account.incoming());
    assertEquals(Optional.of(new Endpoint("smtp.example.org", 465, Security.TLS, "ada@example.org")), account.submission());
    assertEquals(Optional.of(new Credentials("secret")), draft.submissionCredentials());
  }
}
