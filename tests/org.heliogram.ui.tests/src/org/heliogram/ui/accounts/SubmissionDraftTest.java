/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionDraftTest {
  @ParameterizedTest
  @CsvSource({"ada, SAME", "other, OTHER", "'', NONE"})
  void theSignInIsReadFromTheUserName(String user, SubmissionSignIn expected) {
    var draft = new SubmissionDraft(Optional.of(endpoint(user)), "ada");

    assertEquals(expected, draft.signIn());
    assertEquals(Optional.of(endpoint(user)), draft.endpoint("ada"));
  }

  @Test
  void noneIsWantedWhereThereIsNone() {
    var draft = new SubmissionDraft(Optional.empty(), "ada");

    assertEquals(Check.FINE, draft.check(true));
    assertEquals(Optional.empty(), draft.endpoint("ada"));
    assertEquals(Optional.empty(), draft.credentials("secret"));
  }

  @Test
  void anotherUserNeedsAPasswordUnlessOneIsStored() {
    var draft = new SubmissionDraft(Optional.of(endpoint("other")), "ada");

    assertInstanceOf(Check.Missing.class, draft.check(true));
    assertEquals(Check.FINE, draft.check(false));
  }

  @Test
  void theSecretFollowsTheSignIn() {
    var draft = new SubmissionDraft(Optional.of(endpoint("ada")), "ada");
    draft.password("other secret");

    assertEquals(Optional.of(new Credentials("secret")), draft.credentials("secret"));

    draft.signIn(SubmissionSignIn.OTHER);
    assertEquals(Optional.of(new Credentials("other secret")), draft.credentials("secret"));

    draft.signIn(SubmissionSignIn.NONE);
    assertEquals(Optional.empty(), draft.credentials("secret"));
  }

  private static Endpoint endpoint(String user) {
    return new Endpoint("smtp.example.org", 465, Security.TLS, user);
  }
}
