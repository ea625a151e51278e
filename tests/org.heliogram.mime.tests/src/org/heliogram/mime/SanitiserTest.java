/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SanitiserTest {
  private static final byte[] PNG = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  static List<String> payloads() throws IOException {
    try (InputStream in = SanitiserTest.class.getResourceAsStream("payloads.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void nothingDangerousIsLeft(String payload) {
    SafetyCheck.check(payload);
  }

  @Test
  void thePayloadListIsNotForgotten() throws IOException {
    assertTrue(payloads().size() >= 100, "payloads: " + payloads().size());
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void nothingDangerousIsLeftInContext(String payload) {
    SafetyCheck.check("<table><tr><td>" + payload + "</table>");
    SafetyCheck.check("<p title='" + payload.replace("'", "&#39;") + "'>x");
    SafetyCheck.check("<style>" + payload);
    SafetyCheck.check("<div style=\"" + payload.replace("\"", "&quot;") + "\">x");
    SafetyCheck.check("<svg>" + payload + "<math>" + payload);
    SafetyCheck.check("<a href=\"" + payload.replace("\"", "&quot;") + "\">x");
  }

  @Test
  void ordinaryMailKeepsItsLook() {
    Sanitiser.Safe safe = SafetyCheck.sanitise("""
        <style>.card > h2, body { color: #9a4b00; font-family: "Open Sans", Arial } a:hover { text-decoration: none }</style>
        <table width="100%" bgcolor="#ffeedd" cellpadding="4"><tr><td align="center" style="padding: 4px 8px; border: 1px solid rgb(1, 2, 3)">
        <h2 class="card">Title</h2><ul><li>one<li>two</ul></td></tr></table>""");

    assertTrue(safe.style().contains(".s .card > h2,.s{color:#9a4b00;font-family:\"Open Sans\", Arial}"), safe.style());
    assertTrue(safe.style().contains(".s a:hover{text-decoration:none}"), safe.style());
    assertTrue(safe.markup().contains("<table width=\"100%\" bgcolor=\"#ffeedd\" cellpadding=\"4\">"), safe.markup());
    assertTrue(safe.markup().contains("style=\"padding:4px 8px;border:1px solid rgb(1, 2, 3)\""), safe.markup());
    assertTrue(safe.markup().contains("<li>two</li>"), safe.markup());
  }

  @Test
  void linksShowWhereTheyLead() {
    Sanitiser.Safe safe = SafetyCheck.sanitise("<a href='https://evil.example/x' title='https://bank.example/'>https://bank.example/</a>");

    assertEquals("<a href=\"https://evil.example/x\" title=\"https://evil.example/x\" rel=\"noopener noreferrer\">https://bank.example/</a>", safe.markup());
  }

  @Test
  void mailLinksStay() {
    assertTrue(SafetyCheck.sanitise("<a href='mailto:jo@x.example?subject=hi'>jo</a>").markup().contains("href=\"mailto:jo@x.example?subject=hi\""));
  }

  @Test
  void picturesOfTheMessageAreShown() {
    var sanitiser = new Sanitiser(Map.of("a@b", new Reading.InlineImage("image/png", PNG)), false);

    String markup = sanitiser.sanitise("<img src='cid:a@b' width=10><img src=\"CID:a%40b\">", ".s").markup();

    String expected = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
    assertEquals("<img width=\"10\" src=\"" + expected + "\"><img src=\"" + expected + "\">", markup);
    assertEquals(0, sanitiser.remote());
  }

  @Test
  void picturesInDataUrlsAreShownIfTheyArePictures() {
    String data = Base64.getEncoder().encodeToString(PNG);

    assertTrue(SafetyCheck.sanitise("<img src='data:image/gif;base64," + data + "'>").markup().contains("data:image/png;base64," + data));
    assertFalse(SafetyCheck.sanitise("<img alt=x src='data:image/png;base64,PHN2Zz4='>").markup().contains("data:"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "<img src=https://x.example/a.png> | 1", "<img src=//x.example/a.png><img src=http://x.example/b.png> | 2",
      "<img srcset='https://x.example/a.png 2x'> | 1", "<table background=https://x.example/a.png><tr><td>x</table> | 1",
      "<link rel=stylesheet href=https://x.example/s.css> | 1", "<style>@import 'https://x.example/s.css'</style> | 1",
      "<p style='background:url(https://x.example/a.png)'>x | 1", "<p>nothing remote, <a href=https://x.example/>only a link</a> | 0",
      "<img src=cid:x> | 0", "<img src=data:image/png;base64,AAAA> | 0"})
  void remoteContentIsCounted(String html, int count) {
    var sanitiser = new Sanitiser(Map.of(), false);

    sanitiser.sanitise(html, ".s");

    assertEquals(count, sanitiser.remote());
  }

  @Test
  void aRemotePictureLeavesItsDescriptionATrackerNothing() {
    String markup = SafetyCheck.sanitise("<img src=https://x.example/a.png alt='A chart' width=400><img src=https://x.example/t.gif width=1 height=1>").markup();

    assertEquals("<span class=\"hg-picture\" style=\"max-width:400px\">A chart</span>", markup);
  }

  @Test
  void darkPagesTurnColoursAndLeavePicturesAlone() {
    var sanitiser = new Sanitiser(Map.of("a", new Reading.InlineImage("image/png", PNG)), true);

    String markup = sanitiser.sanitise("<p style='color:#000000;background:#ffffff'>x</p><td bgcolor=white><img src=cid:a>", ".s").markup();

    assertTrue(markup.startsWith("<p style=\"color:#e6e6e6;background-color:#212121\">"), markup);
    assertTrue(markup.contains(Base64.getEncoder().encodeToString(PNG)), markup);
    assertFalse(markup.contains("filter"), markup);
  }

  @ParameterizedTest
  @CsvSource({"#000000,#e6e6e6", "#fff,#212121", "white,#212121", "'rgb(255,0,0)',#ff0808", "inherit,inherit", "#808080,#838383"})
  void darkCounterpartsOfColours(String light, String dark) {
    assertEquals(dark, Shade.dark(light));
  }

  @Test
  void aPageForbidsEverythingOnceMore() {
    Page page = SafeHtml.page(Mails.read("Content-Type: text/html\n\n<p>x<script>alert(1)</script><img src=https://x.example/a.png>"), Look.LIGHT);

    assertTrue(page.html().contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
    assertFalse(page.html().contains("script"), page.html());
    assertFalse(page.html().contains("x.example"), page.html());
    assertEquals(1, page.remote());
  }

  @Test
  void oneSectionCannotStyleAnother() {
    Page page = SafeHtml.page(Mails.read("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<style>p{color:red}</style><p>one"
        + "\n--b\nContent-Type: text/html\n\n<style>.hg-s0{display:none} * {color:blue}</style><p>two\n--b--\n"), Look.LIGHT);

    assertTrue(page.html().contains(".hg-s0 p{color:red}"), page.html());
    assertTrue(page.html().contains(".hg-s1 .hg-s0{display:none}"), page.html());
    assertTrue(page.html().contains(".hg-s1 *{color:blue}"), page.html());
  }
}
