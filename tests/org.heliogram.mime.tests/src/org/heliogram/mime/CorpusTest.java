/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attacks and mails collected by others, where they are: {@code -Dheliogram.corpora=FOLDER} with dompurify, httpleaks, mail-parser. */
class CorpusTest {
  private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static Path corpus(String name) {
    Path folder = Path.of(System.getProperty("heliogram.corpora", "corpora")).resolve(name);
    assumeTrue(Files.isDirectory(folder), "corpus " + name + " is not here: set -Dheliogram.corpora=FOLDER");
    return folder;
  }

  @Test
  void domPurifyPayloadsLeaveNothingDangerous() throws IOException {
    Matcher payloads = PAYLOAD.matcher(Files.readString(corpus("dompurify").resolve("expect.json")));

    int count = 0;
    while (payloads.find()) {
      SafetyCheck.check(unescaped(payloads.group(1)));
      count++;
    }

    assertTrue(count > 200, "payloads: " + count);
  }

  private static String unescaped(String json) {
    var text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = json.charAt(++i);
      switch (c) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  @Test
  void noWayToCallHomeIsLeft() throws IOException {
    String leaks = Files.readString(corpus("httpleaks").resolve("leak.html"));

    Sanitiser.Safe safe = SafetyCheck.sanitise(leaks);
    Page page = SafeHtml.page(Mails.read(("Content-Type: text/html; charset=utf-8\n\n" + leaks).getBytes(StandardCharsets.UTF_8)), Look.LIGHT);

    SafetyCheck.check(leaks);
    String withoutLinks = page.html().replaceAll("<a [^>]*>", "").replaceAll(">[^<]*<", "><");
    assertFalse(withoutLinks.contains("leaking.via") || safe.style().contains("leaking.via"), withoutLinks);
    assertTrue(page.remote() > 50, "counted: " + page.remote());
  }

  @Test
  void everyMailIsReadWithItsText() throws IOException {
    Path folder = corpus("mail-parser");
    List<Path> mails = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".eml")).forEach(mails::add);
    }

    List<String> empty = new ArrayList<>();
    for (Path mail : mails) {
      Reading reading = Mails.read(Files.readAllBytes(mail));
      SafetyCheck.markup(SafeHtml.page(reading, Look.LIGHT).html().replaceAll("(?s)^.*</head>", "<html>"), mail.toString());
      if (SafeHtml.plainText(reading).isBlank() && reading.attachments().isEmpty()) {
        empty.add(mail.getParent().getFileName() + "/" + mail.getFileName());
      }
    }

    assertTrue(mails.size() > 50, "mails: " + mails.size());
    // four boundaries with nothing between them: there is nothing to show
    assertEquals(List.of("malformed/000.eml"), empty);
  }
}
