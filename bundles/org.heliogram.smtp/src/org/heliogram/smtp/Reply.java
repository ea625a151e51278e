/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.heliogram.core.backend.MailException;
import org.heliogram.jakarta.WireException;
import org.heliogram.jakarta.WireInput;

/** An answer, of one or more lines (RFC 5321 section 4.2). @param lines without the code */
record Reply(int code, List<String> lines) {
  private static final int LINE_LIMIT = 4_096;
  private static final int MOST_LINES = 256;

  static Reply read(WireInput input) throws IOException {
    var lines = new ArrayList<String>();
    int code = -1;
    boolean more = true;
    while (more) {
      String line = new String(input.line(LINE_LIMIT), StandardCharsets.UTF_8);
      if (!line.matches("[2-5][0-9][0-9](?s:[ -].*)?") || lines.size() == MOST_LINES) { //$NON-NLS-1$
        throw new WireException("not an answer of SMTP"); //$NON-NLS-1$
      }
      code = Integer.parseInt(line.substring(0, 3));
      lines.add(line.length() > 4 ? line.substring(4) : ""); //$NON-NLS-1$
      more = line.length() > 3 && line.charAt(3) == '-';
    }
    return new Reply(code, List.copyOf(lines));
  }

  boolean is(int wanted) {
    return code == wanted;
  }

  String text() {
    return String.join(" ", lines); //$NON-NLS-1$
  }

  /** Goes on where this is the answer hoped for. @param refused what a 5yz answer means here */
  Reply orThrow(int wanted, Function<Reply, MailException> refused) throws MailException {
    if (is(wanted)) {
      return this;
    }
    if (code < 400) {
      throw new MailException.Malformed("answer " + code + " where " + wanted + " was due", null); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    throw code < 500 ? new MailException.Busy(Optional.empty(), text(), null) : refused.apply(this);
  }
}
