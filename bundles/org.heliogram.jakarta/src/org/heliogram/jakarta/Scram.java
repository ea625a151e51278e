/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.heliogram.core.backend.MailException;

/**
 * SCRAM without channel binding (RFC 5802, RFC 7677): neither side shows the password, and the server proves that it knows it. Fewer than
 * {@value #FEWEST} rounds would make guessing easy for whoever plays the server; more than {@value #MOST} would only keep us busy.
 */
final class Scram extends Sasl {
  static final int FEWEST = 4_096;
  static final int MOST = 1_000_000;
  private static final String HEADER = "n,,"; //$NON-NLS-1$
  private static final int NONCE_OCTETS = 24;
  private final String hash;
  private final String mac;
  private final byte[] password;
  private final String bare;
  private final String nonce;
  private byte[] serverSignature;
  private boolean proven;

  /** @param hash as Java names it */
  Scram(String name, String hash, String user, String password) {
    this(name, hash, user, password, freshNonce());
  }

  Scram(String name, String hash, String user, String password, String nonce) {
    super(name);
    this.hash = hash;
    this.mac = "Hmac" + hash.replace("-", ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    this.password = SaslPrep.prepared(password).getBytes(StandardCharsets.UTF_8);
    this.nonce = nonce;
    this.bare = "n=" + SaslPrep.prepared(user).replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  }

  private static String freshNonce() {
    byte[] random = new byte[NONCE_OCTETS];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  @Override
  Optional<byte[]> first() {
    return Optional.of((HEADER + bare).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  byte[] answer(byte[] challenge) throws MailException {
    String said = new String(challenge, StandardCharsets.UTF_8);
    if (serverSignature == null) {
      return proof(said);
    }
    Map<Character, String> values = values(said);
    if (values.containsKey('e')) {
      return new byte[0]; // It will say no itself now.
    }
    if (proven || !MessageDigest.isEqual(decoded(values, 'v'), serverSignature)) {
      throw new MailException.Malformed("the server does not know the password it asked for", null); //$NON-NLS-1$
    }
    proven = true;
    return new byte[0];
  }

  /** Section 3 of RFC 5802, in its words. */
  private byte[] proof(String serverFirst) throws MailException {
    Map<Character, String> values = values(serverFirst);
    String both = values.getOrDefault('r', ""); //$NON-NLS-1$
    if (values.containsKey('m') || !both.startsWith(nonce) || both.length() == nonce.length()) {
      throw malformed(null);
    }
    byte[] salted = salted(decoded(values, 's'), rounds(values));
    byte[] clientKey = hmac(mac, salted, "Client Key".getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$
    String withoutProof = "c=" + Base64.getEncoder().encodeToString(HEADER.getBytes(StandardCharsets.US_ASCII)) + ",r=" + both; //$NON-NLS-1$ //$NON-NLS-2$
    byte[] authMessage = (bare + ',' + serverFirst + ',' + withoutProof).getBytes(StandardCharsets.UTF_8);
    byte[] signature = hmac(mac, digest(clientKey), authMessage);
    for (int i = 0; i < signature.length; i++) {
      signature[i] ^= clientKey[i];
    }
    serverSignature = hmac(mac, hmac(mac, salted, "Server Key".getBytes(StandardCharsets.US_ASCII)), authMessage); //$NON-NLS-1$
    return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.UTF_8); //$NON-NLS-1$
  }

  @Override
  public void accepted() throws MailException {
    if (!proven) {
      throw new MailException.Malformed("the server did not prove that it knows the password", null); //$NON-NLS-1$
    }
  }

  private static int rounds(Map<Character, String> values) throws MailException {
    String said = values.getOrDefault('i', ""); //$NON-NLS-1$
    int rounds = said.matches("[0-9]{1,7}") ? Integer.parseInt(said) : 0; //$NON-NLS-1$
    if (rounds < FEWEST || rounds > MOST) {
      throw new MailException.Malformed("SCRAM with fewer than " + FEWEST + " or more than " + MOST + " rounds", null); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
    return rounds;
  }

  private byte[] salted(byte[] salt, int rounds) {
    Mac keyed = mac(mac, password);
    keyed.update(salt);
    byte[] last = keyed.doFinal(new byte[] {0, 0, 0, 1});
    byte[] result = last.clone();
    for (int round = 1; round < rounds; round++) {
      last = keyed.doFinal(last);
      for (int i = 0; i < result.length; i++) {
        result[i] ^= last[i];
      }
    }
    return result;
  }

  private byte[] digest(byte[] octets) {
    try {
      return MessageDigest.getInstance(hash).digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + hash, e); //$NON-NLS-1$
    }
  }

  /** "a=...,b=...": one letter each, the first of its kind counts. */
  private static Map<Character, String> values(String message) throws MailException {
    var values = new HashMap<Character, String>();
    for (String each : message.split(",")) { //$NON-NLS-1$
      if (each.length() < 2 || each.charAt(1) != '=') {
        throw malformed(null);
      }
      values.putIfAbsent(each.charAt(0), each.substring(2));
    }
    return values;
  }

  private static byte[] decoded(Map<Character, String> values, char name) throws MailException {
    try {
      byte[] octets = Base64.getDecoder().decode(values.getOrDefault(name, "")); //$NON-NLS-1$
      if (octets.length == 0) {
        throw malformed(null);
      }
      return octets;
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static MailException.Malformed malformed(Throwable cause) {
    return new MailException.Malformed("SCRAM message that cannot be understood", cause); //$NON-NLS-1$
  }
}
