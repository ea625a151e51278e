/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.heliogram.core.backend.MailException;

/** One attempt to prove to a server who one is (RFC 4422). Knows nothing of how the protocol carries it. Used once, by one thread. */
public abstract sealed class Sasl permits Scram, SaslPassword {
  /** By strength; all but the first are for those who can read the wire, which is why the wire is protected. */
  private enum Mechanism {
    SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN, CRAM_MD5, EXTERNAL;

    String saslName() {
      return name().replace('_', '-');
    }

    Sasl attempt(String user, String password) {
      return switch (this) {
        case SCRAM_SHA_256 -> new Scram(saslName(), "SHA-256", user, password); //$NON-NLS-1$
        case SCRAM_SHA_1 -> new Scram(saslName(), "SHA-1", user, password); //$NON-NLS-1$
        case PLAIN -> new SaslPassword.Plain(user, password);
        case LOGIN -> new SaslPassword.Login(user, password);
        case CRAM_MD5 -> new SaslPassword.CramMd5(user, password);
        case EXTERNAL -> new SaslPassword.External();
      };
    }
  }

  private static final int MOST_TURNS = 10;
  private final String name;
  private boolean begun;
  private int turns;

  Sasl(String name) {
    this.name = name;
  }

  /**
   * The one mechanism to be tried. Never another after it: a second one would look like a second wrong password, and somebody in the
   * middle could have the first refused. EXTERNAL is used only where it is asked for or nothing else is offered.
   *
   * @param offered names of mechanisms, in any case
   * @param pinned  the only one that may be used
   * @return empty if there is none
   */
  public static Optional<Sasl> choose(Set<String> offered, Optional<String> pinned, String user, String password) {
    return Arrays.stream(Mechanism.values())
        .filter(each -> offered.stream().anyMatch(name -> name.equalsIgnoreCase(each.saslName())))
        .filter(each -> pinned.isEmpty() || pinned.get().toUpperCase(Locale.ROOT).equals(each.saslName()))
        .min(Comparator.naturalOrder()).map(each -> each.attempt(user, password));
  }

  /** As registered with IANA. */
  public String name() {
    return name;
  }

  /**
   * What may stand in the command that begins the sign-in, in base64; "=" for nothing (RFC 4959, RFC 4954, RFC 5034). Not to be asked for
   * where the protocol has no place for it: {@link #reply} says it then.
   *
   * @return empty where the server begins
   */
  public final Optional<String> opening() {
    begun = true;
    return first().map(octets -> octets.length == 0 ? "=" : base64(octets)); //$NON-NLS-1$
  }

  /**
   * What to say to a challenge, both in base64.
   *
   * @throws MailException.Malformed if the challenge cannot be right, if there are too many, or if the server fails to prove that it is the
   *     right one
   */
  public final String reply(String challenge) throws MailException {
    if (++turns > MOST_TURNS) {
      throw new MailException.Malformed("challenges without end", null); //$NON-NLS-1$
    }
    Optional<byte[]> first = begun ? Optional.empty() : first();
    begun = true;
    return base64(first.isPresent() ? first.get() : answer(decoded(challenge)));
  }

  private static byte[] decoded(String challenge) throws MailException {
    try {
      return Base64.getDecoder().decode(challenge.strip());
    } catch (IllegalArgumentException e) {
      throw new MailException.Malformed("challenge that is not base64", e); //$NON-NLS-1$
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** What the client says before it is asked; empty where the server begins. */
  abstract Optional<byte[]> first();

  /** Answers a challenge. @throws MailException.Malformed if it cannot be right */
  abstract byte[] answer(byte[] challenge) throws MailException;

  /** To be called when the server says yes. @throws MailException.Malformed if it did not prove that it is the right one and should have */
  public void accepted() throws MailException {}

  /** RFC 2104. @param algorithm as Java names it */
  static byte[] hmac(String algorithm, byte[] key, byte[] text) {
    return mac(algorithm, key).doFinal(text);
  }

  static Mac mac(String algorithm, byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm)); // Java takes no empty key; zeros are appended anyway.
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e); //$NON-NLS-1$
    }
  }
}
