/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Mechanisms that show the password, or as good as that; see {@link Scram} for those that do not. */
abstract sealed class SaslPassword extends Sasl {
  private SaslPassword(String name) {
    super(name);
  }

  /** Nothing, unless a mechanism has something to say by itself. */
  @Override
  Optional<byte[]> first() {
    return Optional.empty();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** RFC 4616, as nobody but the user. */
  static final class Plain extends SaslPassword {
    private final byte[] message;

    Plain(String user, String password) {
      super("PLAIN"); //$NON-NLS-1$
      message = octets('\0' + user + '\0' + password);
    }

    @Override
    Optional<byte[]> first() {
      return Optional.of(message);
    }

    @Override
    byte[] answer(byte[] challenge) {
      return message;
    }
  }

  /** Two questions, whose words do not matter (draft-murchison-sasl-login). */
  static final class Login extends SaslPassword {
    private final String user;
    private final String password;
    private int asked;

    Login(String user, String password) {
      super("LOGIN"); //$NON-NLS-1$
      this.user = user;
      this.password = password;
    }

    @Override
    byte[] answer(byte[] challenge) {
      return octets(asked++ == 0 ? user : password);
    }
  }

  /** RFC 2195. Broken enough to come last: a password can be tried against what is said, and the server keeps it readable. */
  static final class CramMd5 extends SaslPassword {
    private final String user;
    private final String password;

    CramMd5(String user, String password) {
      super("CRAM-MD5"); //$NON-NLS-1$
      this.user = user;
      this.password = password;
    }

    @Override
    byte[] answer(byte[] challenge) {
      return octets(user + ' ' + HexFormat.of().formatHex(hmac("HmacMD5", octets(password), challenge))); //$NON-NLS-1$
    }
  }

  /** RFC 4422 appendix A: the connection itself has told who this is. */
  static final class External extends SaslPassword {
    External() {
      super("EXTERNAL"); //$NON-NLS-1$
    }

    @Override
    Optional<byte[]> first() {
      return Optional.of(new byte[0]);
    }

    @Override
    byte[] answer(byte[] challenge) {
      return new byte[0];
    }
  }
}
