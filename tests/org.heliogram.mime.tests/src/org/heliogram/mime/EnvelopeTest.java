/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Envelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static String subject(String value) {
    return Mails.envelope("Subject: " + value + "\n\n").subject();
  }

  private static List<Address> from(String value) {
    return Mails.envelope("From: " + value + "\n\n").from();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "plain text | plain text",
      "=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?= | Grüße aus Köln",
      "=?UTF-8?B?R3LDvMOfZQ==?= =?UTF-8?B?IGF1cw==?= | Grüße aus",
      "=?UTF-8?B?w?= =?UTF-8?B?7w=?= | \uFFFD",
      "=?utf-8?Q?=C3?= =?utf-8?Q?=A4?= | ä",
      "=?iso-8859-15?Q?49,90_=A4?= | 49,90 €",
      "=?iso-8859-1?q?a?= b =?iso-8859-1?q?c?= | a b c",
      "=?us-ascii*en?Q?hello?= | hello",
      "=?no-such-charset?Q?caf=E9?= | café",
      "=?utf-7?Q?+ADw-script+AD4-?= | +ADw-script+AD4-",
      "=?utf-8?X?abc?= | =?utf-8?X?abc?=",
      "=?utf-8?Q?unfinished | =?utf-8?Q?unfinished",
      "a=?utf-8?Q?b?=c | abc",
      "=?utf-8?Q?two words_inside?= | two words inside",
      "\"=?utf-8?Q?quoted?=\" | \"quoted\""})
  void encodedWordsAreDecodedWhereverTheyStand(String raw, String shown) {
    assertEquals(shown, subject(raw));
  }

  @Test
  void foldedSubjectIsOneLine() {
    assertEquals("one two three", Mails.envelope("Subject: one\n two\n\tthree\nTo: x\n\n").subject().replace('\t', ' '));
  }

  @Test
  void bytesBeyondAsciiAreGuessed() {
    assertEquals("Räksmörgås", Mails.envelope("Subject: R\u00e4ksm\u00f6rg\u00e5s\n\n").subject());
    assertEquals("Räksmörgås", Mails.envelope("Subject: R\u00c3\u00a4ksm\u00c3\u00b6rg\u00c3\u00a5s\n\n").subject());
  }

  @Test
  void controlAndBidiCharactersLeaveNoTrace() {
    assertEquals("a b c d", subject("a\u0000b\tc=?utf-8?Q?_=0A_d=E2=80=AE?="));
    assertEquals("invoice fdp.exe", subject("=?utf-8?Q?invoice_=E2=80=AEfdp.exe?="));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "jo@example.org | '' | jo@example.org",
      "<jo@example.org> | '' | jo@example.org",
      "Jo Doe <jo@example.org> | Jo Doe | jo@example.org",
      "\"Doe, Jo\" <jo@example.org> | Doe, Jo | jo@example.org",
      "\"Jo \\\"the\\\" Doe\" <jo@example.org> | Jo \"the\" Doe | jo@example.org",
      "jo@example.org (Jo Doe) | Jo Doe | jo@example.org",
      "jo@example.org (Jo (really) Doe) | Jo (really) Doe | jo@example.org",
      "=?utf-8?Q?J=C3=B6rg,_Weiss?= <jo@example.org> | Jörg, Weiss | jo@example.org",
      "\"=?utf-8?Q?J=C3=B6rg?=\" <jo@example.org> | Jörg | jo@example.org",
      "Jo Doe jo@example.org | Jo Doe | jo@example.org",
      "<@relay.example:jo@example.org> | '' | jo@example.org",
      "\"jo doe\"@example.org | '' | \"jo doe\"@example.org",
      "Jo Doe | Jo Doe | ''",
      "mailto:jo@example.org | '' | jo@example.org",
      "'Jo' <jo@example.org> | Jo | jo@example.org",
      "Jo <jo@example.org | Jo | jo@example.org",
      "\"security@bank.example\" <evil@else.example> | security@bank.example | evil@else.example",
      "Jo <a@example.org> <b@example.org> | Jo | a@example.org"})
  void oneAddressOfAnyQuality(String raw, String name, String mailbox) {
    List<Address> found = from(raw);

    assertEquals(1, found.size(), found.toString());
    assertEquals(name, found.get(0).name());
    assertEquals(mailbox, found.get(0).mailbox());
  }

  @Test
  void groupsAreTakenApart() {
    assertEquals(List.of(new Address("A", "a@x.example"), new Address("", "b@x.example"), new Address("", "c@x.example")),
        from("Team: A <a@x.example>, b@x.example;, c@x.example"));
    assertEquals(List.of(), from("undisclosed-recipients:;"));
  }

  @Test
  void severalFromFieldsAreSeveralAuthors() {
    Envelope envelope = Mails.envelope("From: a@x.example\nFrom: b@x.example\n\n");

    assertEquals(List.of("a@x.example", "b@x.example"), envelope.from().stream().map(Address::mailbox).toList());
  }

  @Test
  void namesCannotCarryLineEndsOrTurnedText() {
    Address address = from("=?utf-8?Q?Boss=0A=0D_<boss@x.example>=00=E2=80=AE?= <evil@y.example>").get(0);

    assertEquals("Boss <boss@x.example>", address.name());
    assertEquals("evil@y.example", address.mailbox());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Mon, 16 Nov 2026 09:11:42 +0000 | 2026-11-16T09:11:42Z",
      "16 Nov 2026 09:11 +0100 | 2026-11-16T08:11:00Z",
      "Mon, 16 Nov 26 09:11:42 EST | 2026-11-16T14:11:42Z",
      "Mon, 16 Nov 2026 09:11:42 -0330 (NST) | 2026-11-16T12:41:42Z",
      "Mon Nov 16 09:11:42 2026 | 2026-11-16T09:11:42Z",
      "Mon, 16-Nov-2026 09:11:42 GMT | 2026-11-16T09:11:42Z",
      "Mon, 16 November 2026 09:11:42 Z | 2026-11-16T09:11:42Z",
      "2026-11-16T09:11:42Z | 2026-11-16T09:11:42Z",
      "2026-11-16T09:11:42+02:00 | 2026-11-16T07:11:42Z",
      "Mon, 16 Nov 2026 23:59:60 +0000 | 2026-11-16T23:59:59Z",
      "Wed, 31 Dec 1969 23:59:59 -0000 | 1969-12-31T23:59:59Z",
      "Mon, 16 Nov 2026 09:11:42 +9999 | 2026-11-16T09:11:42Z",
      "32 Foo 2026 | ''", "31 Feb 2026 10:00 +0000 | ''", "16 Nov 2026 25:00:00 +0000 | ''", "tomorrow | ''", "'' | ''",
      "Mon, 16 Nov 99999 09:11:42 +0000 | ''", "16 Nov 0001 09:11:42 +0000 | ''"})
  void datesOfAnyQuality(String raw, String instant) {
    Optional<Instant> date = Mails.envelope("Date: " + raw + "\n\n").date();

    assertEquals(instant.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(instant)), date);
  }

  @Test
  void referencesKeepTheFirstAndTheLastHundred() {
    var field = new StringBuilder("References:");
    for (int i = 0; i < 500; i++) {
      field.append("\n <").append(i).append("@x.example>");
    }

    List<String> references = Mails.envelope(field + "\n\n").references();

    assertEquals(100, references.size());
    assertEquals("<0@x.example>", references.get(0));
    assertEquals("<499@x.example>", references.get(99));
  }

  @Test
  void messageIdsOfAnyQuality() {
    assertEquals("<a@b>", Mails.envelope("Message-ID: <a@b> (added)\n\n").messageIdHeader());
    assertEquals("<a@b>", Mails.envelope("Message-Id: a@b\n\n").messageIdHeader());
    assertEquals("", Mails.envelope("Message-ID: <>\n\n").messageIdHeader());
    assertEquals("<p@q>", Mails.envelope("In-Reply-To: Your message of Monday <p@q>\n\n").inReplyTo());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", ":", "rubbish", "Subject", "Subject:", " continuation\nSubject: x", "\u0000\u0001\u00ff", ": no name\n\n",
      "From: <\n\n", "From: \"\n\n", "From: (\n\n", "From: ,,,;;;::\n\n", "Subject: =?\n\n", "Subject: =????=\n\n", "Date: -\n\n", "Date: :\n\n",
      "Date: +\n\n", "References: <<<>>>\n\n", "To: =?utf-8?B?=?= <=?utf-8?B?\n\n"})
  void rubbishIsAnEnvelopeToo(String header) {
    Envelope envelope = Mails.envelope(header);

    assertTrue(envelope.subject().length() < 20);
  }

  @Test
  void fieldsWithSpacesBeforeTheColonAndLoneLineFeedsCount() {
    Envelope envelope = new Mime4jCodec().envelope("Subject : a\nFROM:b@c.example\n\nTo: not@header.example".getBytes());

    assertEquals("a", envelope.subject());
    assertEquals("b@c.example", envelope.from().get(0).mailbox());
    assertEquals(List.of(), envelope.to());
  }
}
