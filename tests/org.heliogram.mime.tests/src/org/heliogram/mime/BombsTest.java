/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Families of mails made to exhaust a reader, each at full size: read, shown and summed up within two seconds of processor time. */
class BombsTest {
  private static final Duration CPU = Duration.ofSeconds(2);
  private static final long MEGABYTE = 1 << 20;

  /** @param memory the most that may be in use at once beyond the mail itself, in megabytes */
  record Bomb(String name, byte[] content, int memory) {
    Bomb(String name, String content) {
      this(name, Mails.bytes(content), 256);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String html(String markup) {
    return "Content-Type: text/html; charset=utf-8\n\n" + markup;
  }

  private static String repeat(int count, IntFunction<String> text) {
    var all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(text.apply(i));
    }
    return all.toString();
  }

  private static String nested(int depth) {
    return "Subject: nested\n" + repeat(depth, i -> "Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n") + "\ndeep\n"
        + repeat(depth, i -> "\n--b" + (depth - 1 - i) + "--\n");
  }

  static List<Bomb> structures() {
    String multipart = "Content-Type: multipart/mixed; boundary=b\n\n";
    return List.of(new Bomb("5,000 nested multiparts", nested(5_000)), new Bomb("20,000 nested multiparts", nested(20_000)),
        new Bomb("20,000 nested multiparts of one boundary", (multipart + "--b\n").repeat(20_000)),
        new Bomb("20,000 nested messages", "Content-Type: message/rfc822\n\n".repeat(20_000)),
        new Bomb("a million parts", multipart + "--b\n\nx\n".repeat(1_000_000)),
        new Bomb("9,999 attachments", multipart + "--b\nContent-Disposition: attachment; filename=a\n\nx\n".repeat(9_999)),
        new Bomb("50 MB of lines like boundaries", multipart + "--b\n\n" + "--\n--x\n".repeat(7_000_000)),
        new Bomb("50 MB of text", "Subject: x\n\n" + "a line of text that is not very long at all, is it\n".repeat(1_000_000)),
        new Bomb("50 MB in one line", "Subject: x\n\n" + "a".repeat(50_000_000)),
        new Bomb("5 MB of broken quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n" + "=".repeat(5_000_000)),
        new Bomb("5 MB of spaces in quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n" + " ".repeat(5_000_000)),
        new Bomb("5 MB of broken base64", "Content-Transfer-Encoding: base64\n\n" + "=!".repeat(2_500_000)),
        new Bomb("format=flowed without end", "Content-Type: text/plain; format=flowed\n\n" + "a \n".repeat(700_000)));
  }

  static List<Bomb> headers() {
    return List.of(new Bomb("8 MB of encoded words", "Subject: " + "=?utf-8?Q?=C3=A4?= ".repeat(450_000) + "\n\nx"),
        new Bomb("encoded words in many fields", ("Subject: " + "=?utf-8?Q?=C3=A4?= ".repeat(4_500) + "\n").repeat(100) + "\nx"),
        new Bomb("8 MB of unfinished words", "Subject: " + "=?a?Q? ".repeat(1_200_000) + "\n\nx"),
        new Bomb("beginnings of words", "Subject: " + "=?".repeat(500_000) + "\n\nx"),
        new Bomb("beginnings of words in addresses", "To: " + "=?a?Q?".repeat(170_000) + "\n\nx"),
        new Bomb("a million fields", "X-A: b\n".repeat(1_000_000) + "\nx"), new Bomb("a field of 20 MB", "X-A: " + "b".repeat(20_000_000) + "\n\nx"),
        new Bomb("16 fields of 1 MB with recipients", ("To: " + "a@b.example, ".repeat(75_000) + "\n").repeat(16) + "\nx"),
        new Bomb("200,000 recipients", "To: " + "abc@example.org,\n ".repeat(200_000) + "\n\nx"),
        new Bomb("a million angles", "To: " + "<".repeat(1_000_000) + "\n\nx"), new Bomb("angles and commas", "To: " + "<a,".repeat(330_000) + ">\n\nx"),
        new Bomb("a million comments", "To: " + "(".repeat(1_000_000) + "\n\nx"), new Bomb("a million quotes", "To: " + "\"".repeat(1_000_000) + "\n\nx"),
        new Bomb("references without end", "References: " + "<a@b> ".repeat(160_000) + "\nIn-Reply-To: " + "<".repeat(900_000) + "\n\nx"),
        new Bomb("20,000 continuations", "Content-Disposition: attachment;" + repeat(20_000, i -> "\n filename*" + i + "=\"aaaa\";") + "\n\nx"),
        new Bomb("2 MB of parameters", "Content-Type: text/plain" + ";a=b".repeat(250_000) + "\n\nx"));
  }

  static List<Bomb> markup() {
    return List.of(new Bomb("angles", html("<".repeat(2_000_000))), new Bomb("divs", html("<div>".repeat(400_000))), new Bomb("bold", html("<b>".repeat(600_000))),
        new Bomb("bold in paragraphs", html("<p><b>".repeat(300_000))), new Bomb("tables", html("<table><tr><td>".repeat(130_000))),
        new Bomb("links and formatting", html("<a href=x><b><i>".repeat(120_000))), new Bomb("fonts", html("<font color=red><p>".repeat(100_000))),
        new Bomb("attributes", html("<div " + repeat(180_000, i -> "a" + i + "=1 ") + ">x")), new Bomb("svg", html("<svg><g>".repeat(250_000))),
        new Bomb("templates", html("<template>".repeat(190_000))), new Bomb("lists", html("<ul><li>".repeat(250_000))),
        new Bomb("style rules", html("<style>" + "a{b:c}".repeat(330_000) + "</style>")), new Bomb("style braces", html("<style>" + "{".repeat(1_900_000))),
        new Bomb("style selectors", html("<style>" + "a,".repeat(200_000) + "{color:red}</style>")),
        new Bomb("style attribute", html("<p style='" + "color:red;".repeat(190_000) + "'>")), new Bomb("style calls", html("<p style='color:" + "rgb(".repeat(400_000) + "'>")),
        new Bomb("comments", html("<!--".repeat(500_000))), new Bomb("missing pictures", html("<img src=cid:x>".repeat(130_000))),
        new Bomb("one picture very often", "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n" + "<img src=cid:a>".repeat(100_000) + "\n"
            + ("--b\nContent-ID: <a>\nContent-Type: image/gif\n\nGIF89a" + "x".repeat(100_000) + "\n").repeat(100)));
  }

  static List<Bomb> texts() {
    return List.of(new Bomb("quote marks", "\n" + ">".repeat(2_000_000)), new Bomb("alternating quotes", "\n" + ">>>>>>>>>> a\n> b\n".repeat(130_000)),
        new Bomb("at signs", "\n" + "@".repeat(2_000_000)), new Bomb("half addresses", "\n" + "a@a.".repeat(500_000)), new Bomb("schemes", "\n" + "http://".repeat(280_000)),
        new Bomb("brackets behind links", "\n" + ("http://a" + ")".repeat(1_980) + " ").repeat(1_000)), new Bomb("a diff of nothing", "\ndiff --git a b\n" + "+\n-\n".repeat(330_000)));
  }

  @BeforeAll
  static void warm() {
    show(Mails.bytes(nested(3)));
    show(Mails.bytes(html("<p>x")));
  }

  private static int show(byte[] content) {
    Reading reading = Mails.read(content);
    return SafeHtml.page(reading, Look.DARK).html().length() + SafeHtml.plainText(reading).length();
  }

  @ParameterizedTest
  @MethodSource({"structures", "headers", "markup", "texts"})
  void isReadAndShownInTime(Bomb bomb) throws Exception {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long before = startMeasuringMemory();

    int shown = show(bomb.content());
    long shownAfter = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    new Mime4jCodec().summarise(new ByteArrayInputStream(bomb.content()));
    new Mime4jCodec().envelope(bomb.content());
    long allAfter = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;

    assertTrue(shown > 0);
    assertTrue(shownAfter <= CPU.toNanos(), "shown after " + shownAfter / 1_000_000 + " ms");
    assertTrue(allAfter <= 2 * CPU.toNanos(), "all after " + allAfter / 1_000_000 + " ms");
    long memory = (peak() - before) / MEGABYTE;
    assertTrue(memory <= bomb.memory() + 512, "memory in use at the most, garbage included: " + memory + " MB");
  }

  private static long startMeasuringMemory() {
    System.gc();
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        pool.resetPeakUsage();
        used += pool.getUsage().getUsed();
      }
    }
    return used;
  }

  private static long peak() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    return peak;
  }

  @Test
  void whatIsBeyondTheLimitsIsNoted() {
    assertTrue(Mails.read(nested(5_000)).notes().contains(Note.SHORTENED));
    assertTrue(Mails.read("Subject: x\n\n" + "a\n".repeat(3_000_000)).notes().contains(Note.SHORTENED));
    assertTrue(Mails.read("X-A: b\n".repeat(20_000) + "\nx").notes().contains(Note.SHORTENED));
    assertFalse(Mails.read(nested(90)).notes().contains(Note.SHORTENED));
  }

  @Test
  void ninetyNestedPartsAreReadToTheEnd() {
    assertEquals("deep", Mails.text(Mails.read(nested(90))).strip());
  }
}
