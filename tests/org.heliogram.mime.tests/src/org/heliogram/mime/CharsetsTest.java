/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {
  private static String roundTrip(String text, String encodedIn, String named) {
    return Charsets.decode(text.getBytes(Charset.forName(encodedIn)), named).text();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"ISO-8859-1 | ISO-8859-1 | Grüße", "windows-1252 | ISO-8859-1 | „Grüße“ – 5 €", "ISO-8859-15 | iso-8859-15 | 5 €",
      "ISO-8859-2 | iso-8859-2 | Zieliński", "KOI8-R | koi8-r | Привет", "windows-1251 | cp1251 | Привет", "GB18030 | gb2313 | 你好",
      "GBK | gb2312 | 你好", "Big5 | big5 | 你好", "Shift_JIS | shift-jis | こんにちは", "EUC-JP | euc-jp | こんにちは", "ISO-2022-JP | iso-2022-jp | こんにちは",
      "EUC-KR | ks_c_5601-1987 | 안녕하세요", "ISO-2022-KR | iso-2022-kr | 안녕하세요", "windows-1256 | windows-1256 | مرحبا", "ISO-8859-8 | iso-8859-8 | שלום",
      "UTF-16BE | utf-16be | hello", "UTF-8 | \"utf-8\" | Grüße"})
  void namedCharsetsAreUsed(String encodedIn, String named, String text) {
    assertEquals(text, roundTrip(text, encodedIn, named.replace("\"", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-such-charset", "x-unknown", "utf-7", "illegal name!", "us-ascii", "\u0000", "8bit"})
  void unknownCharsetsAreGuessed(String name) {
    Charsets.Decoded utf8 = Charsets.decode("Grüße".getBytes(StandardCharsets.UTF_8), name);
    Charsets.Decoded western = Charsets.decode("Grüße aus Köln".getBytes(StandardCharsets.ISO_8859_1), name);

    assertEquals("Grüße", utf8.text());
    assertEquals("Grüße aus Köln", western.text());
    assertTrue(utf8.guessed() && western.guessed());
  }

  @Test
  void alphabetsAreToldByTheirBytes() {
    String russian = "Отчёт за третий квартал готов. Посмотрите, пожалуйста, до пятницы и ответьте мне.";

    assertEquals(russian, Charsets.guess(russian.getBytes(Charset.forName("KOI8-R"))));
    assertEquals(russian, Charsets.guess(russian.getBytes(Charset.forName("windows-1251"))));
  }

  @Test
  void textThatIsNotInItsCharsetIsStillShown() {
    Charsets.Decoded decoded = Charsets.decode("Grüße".getBytes(StandardCharsets.UTF_8), "iso-2022-jp");

    assertEquals("Grüße", decoded.text());
    assertTrue(decoded.guessed());
    assertEquals("ab\uFFFDc", Charsets.decode(new byte[] {'a', 'b', (byte) 0xFF, 'c'}, "utf-8").text());
  }

  @Test
  void utf7IsNeverDecoded() {
    assertEquals("+ADw-script+AD4-", Charsets.decode(Mails.bytes("+ADw-script+AD4-"), "utf-7").text());
    assertEquals(Optional.empty(), Charsets.find("UTF-7"));
  }

  @Test
  void nulAndOtherControlsAreShown() {
    assertEquals("a\uFFFDb\tc\nd", Characters.cleanLines("a\u0000b\tc\r\nd"));
    assertEquals("a\nb", Characters.cleanLines("a\rb"));
  }

  @Test
  void emojiWithJoinersStayWhole() {
    assertEquals("\uD83D\uDC69\u200D\uD83D\uDCBB ok", Characters.clean("\uD83D\uDC69\u200D\uD83D\uDCBB  ok"));
    assertEquals("\uFFFD", Characters.clean("\uD83D"));
  }
}
