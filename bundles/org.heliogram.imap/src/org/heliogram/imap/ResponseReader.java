/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireInput;

/**
 * Reads one response after another from what an IMAP server sends (RFC 3501 section 9), within limits: {@value #LINE_LIMIT} octets for a
 * token, {@value #RESPONSE_LIMIT} for a response without its literals, {@value #LITERAL_LIMIT} for a literal that is kept, and
 * {@value #NESTING_LIMIT} open parentheses; beyond them a {@link WireException} ends the connection. What cannot be understood is
 * {@link Unreadable}, and {@link #skipRest} goes on with the next response. Nothing here recurses. Strings are one character an octet.
 */
final class ResponseReader {
  static final int LINE_LIMIT = 1_000_000;
  static final int RESPONSE_LIMIT = 16_000_000;
  static final int LITERAL_LIMIT = 16_000_000;
  static final int NESTING_LIMIT = 6_000;
  private final WireInput in;
  private byte[] token = new byte[256];
  private int left;
  private long brace = -1;
  private boolean braceClosed;

  ResponseReader(WireInput in) {
    this.in = in;
  }

  /** Before each response. */
  void begin() {
    left = RESPONSE_LIMIT;
  }

  int peek() throws IOException {
    return in.peek();
  }

  int read() throws IOException {
    if (--left < 0) {
      throw new WireException("response longer than " + RESPONSE_LIMIT + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    int octet = in.read();
    follow(octet);
    return octet;
  }

  /** Remembers whether a size in braces was read last: before a line end it announces a literal, even in a line nobody understands. */
  private void follow(int octet) {
    if (octet == '{') {
      brace = 0;
      braceClosed = false;
    } else if (brace >= 0) {
      if (octet >= '0' && octet <= '9' && !braceClosed) {
        brace = Math.min(brace * 10 + octet - '0', Integer.MAX_VALUE);
      } else if (octet == '}' && !braceClosed) {
        braceClosed = true;
      } else if (octet != '\r' && (octet != '+' || braceClosed)) {
        brace = -1;
        braceClosed = false;
      }
    }
  }

  /** Takes the octet if it is the next. */
  boolean accept(char octet) throws IOException {
    if (in.peek() != octet) {
      return false;
    }
    read();
    return true;
  }

  void expect(char octet) throws IOException {
    if (in.peek() != octet) {
      throw new Unreadable("response without the expected '" + octet + "'"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    read();
  }

  /** Passes over spaces; some servers send more than one, or one before the end. */
  void spaces() throws IOException {
    while (in.peek() == ' ') {
      read();
    }
  }

  boolean atEnd() throws IOException {
    int next = in.peek();
    return next == '\r' || next == '\n';
  }

  /** The end of the response. */
  void end() throws IOException {
    spaces();
    accept('\r');
    expect('\n');
  }

  /** Characters up to a space, a parenthesis, or the end; may be empty. Brackets with all in them belong to it, as in BODY[HEADER.FIELDS (DATE)]. */
  String atom() throws IOException {
    int length = 0;
    int brackets = 0;
    for (int next = in.peek(); next != '\r' && next != '\n'; next = in.peek()) {
      if (brackets == 0 && (next == ' ' || next == '(' || next == ')')) {
        break;
      }
      brackets += next == '[' ? 1 : next == ']' ? -1 : 0;
      length = put(length, read());
    }
    return new String(token, 0, length, StandardCharsets.ISO_8859_1);
  }

  private int put(int length, int octet) throws WireException {
    if (length == token.length) {
      if (length >= LINE_LIMIT) {
        throw new WireException("token longer than " + LINE_LIMIT + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      token = Arrays.copyOf(token, Math.min(LINE_LIMIT, length * 2));
    }
    token[length] = (byte) octet;
    return length + 1;
  }

  /** A number that fits in 63 bits. */
  long number() throws IOException {
    String digits = atom();
    if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Unreadable("number expected"); //$NON-NLS-1$
    }
    return Long.parseLong(digits);
  }

  /** A quoted string, a literal or an atom, one character an octet; null for NIL. */
  String string() throws IOException {
    byte[] octets = octets(LINE_LIMIT);
    return octets == null ? null : new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** A quoted string, a literal or an atom; null for NIL. Octets beyond {@code keep} are passed over. */
  byte[] octets(int keep) throws IOException {
    return switch (in.peek()) {
      case '"' -> quoted(keep);
      case '{', '~' -> literal(keep);
      default -> {
        String atom = atom();
        yield atom.equalsIgnoreCase("NIL") ? null : atom.getBytes(StandardCharsets.ISO_8859_1); //$NON-NLS-1$
      }
    };
  }

  private byte[] quoted(int keep) throws IOException {
    expect('"');
    int length = 0;
    for (int octet = inString(); octet != '"'; octet = inString()) {
      length = put(length, octet == '\\' ? inString() : octet);
    }
    return Arrays.copyOf(token, Math.min(length, keep));
  }

  private int inString() throws IOException {
    if (in.peek() == '\n') {
      throw new Unreadable("line ends in a string"); //$NON-NLS-1$
    }
    return read();
  }

  private byte[] literal(int keep) throws IOException {
    long size = literalSize();
    if (size > LITERAL_LIMIT) {
      throw new WireException("literal of " + size + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    byte[] octets = new byte[(int) Math.min(size, Math.min(keep, 64 * 1024))];
    int length = 0;
    int wanted = (int) Math.min(size, keep);
    while (length < wanted) {
      if (length == octets.length) {
        octets = Arrays.copyOf(octets, Math.min(wanted, length * 2)); // grows by what came, not by what was announced
      }
      length += in.read(octets, length, octets.length - length);
    }
    in.skip(size - length);
    return octets;
  }

  /** The size in braces before a literal, with its line end; its octets follow (RFC 3501 section 4.3; "~" is RFC 3516). */
  long literalSize() throws IOException {
    accept('~');
    expect('{');
    long size = 0;
    int octet = read();
    for (int digits = 0; octet >= '0' && octet <= '9'; digits++, octet = read()) {
      if (digits > 17) {
        throw new WireException("literal beyond all limits"); //$NON-NLS-1$
      }
      size = size * 10 + octet - '0';
    }
    if (octet == '+' || octet == '-') {
      octet = read();
    }
    if (octet != '}') {
      throw new Unreadable("literal without a size"); //$NON-NLS-1$
    }
    accept('\r');
    if (!accept('\n')) {
      throw new Unreadable("literal without a line end"); //$NON-NLS-1$
    }
    return size;
  }

  /** The octets of a literal whose size was read. */
  WireInput raw() {
    return in;
  }

  /** Passes over one value: atom, string, literal, or list of values. */
  void skipValue() throws IOException {
    copyValue(new Copy(-1));
  }

  /**
   * One value as it stands, literals turned into the same notation without a line end after the size; null if it is longer than {@code keep}.
   * It is passed over in any case.
   */
  byte[] value(int keep) throws IOException {
    Copy copy = new Copy(keep);
    copyValue(copy);
    return copy.length > keep ? null : Arrays.copyOf(copy.octets, copy.length);
  }

  /** Keeps one octet more than wanted, so that it shows that there was more. */
  private static final class Copy {
    private final int keep;
    private byte[] octets = new byte[512];
    private int length;

    Copy(int keep) {
      this.keep = keep;
    }

    int add(int octet) {
      if (length <= keep) {
        octets = length == octets.length ? Arrays.copyOf(octets, length * 2) : octets;
        octets[length++] = (byte) octet;
      }
      return octet;
    }

    void add(byte[] more) {
      for (byte octet : more) {
        add(octet);
      }
    }
  }

  private void copyValue(Copy copy) throws IOException {
    int depth = 0;
    do {
      switch (in.peek()) {
        case '(' -> {
          if (++depth > NESTING_LIMIT) {
            throw new WireException("more than " + NESTING_LIMIT + " open parentheses"); //$NON-NLS-1$ //$NON-NLS-2$
          }
          copy.add(read());
        }
        case ')' -> {
          if (--depth < 0) {
            throw new Unreadable("value expected"); //$NON-NLS-1$
          }
          copy.add(read());
        }
        case '\r', '\n' -> throw new Unreadable("line ends in a list"); //$NON-NLS-1$
        case '"' -> copyQuoted(copy);
        case '{' -> copyLiteral(copy);
        case ' ' -> copy.add(read());
        default -> copyAtom(copy);
      }
    } while (depth > 0);
  }

  private void copyAtom(Copy copy) throws IOException {
    for (int next = in.peek(); next != ' ' && next != '(' && next != ')' && next != '\r' && next != '\n'; next = in.peek()) {
      copy.add(read());
    }
  }

  private void copyQuoted(Copy copy) throws IOException {
    copy.add(read());
    for (int octet = copy.add(inString()); octet != '"'; octet = copy.add(inString())) {
      if (octet == '\\') {
        copy.add(inString());
      }
    }
  }

  private void copyLiteral(Copy copy) throws IOException {
    byte[] octets = literal(copy.keep + 1);
    copy.add(("{" + octets.length + "}").getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$ //$NON-NLS-2$
    copy.add(octets);
  }

  /** The rest of the line, one character an octet, without its end. */
  String line() throws IOException {
    return new String(in.line(LINE_LIMIT), StandardCharsets.ISO_8859_1);
  }

  /** Passes over the rest of the response with the literals in it, whatever it holds and wherever in it reading stopped. */
  void skipRest() throws IOException {
    while (true) {
      while (!atEnd()) {
        read();
      }
      if (!braceClosed) {
        end();
        return;
      }
      if (brace > LITERAL_LIMIT) {
        throw new WireException("literal of " + brace + " octets"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      long size = brace;
      accept('\r');
      expect('\n');
      in.skip(size);
    }
  }
}
