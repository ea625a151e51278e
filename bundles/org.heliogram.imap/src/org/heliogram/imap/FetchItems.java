/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heliogram.core.model.Flags;

/** Reads the items of a FETCH answer (RFC 3501 section 7.4.2). Keeps the flag lists it has seen: a mailbox has few different ones. */
final class FetchItems {
  private static final int FLAGS_LIMIT = 16_384;
  private static final int CACHE_LIMIT = 1_000;
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$
  private final Map<String, Flags> known = new HashMap<>();

  /** Takes one item. */
  @FunctionalInterface
  interface Item {
    /** @param name in capitals; @param in at its value, to be left after it; @return false if it read nothing */
    boolean take(String name, ResponseReader in) throws IOException;
  }

  /** All items of an answer, from its opening parenthesis on. */
  void read(ResponseReader in, Item item) throws IOException {
    in.expect('(');
    in.spaces();
    while (!in.accept(')')) {
      String name = in.atom().toUpperCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw new Unreadable("item expected"); //$NON-NLS-1$
      }
      in.spaces();
      if (!item.take(name, in)) {
        in.skipValue();
      }
      in.spaces();
    }
  }

  /** What a change of state tells. @param uid 0 if it does not say; @param flags null if it does not say; @param modSeq 0 if it does not say */
  record State(long uid, Flags flags, long modSeq) {}

  /** UID, FLAGS and MODSEQ of an answer; the rest is passed over. */
  State state(ResponseReader in) throws IOException {
    long[] numbers = {0, 0};
    Flags[] flags = {null};
    read(in, (name, value) -> {
      switch (name) {
        case "UID" -> numbers[0] = value.number(); //$NON-NLS-1$
        case "FLAGS" -> flags[0] = flags(value); //$NON-NLS-1$
        case "MODSEQ" -> numbers[1] = modSeq(value); //$NON-NLS-1$
        default -> {
          return false;
        }
      }
      return true;
    });
    return new State(numbers[0], flags[0], numbers[1]);
  }

  private static long modSeq(ResponseReader in) throws IOException {
    in.expect('(');
    long number = in.number();
    in.expect(')');
    return number;
  }

  Flags flags(ResponseReader in) throws IOException {
    byte[] list = in.value(FLAGS_LIMIT);
    if (list == null || list.length < 2 || list[0] != '(') {
      return Flags.NONE;
    }
    String text = new String(list, 1, list.length - 2, StandardCharsets.ISO_8859_1);
    Flags flags = known.get(text);
    if (flags == null) {
      flags = Flags.parse(Arrays.asList(text.split(" +"))); //$NON-NLS-1$
      if (known.size() < CACHE_LIMIT) {
        known.put(text, flags);
      }
    }
    return flags;
  }

  /** As in "17-Jul-1996 02:44:25 -0700"; 1970 where it cannot be read. */
  static Instant date(String text) {
    try {
      String date = text.strip();
      int dash = date.indexOf('-');
      int month = MONTHS.indexOf(date.substring(dash + 1, dash + 4).toLowerCase(Locale.ROOT)) + 1;
      int at = dash + 5;
      var local = LocalDateTime.of(Integer.parseInt(date.substring(at, at + 4)), month, Integer.parseInt(date.substring(0, dash).strip()),
          Integer.parseInt(date.substring(at + 5, at + 7)), Integer.parseInt(date.substring(at + 8, at + 10)),
          Integer.parseInt(date.substring(at + 11, at + 13)));
      return local.toInstant(ZoneOffset.of(date.substring(at + 14, at + 19)));
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      return Instant.EPOCH; // A date nobody can read must not cost the message.
    }
  }
}
