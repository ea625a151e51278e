/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextPageTest {
  private static String page(String text) {
    return TextPage.of(text, false);
  }

  @Test
  void textIsEscaped() {
    assertEquals("<div class=\"hg-text\">&lt;b&gt; &amp; &quot;x&quot;</div>", page("<b> & \"x\""));
  }

  @ParameterizedTest
  @MethodSource("org.heliogram.mime.SanitiserTest#payloads")
  void textNeverBecomesMarkup(String payload) {
    String page = page(payload);

    SafetyCheck.markup(page, payload);
    assertEquals(payload, Jsoup.parse(page).wholeText().strip());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "see https://x.example/a?b=c&d. | https://x.example/a?b=c&d",
      "(https://x.example/a) | https://x.example/a",
      "https://x.example/a_(b) | https://x.example/a_(b)",
      "<https://x.example/a> | https://x.example/a",
      "www.x.example, | http://www.x.example",
      "HTTP://X.example/ | HTTP://X.example/",
      "mail jo.doe+tag@x.example. | mailto:jo.doe+tag@x.example",
      "<jo@x.example> | mailto:jo@x.example"})
  void addressesAreLinked(String text, String target) {
    assertEquals(target, Jsoup.parse(page(text)).select("a").attr("href"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"http:// | x", "https:// x | x", "javascript:alert(1) | x", "a@b | x", "@x.example | x", "a@.example | x", "xhttp://y | x"})
  void otherTextIsNot(String text, String unused) {
    assertEquals(0, Jsoup.parse(page(text)).select("a").size(), unused);
  }

  @Test
  void quotesNestByDepth() {
    assertEquals("<div class=\"hg-text\">hi\n<blockquote class=\"hg-q hg-q1\">one\none<blockquote class=\"hg-q hg-q2\">two</blockquote></blockquote>me</div>"
        .replace("hi\n<", "hi<"), page("hi\n> one\n> one\n>> two\nme"));
  }

  @Test
  void signaturesAreDimmed() {
    assertTrue(page("text\n-- \nJo\n").contains("<div class=\"hg-sig\">-- \nJo"));
  }

  @Test
  void diffsAreColouredAndKeepTheirColumns() throws Exception {
    String html = SafeHtml.page(Mails.read(Mails.demo("patch-1")), Look.LIGHT).html();

    assertTrue(html.contains("hg-code"));
    assertTrue(html.contains("<div class=\"hg-removed\">-\tExpiryQueue(Duration lifetime) {</div>"), html);
    assertTrue(html.contains("<div class=\"hg-added\">+\tExpiryQueue(Duration lifetime, InstantSource clock) {</div>"), html);
    assertTrue(html.contains("class=\"hg-hunk\""));
  }

  @Test
  void stackTracesAreCode() throws Exception {
    assertTrue(SafeHtml.page(Mails.read(Mails.demo("flaky-1")), Look.LIGHT).html().contains("hg-code\">"));
    assertFalse(SafeHtml.page(Mails.read(Mails.demo("minutes")), Look.LIGHT).html().contains("hg-code\">"));
  }

  @Test
  void htmlBecomesReadableText() {
    String text = HtmlText.of("<style>x</style><h1>Title</h1><p>One <b>two</b><br>three</p><ul><li>a<li>b</ul><blockquote><p>said</p></blockquote>"
        + "<table><tr><td>1<td>2<tr><td>3<td>4</table><a href='https://x.example/'>here</a> <a href='javascript:1'>not</a><pre>a\n  b</pre>");

    assertEquals("""
        Title

        One two
        three

        * a
        * b

        > said

        1\t2
        3\t4

        here <https://x.example/> not

        a
          b
        """, text);
  }

  @Test
  void theLookIsTheCallers() {
    String html = SafeHtml.page(Mails.read("\nx"), new Look("#101112", "#eeeeee", "#aabbcc", true)).html();

    assertTrue(html.contains("background:#101112") && html.contains("color:#eeeeee") && html.contains("a{color:#aabbcc}"), html);
  }
}
