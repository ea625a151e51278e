/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  private static String nameOf(String fields) {
    Reading reading = Mails.read("Content-Type: multipart/mixed; boundary=b\n\n--b\n" + fields + "\n\nx\n--b--\n");
    return reading.attachments().get(0).fileName();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"report.pdf | report.pdf", "../../../etc/passwd | passwd", "..\\..\\x.bat | x.bat", "C:\\a\\b.txt | b.txt",
      "/ | other", "'' | other", ". | other", ".. | other", "... | other", "con | _con", "CON.txt | _CON.txt", "aux.c | _aux.c", "com1 | _com1",
      "console.txt | console.txt", ".bashrc | _.bashrc", "a. | a", "a .txt | a .txt", "trailing.txt. . | trailing.txt",
      "a:b?c*d.txt | a_b_c_d.txt", "Grüße ☀.png | Grüße ☀.png"})
  void namesBecomeSafe(String given, String safe) {
    assertEquals(safe, FileNames.safe(given, "other"));
  }

  @Test
  void controlAndBidiCharactersAreDropped() {
    assertEquals("invoice_fdp.exe", FileNames.safe("invoice_\u202Efdp.exe", "other"));
    assertEquals("a b.txt", FileNames.safe("a\r\nb.txt", "other"));
    assertEquals("a_b_c_d_e", FileNames.safe("a\"b<c>d|e", "other"));
    assertEquals("ab", FileNames.safe("a\u200Bb\uFEFF", "other"));
    assertEquals("a b", FileNames.safe("a\u0000b", "other"));
  }

  @Test
  void longNamesKeepTheirExtension() {
    String name = FileNames.safe("ä".repeat(5000) + ".pdf", "other");

    assertTrue(name.endsWith(".pdf"));
    assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 200);
  }

  @Test
  void theDispositionNamesTheFileBeforeTheType() {
    assertEquals("b.txt", nameOf("Content-Type: application/pdf; name=a.txt\nContent-Disposition: attachment; filename=b.txt"));
    assertEquals("a.txt", nameOf("Content-Type: application/pdf; name=\"a.txt\"\nContent-Disposition: attachment"));
    assertEquals("ä.txt", nameOf("Content-Disposition: attachment; filename=plain.txt; filename*=utf-8''%C3%A4.txt"));
    assertEquals("part-1.pdf", nameOf("Content-Type: application/pdf"));
  }

  @Test
  void twoNamesAreNoted() {
    Reading reading = Mails.read("Content-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment; filename=\"b.exe\"\n\nx");

    assertTrue(reading.notes().contains(Note.TWO_NAMES));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
      "filename*0*=utf-8''Entw%C3%BCr; filename*1=fe.txt | Entwürfe.txt",
      "filename*1=b.txt; filename*0=a | ab.txt",
      "filename*=iso-8859-15''%A4.txt | €.txt",
      "filename*=''plain.txt | plain.txt",
      "filename*=broken%ZZ.txt | broken%ZZ.txt",
      "filename=\"=?utf-8?Q?=C3=BC.txt?=\" | ü.txt",
      "filename==?utf-8?B?w7wudHh0?= | ü.txt",
      "filename=no quotes at all.txt | no quotes at all.txt",
      "filename=\"semi;colon.txt\" | semi;colon.txt",
      "filename=\"quo\\\"te.txt\" | quo_te.txt",
      "filename=\"unclosed.txt | unclosed.txt",
      "filename*=utf-8''a%0D%0AX-Evil:1.txt | a X-Evil_1.txt",
      "filename*=utf-8''..%2F..%2Fetc%2Fpasswd | passwd",
      "FILENAME=UPPER.TXT | UPPER.TXT"})
  void parametersOfAnyQuality(String parameters, String name) {
    assertEquals(name, nameOf("Content-Disposition: attachment; " + parameters));
  }

  @Test
  void anyNameStaysWithinItsFolder() {
    var random = new Random(20261123);
    Path folder = Path.of("/tmp/chosen");
    String pieces = "/\\.:\u0000\u202E \n\tabcCON~%$\u00e4\uD83D\uDE00\uFFFF";

    for (int i = 0; i < 20_000; i++) {
      var name = new StringBuilder();
      for (int n = random.nextInt(300); n > 0; n--) {
        name.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      String safe = FileNames.safe(name.toString(), "other");
      String seen = "seed 20261123, name " + i;
      assertFalse(safe.isBlank() || safe.contains("/") || safe.contains("\\") || safe.startsWith("."), seen);
      assertEquals(folder, folder.resolve(safe).normalize().getParent(), seen);
      assertTrue(safe.getBytes(StandardCharsets.UTF_8).length <= 201, seen);
    }
  }
}
