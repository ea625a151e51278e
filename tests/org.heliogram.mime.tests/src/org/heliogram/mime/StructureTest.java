/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.BodyState;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static List<String> parts(Reading reading) {
    return reading.attachments().stream().map(part -> part.part() + ' ' + part.mediaType() + ' ' + part.fileName()).toList();
  }

  @Test
  void aMessageWithoutMimeIsItsText() {
    Reading reading = Mails.read("Subject: x\n\nhello\nworld\n");

    assertEquals("hello\nworld\n", Mails.text(reading));
    assertEquals(Set.of(), reading.notes());
  }

  @Test
  void alternativesAreOneSectionWithBothTexts() {
    Reading reading = Mails.read("""
        Content-Type: multipart/alternative; boundary="a b"

        preamble
        --a b
        Content-Type: text/plain

        plain
        --a b
        Content-Type: text/html

        <p>rich</p>
        --a b--
        epilogue
        """);

    assertEquals(1, reading.sections().size());
    assertEquals(Optional.of("plain"), reading.sections().get(0).plain());
    assertEquals(Optional.of("<p>rich</p>"), reading.sections().get(0).html());
    assertEquals(List.of(), reading.attachments());
    assertEquals(Set.of(), reading.notes());
  }

  @Test
  void aPictureOfTheHtmlIsInline() {
    Reading reading = Mails.read("""
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html

        <img src="cid:one@x"><img src="cid:two@x">
        --r
        Content-Type: image/png; name=one.png
        Content-ID: <one@x>
        Content-Transfer-Encoding: base64

        iVBORw0KGgoAAAANSUhEUg==
        --r
        Content-Type: image/png; name=two.png
        Content-ID: <two@x>

        this is no picture
        --r--
        """);

    assertEquals(Set.of("one@x"), reading.images().keySet());
    assertTrue(reading.attachments().get(0).inline());
    assertFalse(reading.attachments().get(1).inline());
  }

  @Test
  void attachmentsAreDecodedWhenTheyAreOpened() {
    byte[] data = new byte[100_000];
    new java.util.Random(1).nextBytes(data);
    Reading reading = Mails.read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: application/zip; name=a.zip\n"
        + "Content-Transfer-Encoding: base64\n\n" + new String(Base64.getMimeEncoder().encode(data), StandardCharsets.US_ASCII) + "\n--b--\n");

    Attachment attachment = reading.attachments().get(0);

    assertEquals("2", attachment.part());
    assertEquals(data.length, attachment.sizeInBytes());
    assertArrayEquals(data, Mails.content(attachment));
  }

  @Test
  void aMessageWithinTheMessageIsShownUnderItsHeadingAndListed() {
    Reading reading = Mails.read("""
        Content-Type: multipart/mixed; boundary=b

        --b

        outer
        --b
        Content-Type: message/rfc822

        From: Jo <jo@x.example>
        Subject: Inner: thing
        Content-Type: multipart/mixed; boundary=c

        --c

        inner
        --c
        Content-Type: application/pdf; name=x.pdf

        %PDF
        --c--
        --b--
        """);

    assertEquals(2, reading.sections().size());
    assertEquals("Inner: thing", reading.sections().get(1).heading().orElseThrow().envelope().subject());
    assertEquals(Optional.of("inner"), reading.sections().get(1).plain());
    assertEquals(List.of("2 message/rfc822 Inner_ thing.eml", "2.2 application/pdf x.pdf"), parts(reading));
  }

  private static final String WITHOUT_A_PART = """
      Content-Type: multipart/mixed; boundary=b

      --b

      text
      --b
      Content-Type: application/pdf; name=big.pdf
      Content-Transfer-Encoding: base64
      X-Heliogram-Omitted: 12345678

      --b--
      """;

  @Test
  void partsLeftOnTheServerAreListedWithTheirSize() {
    Reading reading = Mails.read(Mails.body(Mails.bytes(WITHOUT_A_PART), BodyState.PARTIAL));

    Attachment attachment = reading.attachments().get(0);
    assertFalse(attachment.present());
    assertEquals(12_345_678L * 3 / 4 * 76 / 78, attachment.sizeInBytes());
    assertEquals(0, Mails.content(attachment).length);
    assertEquals(Set.of(Note.NOT_DOWNLOADED), reading.notes());
  }

  @Test
  void aSenderCannotHideAPartByOurMark() {
    Reading reading = Mails.read(WITHOUT_A_PART);

    assertTrue(reading.attachments().get(0).present());
    assertEquals(Set.of(), reading.notes());
  }

  @Test
  void textInSeveralPartsIsShownInOrder() {
    Reading reading = Mails.read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: text/html\n\n<p>two</p>\n--b\n\nthree\n--b--\n");

    assertEquals("one\n\ntwo\n\nthree", Mails.text(reading));
  }

  @Test
  void flowedTextIsJoined() {
    Reading reading = Mails.read("Content-Type: text/plain; format=flowed\n\nthis \nflows\n> so \n> does this\nfixed\n-- \nsig \n");

    assertEquals("this flows\n> so does this\nfixed\n-- \nsig ", Mails.text(reading));
  }

  @Test
  void deletedSpacesOfFlowedTextGo() {
    Reading reading = Mails.read("Content-Type: text/plain; format=flowed; delsp=yes\n\nDonau \ndampf\n");

    assertEquals("Donaudampf\n", Mails.text(reading));
  }

  @Test
  void uuencodedPartsAreDecoded() {
    Reading reading = Mails.read("Content-Type: application/x; name=a.bin\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.bin\n#0V%T\n`\nend\n");

    assertEquals("Cat", new String(Mails.content(reading.attachments().get(0)), StandardCharsets.US_ASCII));
  }

  @Test
  void aMissingBoundaryShowsTheTextAsItIs() {
    Reading reading = Mails.read("Content-Type: multipart/mixed; boundary=never\n\n--other\n\nreadable\n--other--\n");

    assertTrue(Mails.text(reading).contains("readable"));
    assertTrue(reading.notes().contains(Note.BROKEN_STRUCTURE));
  }

  @Test
  void aMultipartWithoutBoundaryIsText() {
    Reading reading = Mails.read("Content-Type: multipart/mixed\n\n--x\n\nreadable\n--x--\n");

    assertTrue(Mails.text(reading).contains("readable"));
    assertTrue(reading.notes().contains(Note.BROKEN_STRUCTURE));
  }

  @Test
  void aForgottenSemicolonDoesNotHideTheParts() {
    Reading reading = Mails.read("Content-Type: multipart/mixed\n\tboundary=\"b\"\n\n--b\n\none\n--b--\n");

    assertEquals("one", Mails.text(reading));
  }

  @Test
  void anUnclosedMultipartLosesNothing() {
    Reading reading = Mails.read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: application/pdf; name=x.pdf\n\ncut of");

    assertEquals("one", Mails.text(reading));
    assertEquals("cut of", new String(Mails.content(reading.attachments().get(0)), StandardCharsets.US_ASCII));
  }

  @Test
  void anInnerMultipartIsEndedByTheOuterBoundary() {
    Reading reading = Mails.read("""
        Content-Type: multipart/mixed; boundary=out

        --out
        Content-Type: multipart/mixed; boundary=in

        --in

        inner
        --out

        outer
        --out--
        """);

    assertEquals("inner\n\nouter", Mails.text(reading));
    assertTrue(reading.notes().contains(Note.BROKEN_STRUCTURE));
  }

  @Test
  void aBoundaryThatBeginsAnotherOneIsNotTakenForIt() {
    Reading reading = Mails.read("""
        Content-Type: multipart/mixed; boundary=bound

        --bound
        Content-Type: multipart/mixed; boundary=boundary2

        --boundary2

        deep
        --boundary2--
        --bound

        flat
        --bound--
        """);

    assertEquals("deep\n\nflat", Mails.text(reading));
    assertEquals(Set.of(), reading.notes());
  }

  @Test
  void aHeaderWithoutBlankLineEndsWhereTheTextBegins() {
    Reading reading = Mails.read("Subject: x\nThis is the text already\nand more\n");

    assertEquals("x", reading.envelope().subject());
    assertEquals("This is the text already\nand more\n", Mails.text(reading));
    assertTrue(reading.notes().contains(Note.BROKEN_STRUCTURE));
  }

  @Test
  void noHeaderAtAllIsText() {
    Reading reading = Mails.read("just some words\nand others\n");

    assertEquals("just some words\nand others\n", Mails.text(reading));
  }

  @Test
  void anMboxLineIsNoPartOfTheHeader() {
    assertEquals("x", Mails.read("From jo@x.example Mon Nov 16 09:11:42 2026\nSubject: x\n\ntext").envelope().subject());
  }

  @Test
  void anEmptyMessageHasAnEmptyText() {
    assertEquals("", Mails.text(Mails.read("")));
    assertEquals("", Mails.text(Mails.read("Subject: only a header\n")));
    assertEquals("", Mails.text(Mails.read("Content-Type: multipart/mixed; boundary=b\n")));
  }

  @Test
  void damagedEncodingShowsWhatCanBeRead() {
    Reading reading = Mails.read("Content-Transfer-Encoding: base64\n\naGVs!!bG8g\nd29ybGQ\n");

    assertTrue(Mails.text(reading).startsWith("hello wor"), Mails.text(reading));
  }

  @Test
  void severalFromFieldsAreNoted() {
    assertTrue(Mails.read("From: a@x.example\nFrom: b@x.example\n\nx").notes().contains(Note.SEVERAL_FROM));
  }

  @Test
  void headersAreAllThereDecodedAndRaw() {
    Reading reading = Mails.read("X-One: a\nSubject: =?utf-8?Q?=C3=A4?=\n more\nReceived: x\n\ntext");

    assertEquals(List.of("X-One", "Subject", "Received"), reading.headers().stream().map(HeaderField::name).toList());
    assertEquals("ä more", reading.header("subject").orElseThrow());
    assertEquals("Subject: =?utf-8?Q?=C3=A4?=\r\n more", reading.headers().get(1).raw());
    assertEquals(List.of("Subject"), reading.brief().stream().map(HeaderField::name).toList());
  }

  @Test
  void aCancelledReadingEndsWithWhatIsThere() throws Exception {
    var cancelled = new NullProgressMonitor();
    cancelled.setCanceled(true);
    String text = "Subject: long\n\n" + "line\n".repeat(100_000);

    Reading reading = new MessageReader().read(Mails.body(Mails.bytes(text)), cancelled);

    assertEquals("long", reading.envelope().subject());
    assertTrue(reading.notes().contains(Note.OUT_OF_TIME));
  }

  @Test
  void theListKnowsWhetherThereAreAttachments() throws Exception {
    var codec = new Mime4jCodec();

    assertFalse(codec.summarise(new ByteArrayInputStream(Mails.demo("newsletter"))).attachments());
    assertFalse(codec.summarise(new ByteArrayInputStream(Mails.demo("welcome"))).attachments());
    assertTrue(codec.summarise(new ByteArrayInputStream(Mails.demo("report-pdf"))).attachments());
    assertTrue(codec.summarise(new ByteArrayInputStream(Mails.demo("forwarded"))).attachments());
  }

  @Test
  void aLargeMessageIsNotHeldInMemory() throws Exception {
    byte[] large = Mails.bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/pdf; name=big.pdf\n\n"
        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab\n".repeat(200_000) + "--b\n\nlast\n--b--\n");

    Reading reading = Mails.read(large);

    assertEquals("hello\n\nlast", Mails.text(reading));
    assertEquals(200_000 * 62 - 2, Mails.content(reading.attachments().get(0)).length);
  }
}
