/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.heliogram.jakarta.Connection;
import org.heliogram.jakarta.WireException;

/** Commands and answers of POP3 on a connection. Use it inside {@link Connection#exchange} only. */
final class Wire {
  /** Octets of a status line or of a line of a listing; RFC 2449 section 4 grants 512. */
  private static final int LINE_LIMIT = 4_096;
  private final Connection connection;

  Wire(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Adds a command to what {@link #flush} sends. */
  void send(String command) throws IOException {
    connection.write((command + "\r\n").getBytes(StandardCharsets.UTF_8)); //$NON-NLS-1$
  }

  void flush() throws IOException {
    connection.flush();
  }

  Reply command(String command) throws IOException {
    connection.renewTime();
    send(command);
    flush();
    return reply();
  }

  Reply reply() throws IOException {
    return Reply.parse(status());
  }

  /** What {@link Reply#parse} reads, or a challenge of a sign-in: "+ " and base64 (RFC 5034 section 4). */
  byte[] status() throws IOException {
    return connection.input().line(LINE_LIMIT);
  }

  /** A short listing, to its end. @throws WireException if it has more than {@code limit} lines */
  List<String> lines(int limit) throws IOException {
    var lines = new ArrayList<String>();
    for (String line = line(); line != null; line = line()) {
      if (lines.size() >= limit) {
        throw new WireException("more than " + limit + " lines"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      lines.add(line);
    }
    return lines;
  }

  /** The next line of a listing; null after the last. */
  String line() throws IOException {
    byte[] line = connection.input().line(LINE_LIMIT);
    if (line.length == 1 && line[0] == '.') {
      return null;
    }
    int start = line.length > 0 && line[0] == '.' ? 1 : 0;
    return new String(line, start, line.length - start, StandardCharsets.ISO_8859_1);
  }

  /** A message, to be read to its end. @param limit octets */
  MessageContent content(long limit) {
    return new MessageContent(connection.input(), limit);
  }
}
