/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.sync.RetryPolicy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static Decision decide(MailException failure, int attempts) {
    return RetryPolicy.decide(failure, attempts);
  }

  private static Decision.Retry retry(Duration after) {
    return new Decision.Retry(after);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "8,128", "9,256", "10,300", "1000,300"})
  void brokenConnectionsAreTriedAgainEverMoreSlowly(int attempts, long seconds) {
    for (Reason reason : new Reason[] {Reason.BROKEN, Reason.TIMED_OUT, Reason.REFUSED, Reason.HOST_NOT_FOUND}) {
      assertEquals(retry(Duration.ofSeconds(seconds)), decide(new Unreachable(reason, "x", null), attempts));
    }
  }

  @Test
  void whatIsNotOverSoonIsTriedSeldom() {
    assertEquals(retry(Duration.ofMinutes(5)), decide(new Unreachable(Reason.NO_TLS, "x", null), 1));
    assertEquals(retry(Duration.ofMinutes(5)), decide(new Unreachable(Reason.NOT_A_MAIL_SERVER, "x", null), 1));
  }

  @Test
  void aBusyServerSaysHowLong() {
    assertEquals(retry(Duration.ofMinutes(42)), decide(new MailException.Busy(Optional.of(Duration.ofMinutes(42)), "", null), 1));
    assertEquals(retry(Duration.ofSeconds(4)), decide(new MailException.Busy(Optional.empty(), "", null), 3));
  }

  @Test
  void aWrongPasswordIsNeverRepeated() {
    assertEquals(new Decision.AskUser(), decide(new MailException.SignInRefused("no", null), 1));
  }

  @Test
  void aBadCertificateIsTheUsersToJudge() {
    assertEquals(new Decision.AskUser(), decide(new CertificateRefused(CertificateRefused.Problem.EXPIRED, "", "", null), 1));
  }

  @Test
  void aRefusalIsFinal() {
    assertEquals(new Decision.GiveUp(), decide(new MailException.Refused("no", "no", null), 1));
  }

  @Test
  void staleIdsAreLookedUpAtOnceButNotForEver() {
    assertEquals(retry(Duration.ZERO), decide(new MailException.Stale("x"), 3));
    assertEquals(retry(Duration.ofSeconds(8)), decide(new MailException.Stale("x"), 4));
  }

  @Test
  void aServerThatBreaksTheProtocolGetsFiveChances() {
    assertEquals(retry(Duration.ofSeconds(8)), decide(new MailException.Malformed("x", null), 4));
    assertEquals(new Decision.GiveUp(), decide(new MailException.Malformed("x", null), 5));
  }
}
