/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes octets as a broken or malicious server might. */
final class Mutation {
  private static final List<String> WORDS = List.of("(", ")", "((((", "))", "\"", "\\", "{", "}", "{0}\r\n", "{5}\r\nhello", "{4294967296}\r\n", "{99999999}\r\n",
      "{3+}\r\nabc", "~{2}\r\nxy", "NIL", "\0", "\r\n", "\n", "\r", " ", "* ", "* 5 EXISTS\r\n", "* 0 EXISTS\r\n", "* 1 EXPUNGE\r\n", "* 999 EXPUNGE\r\n",
      "* VANISHED 1:4294967295\r\n", "* VANISHED (EARLIER) 3,2:1,9:4\r\n", "* VANISHED (EARLIER) 1:*\r\n", "* 1 FETCH (UID 4294967295 FLAGS (\\Seen))\r\n",
      "* 0 FETCH (FLAGS ())\r\n", "* 4 FETCH (UID 4 MODSEQ (18446744073709551615))\r\n", "* FLAGS ()\r\n", "* OK [UIDNEXT 1] x\r\n", "* OK [UIDVALIDITY 0] x\r\n",
      "* OK [HIGHESTMODSEQ 0] x\r\n", "* OK [NOMODSEQ] x\r\n", "* OK [CLOSED] x\r\n", "* OK [PERMANENTFLAGS ()] x\r\n", "* NO no\r\n", "* BAD bad\r\n", "* BYE bye\r\n",
      "* PREAUTH hi\r\n", "+ go on\r\n", "+\r\n", "h1 OK done\r\n", "h5 OK [COPYUID 1 9:1 1:9] x\r\n", "h6 NO [UNAVAILABLE] later\r\n", "* LIST (", "* LIST () NIL \"\"\r\n",
      "* LIST (\\NonExistent) \"/\" a/b/c/d\r\n", "* LIST () \"//\" {3}\r\na/b\r\n", "* STATUS INBOX (UIDNEXT)\r\n", "* SEARCH -1 x 3\r\n", "* ESEARCH (TAG \"h3\") UID ALL 1:*\r\n",
      "* ESEARCH ALL 4294967295:1\r\n", "* ENABLED\r\n", "* CAPABILITY\r\n", "* NAMESPACE NIL NIL NIL\r\n", "* QUOTA \"\" (STORAGE -1 0)\r\n", "* ID NIL\r\n", "\u00ff\u00fe", "\u00c3",
      "&-", "&AAA", "%00", "18446744073709551616", "4294967296", "-1", "01-Foo-99999 99:99:99 +9999");
  private static final List<String> NUMBERS = List.of("0", "1", "-1", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
      "18446744073709551615", "99999999999999999999999", "");
  private final Random random;
  private byte[] octets;

  private Mutation(byte[] octets, Random random) {
    this.octets = octets;
    this.random = random;
  }

  static byte[] of(byte[] octets, Random random) {
    var mutation = new Mutation(octets, random);
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      mutation.once();
    }
    return mutation.octets;
  }

  private void once() {
    int at = random.nextInt(octets.length + 1);
    int most = octets.length - at;
    switch (random.nextInt(12)) {
      case 0 -> flip(at);
      case 1 -> replace(at, random.nextInt(Math.min(most, 40) + 1), new byte[0]);
      case 2, 3, 4 -> replace(at, 0, octets(WORDS.get(random.nextInt(WORDS.size()))));
      case 5 -> replace(at, 0, Arrays.copyOfRange(octets, at, at + random.nextInt(Math.min(most, 400) + 1)));
      case 6, 7 -> number(at);
      case 8 -> line(at, random.nextBoolean());
      case 9 -> replace(at, 0, octets(WORDS.get(random.nextInt(8)).repeat(1 + random.nextInt(20_000))));
      case 10 -> replace(at, Math.min(most, 1), new byte[] {(byte) random.nextInt(256)});
      default -> octets = random.nextInt(4) == 0 ? Arrays.copyOf(octets, at) : octets;
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void flip(int at) {
    if (at < octets.length) {
      replace(at, 1, new byte[] {(byte) (octets[at] ^ 1 << random.nextInt(8))});
    }
  }

  private void replace(int at, int length, byte[] by) {
    var changed = new ByteArrayOutputStream(octets.length + by.length);
    changed.write(octets, 0, at);
    changed.writeBytes(by);
    changed.write(octets, at + length, octets.length - at - length);
    octets = changed.toByteArray();
  }

  /** The next number becomes another. */
  private void number(int from) {
    int at = from;
    while (at < octets.length && !digit(at)) {
      at++;
    }
    int end = at;
    while (end < octets.length && digit(end)) {
      end++;
    }
    replace(at, end - at, octets(NUMBERS.get(random.nextInt(NUMBERS.size()))));
  }

  private boolean digit(int at) {
    return octets[at] >= '0' && octets[at] <= '9';
  }

  /** The next line is lost, or comes twice. */
  private void line(int from, boolean lost) {
    int at = end(from);
    int end = end(at);
    replace(lost ? at : end, lost ? end - at : 0, lost ? new byte[0] : Arrays.copyOfRange(octets, at, end));
  }

  private int end(int from) {
    int at = from;
    while (at < octets.length && octets[at] != '\n') {
      at++;
    }
    return Math.min(octets.length, at + 1);
  }
}
