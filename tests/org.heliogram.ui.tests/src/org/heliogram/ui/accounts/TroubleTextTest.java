/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleTextTest {
  private static final String PLACE = "imap.example.org";
  private static final Endpoint ENDPOINT = new Endpoint(PLACE, 993, Security.TLS, "ada");

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyTroubleHasASentenceOfItsOwn(Language language) throws Exception {
    Map<String, Throwable> said = new HashMap<>();

    for (Throwable trouble : everyTrouble()) {
      String words = language.speak(Messages.class, () -> TroubleText.of(trouble, PLACE));

      assertFalse(words.isBlank(), trouble::toString);
      Throwable other = said.put(words, trouble);
      assertEquals(null, other, () -> words + " is said for " + trouble + " too");
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void whatIsAboutAServerNamesIt(Language language) throws Exception {
    for (Throwable trouble : everyTrouble()) {
      String words = language.speak(Messages.class, () -> TroubleText.of(trouble, PLACE));

      assertEquals(trouble instanceof MailException, words.contains(PLACE), words);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theTroubleOfAnAccountNamesTheAccountFirstAndBlamesItsServer(Language language) throws Exception {
    var account = new Account(AccountId.create(), "Work", "", "ada@example.org", Protocol.IMAP, ENDPOINT, Optional.empty(),
        AccountOptions.DEFAULT);

    for (Throwable trouble : everyTrouble()) {
      String words = language.speak(Messages.class, () -> TroubleText.of(trouble, account));

      assertTrue(words.startsWith("Work: "), words);
      assertEquals(trouble instanceof MailException, words.contains(PLACE), words);
    }
  }

  @Test
  void everyTypeOfMailExceptionIsTried() {
    Set<Class<?>> tried = everyTrouble().stream().map(Throwable::getClass).collect(Collectors.toSet());

    assertTrue(tried.containsAll(Arrays.asList(MailException.class.getPermittedSubclasses())));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theServersOwnWordsAreQuotedLast(Language language) throws Exception {
    var refused = new MailException.SignInRefused("[ALERT] Call\u0000us <now>", null);

    String words = language.speak(Messages.class, () -> TroubleText.of(refused, PLACE));

    assertTrue(words.matches("(?s).+[\u201c\u201e]\\[ALERT] Call us <now>[\u201c\u201d]"), words);
  }

  @Test
  void aRefusalAfterSignInMeansThatThereIsNoMailbox() throws Exception {
    var refused = new MailException.Refused("no INBOX", "", null);

    String words = Language.ENGLISH.speak(Messages.class, () -> TroubleText.ofTest(refused, ENDPOINT));

    assertTrue(words.startsWith("You are signed in, but imap.example.org, port 993 has no mailbox"), words);
  }

  @Test
  void wrappersAreLookedThrough() {
    var refused = new MailException.SignInRefused("", null);

    assertEquals(TroubleText.of(refused, PLACE), TroubleText.of(new CompletionException(new CompletionException(refused)), PLACE));
    assertEquals(TroubleText.of(new CancellationException(), PLACE), TroubleText.of(new OperationCanceledException(), PLACE));
  }

  private static List<Throwable> everyTrouble() {
    List<Throwable> all = new ArrayList<>();
    for (var reason : MailException.Unreachable.Reason.values()) {
      all.add(new MailException.Unreachable(reason, "", null));
    }
    for (var problem : MailException.CertificateRefused.Problem.values()) {
      all.add(new MailException.CertificateRefused(problem, "", "", null));
    }
    all.add(new MailException.Busy(Optional.empty(), "", null));
    all.add(new MailException.Busy(Optional.of(Duration.ofSeconds(61)), "", null));
    all.add(new MailException.SignInRefused("", null));
    all.add(new MailException.Refused("", "", null));
    all.add(new MailException.Stale(""));
    all.add(new MailException.Renumbered(40, 39));
    all.add(new MailException.Malformed("", null));
    all.add(new StoreException("", null));
    all.add(new StoreException.InUse("Heliogram (process 1)"));
    all.add(new StoreException.ReadOnly("", null));
    all.add(new StoreException.DiskFull("", null));
    all.add(new CredentialException("", null));
    all.add(new CancellationException());
    all.add(new IllegalStateException("anything else"));
    return all;
  }
}
