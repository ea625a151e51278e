/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mechanisms by the examples of their RFCs, and against servers that lie. */
@Timeout(30)
class SaslTest {
  private static final String FIRST_256 = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

  private static Scram sha256() {
    return new Scram("SCRAM-SHA-256", "SHA-256", "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
  }

  private static String said(Sasl sasl, String challenge) throws MailException {
    return text(sasl.answer(challenge.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Test
  void scramSha256SaysWhatRfc7677Says() throws MailException {
    Scram scram = sha256();

    assertEquals("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", text(scram.first().orElseThrow()));
    assertEquals("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", said(scram, FIRST_256));
    assertEquals("", said(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    scram.accepted();
  }

  @Test
  void scramSha1SaysWhatRfc5802Says() throws MailException {
    Scram scram = new Scram("SCRAM-SHA-1", "SHA-1", "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");

    assertEquals("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        said(scram, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"));
    assertEquals("", said(scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    scram.accepted();
  }

  @Test
  void aServerThatDoesNotKnowThePasswordIsNotBelieved() throws MailException {
    Scram wrong = sha256();
    said(wrong, FIRST_256);
    assertThrows(Malformed.class, () -> said(wrong, "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));

    Scram silent = sha256();
    said(silent, FIRST_256);
    assertThrows(Malformed.class, silent::accepted);

    assertThrows(Malformed.class, sha256()::accepted);

    Scram unwilling = sha256();
    said(unwilling, FIRST_256);
    assertEquals("", said(unwilling, "e=invalid-proof"));
    assertThrows(Malformed.class, unwilling::accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i=1", "i=4095", "i=1000001", "i=99999999999", "i=-4096", "i=4096x", "i="})
  void roundsThatAreTooFewOrWouldKeepUsBusyAreRefused(String rounds) {
    assertThrows(Malformed.class, () -> said(sha256(), FIRST_256.replace("i=4096", rounds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
      "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=*,i=4096", "m=new,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"})
  void aFirstMessageThatCannotBeRightIsRefused(String message) {
    assertThrows(Malformed.class, () -> said(sha256(), message));
  }

  @Test
  void everyAttemptHasANonceOfItsOwn() {
    var one = new Scram("SCRAM-SHA-1", "SHA-1", "a=b,c", "x");
    var two = new Scram("SCRAM-SHA-1", "SHA-1", "a=b,c", "x");

    String first = text(one.first().orElseThrow());
    assertTrue(first.startsWith("n,,n=a=3Db=2Cc,r=") && first.length() > 40, first);
    assertTrue(!first.equals(text(two.first().orElseThrow())));
  }

  @ParameterizedTest
  @CsvSource({"I\u00adX, IX", "user, user", "USER, USER", "\u00aa, a", "\u2168, IX", "a\u00a0b, a b", "a\u0308, \u00e4", "\u00e4, \u00e4"})
  void whatLooksEqualIsEqual(String text, String prepared) {
    assertEquals(prepared, SaslPrep.prepared(text)); // The examples of RFC 4013 first.
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 EXTERNAL | | SCRAM-SHA-256",
      "plain login cram-md5 scram-sha-1 external | | SCRAM-SHA-1",
      "EXTERNAL CRAM-MD5 LOGIN PLAIN | | PLAIN",
      "EXTERNAL CRAM-MD5 LOGIN | | LOGIN",
      "EXTERNAL CRAM-MD5 | | CRAM-MD5",
      "EXTERNAL | | EXTERNAL",
      "PLAIN EXTERNAL | EXTERNAL | EXTERNAL",
      "PLAIN SCRAM-SHA-256 | plain | PLAIN",
      "PLAIN | SCRAM-SHA-256 | -",
      "XOAUTH2 NTLM SCRAM-SHA-256-PLUS | | -"})
  void theStrongestIsChosenUnlessOneIsPinned(String offered, String pinned, String chosen) {
    var found = Sasl.choose(Set.of(offered.split(" ")), Optional.ofNullable(pinned), "user", "pw");

    assertEquals(chosen, found.map(Sasl::name).orElse("-"));
  }

  @Test
  void cramMd5SaysWhatRfc2195Says() throws MailException {
    Sasl cram = Sasl.choose(Set.of("CRAM-MD5"), Optional.empty(), "tim", "tanstaaftanstaaf").orElseThrow();

    assertEquals("tim b913a602c7eda7a495b4e6e7334d3890", said(cram, "<1896.697170952@postoffice.reston.mci.net>"));
  }

  @Test
  void anEmptyPasswordIsOneToo() throws MailException {
    Sasl cram = Sasl.choose(Set.of("CRAM-MD5"), Optional.empty(), "tim", "").orElseThrow();

    assertEquals("tim 4d94e0c2ba4cb1a50ee3b2b0ae4cc60f".length(), said(cram, "x").length());
  }
}
