/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sign-in that does not show the password (RFC 1939 section 7). MD5 is weak: somebody who plays the server can find a password out by
 * choosing timestamps, for which he needs octets no honest server uses. It is better than a password in clear, and than nothing else.
 */
record Apop(String timestamp) {
  private static final Pattern TIMESTAMP = Pattern.compile("<[!-;=?-~]+@[!-;=?-~]+>"); //$NON-NLS-1$

  /** @param greeting what the server said; empty if there is no timestamp in it */
  static Optional<Apop> offered(String greeting) {
    Matcher matcher = TIMESTAMP.matcher(greeting);
    return matcher.find() ? Optional.of(new Apop(matcher.group())) : Optional.empty();
  }

  String command(String user, String password) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest((timestamp + password).getBytes(StandardCharsets.UTF_8)); //$NON-NLS-1$
      return "APOP " + user + ' ' + HexFormat.of().formatHex(digest); //$NON-NLS-1$
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5", e); //$NON-NLS-1$
    }
  }
}
