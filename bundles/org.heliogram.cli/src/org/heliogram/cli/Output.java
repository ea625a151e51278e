/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/** Where a command prints: results to standard output, everything else to standard error. Any thread. */
final class Output {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean json;
  private int shown; // guarded by this: characters of the progress line

  /** @param terminal whether somebody watches standard error @param json whether results are one JSON object a line */
  Output(PrintStream out, PrintStream err, boolean terminal, boolean json) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.json = json;
  }

  Output withJson(boolean other) {
    return new Output(out, err, terminal, other);
  }

  /** A result, as a line or as an object. */
  synchronized void result(Supplier<String> line, Supplier<Map<String, Object>> object) {
    clearProgress();
    out.print((json ? Json.write(object.get()) : plain(line.get(), false)) + "\n"); //$NON-NLS-1$
  }

  /** A text of many lines that came from outside: what could steer a terminal is taken out. */
  synchronized void text(String text) {
    clearProgress();
    String shownText = plain(text.replace("\r\n", "\n"), true); //$NON-NLS-1$ //$NON-NLS-2$
    out.print(shownText.endsWith("\n") ? shownText : shownText + "\n"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Octets as they are. */
  synchronized void octets(InputStream in) throws IOException {
    clearProgress();
    in.transferTo(out);
  }

  boolean json() {
    return json;
  }

  /** One line for the user that is not a result. */
  synchronized void note(String sentence) {
    clearProgress();
    out.flush();
    err.print(plain(sentence, false) + "\n"); //$NON-NLS-1$
    err.flush();
  }

  /** Replaces the progress line; does nothing where nobody watches. */
  synchronized void progress(String line) {
    if (terminal) {
      String fitting = plain(line, false);
      fitting = fitting.substring(0, Math.min(fitting.length(), 78));
      err.print("\r" + fitting + " ".repeat(Math.max(0, shown - fitting.length()))); //$NON-NLS-1$ //$NON-NLS-2$
      err.flush();
      shown = fitting.length();
    }
  }

  synchronized void flush() {
    clearProgress();
    out.flush();
    err.flush();
  }

  private void clearProgress() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      shown = 0;
    }
  }

  /** Without control characters and the marks that turn text around; on one line unless {@code lines}. */
  static String plain(String text, boolean lines) {
    var kept = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      boolean layout = c == '\n' || c == '\t';
      boolean turning = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f || c == 0x061c;
      if (layout && !lines) {
        kept.append(' ');
      } else if (layout || !Character.isISOControl(c) && !turning) {
        kept.appendCodePoint(c);
      }
    });
    return kept.toString();
  }
}
