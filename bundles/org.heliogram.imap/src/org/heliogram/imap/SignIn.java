/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Security;

/** From the greeting to a session that is signed in. Nothing secret is sent before the protection the user chose is there. */
final class SignIn {
  private static final int HMAC_BLOCK = 64;
  private final ImapConnection imap;
  private final Security security;
  private final String user;
  private final String password;

  SignIn(ImapConnection imap, Credentials credentials) {
    this.imap = imap;
    this.security = imap.connection().endpoint().security();
    this.user = imap.connection().endpoint().user();
    this.password = credentials.password();
  }

  void run() throws IOException, MailException {
    Status greeting = imap.greeting();
    if (security == Security.STARTTLS) {
      protect(greeting);
    }
    if (greeting.kind() == Status.Kind.PREAUTH) {
      return; // Over TLS, or where the user wants no protection, the server may know us already.
    }
    Status status = authenticate();
    if (!status.ok()) {
      throw status.busy() ? new MailException.Busy(Optional.empty(), status.text(), null) : new MailException.SignInRefused(status.text(), null);
    }
    if (!status.code().equals("CAPABILITY")) { //$NON-NLS-1$
      imap.forgetCapabilities();
    }
  }

  /** PREAUTH would make STARTTLS impossible, which is why somebody in the middle might say it (RFC 9051 section 7.1.4). */
  private void protect(Status greeting) throws IOException, MailException {
    if (greeting.kind() == Status.Kind.PREAUTH) {
      throw new Unreachable(Reason.NO_TLS, "PREAUTH before STARTTLS", null); //$NON-NLS-1$
    }
    if (!imap.can("STARTTLS")) { //$NON-NLS-1$
      throw new Unreachable(Reason.NO_TLS, "no STARTTLS offered", null); //$NON-NLS-1$
    }
    Status status = imap.await(imap.send("STARTTLS"), Answers.none()); //$NON-NLS-1$
    if (!status.ok()) {
      throw new Unreachable(Reason.NO_TLS, "STARTTLS refused", null); //$NON-NLS-1$
    }
    imap.startTls();
  }

  /** One try with one mechanism: a second one would look like a second wrong password. */
  private Status authenticate() throws IOException, MailException {
    if (security != Security.NONE && !imap.connection().isSecure()) {
      throw new IllegalStateException("not protected"); //$NON-NLS-1$
    }
    if (imap.can("AUTH=PLAIN")) { //$NON-NLS-1$
      return plain();
    }
    if (!imap.can("LOGINDISABLED")) { //$NON-NLS-1$
      return login();
    }
    if (imap.can("AUTH=LOGIN")) { //$NON-NLS-1$
      return authLogin();
    }
    if (imap.can("AUTH=CRAM-MD5")) { //$NON-NLS-1$
      return cramMd5();
    }
    throw new MailException.SignInRefused("LOGINDISABLED", null); //$NON-NLS-1$
  }

  private Status plain() throws IOException, MailException {
    String response = base64(('\0' + user + '\0' + password).getBytes(StandardCharsets.UTF_8));
    if (imap.can("SASL-IR")) { //$NON-NLS-1$
      return imap.await(imap.send("AUTHENTICATE PLAIN " + response), Answers.none()); //$NON-NLS-1$
    }
    return dialogue("PLAIN", challenge -> response); //$NON-NLS-1$
  }

  private Status login() throws IOException, MailException {
    return imap.await(imap.send("LOGIN " + ImapConnection.argument(octets(user)) + ' ' + ImapConnection.argument(octets(password))), //$NON-NLS-1$
        Answers.none());
  }

  private Status authLogin() throws IOException, MailException {
    int[] turn = {0};
    return dialogue("LOGIN", challenge -> base64((turn[0]++ == 0 ? user : password).getBytes(StandardCharsets.UTF_8))); //$NON-NLS-1$
  }

  private Status cramMd5() throws IOException, MailException {
    return dialogue("CRAM-MD5", challenge -> { //$NON-NLS-1$
      try {
        byte[] proof = hmacMd5(password.getBytes(StandardCharsets.UTF_8), Base64.getDecoder().decode(challenge));
        String digest = HexFormat.of().formatHex(proof);
        return base64((user + ' ' + digest).getBytes(StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new MailException.Malformed("challenge that is not base64", e); //$NON-NLS-1$
      }
    });
  }

  /** RFC 2104; MD5 is what RFC 2195 wants. */
  private static byte[] hmacMd5(byte[] secret, byte[] text) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5"); //$NON-NLS-1$
      byte[] inner = Arrays.copyOf(secret.length > HMAC_BLOCK ? md5.digest(secret) : secret, HMAC_BLOCK);
      byte[] outer = inner.clone();
      for (int i = 0; i < HMAC_BLOCK; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
      }
      md5.update(inner);
      byte[] once = md5.digest(text);
      md5.update(outer);
      return md5.digest(once);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e); //$NON-NLS-1$
    }
  }

  /** A SASL dialogue (RFC 4959 section 3, without its initial response): at most two turns. */
  private Status dialogue(String mechanism, Responder responder) throws IOException, MailException {
    String tag = imap.send("AUTHENTICATE " + mechanism); //$NON-NLS-1$
    int turns = mechanism.equals("LOGIN") ? 2 : 1; //$NON-NLS-1$
    for (int turn = 0; turn < turns; turn++) {
      try {
        imap.sendLine(responder.answer(imap.awaitContinuation(tag)));
      } catch (MailException.Refused e) {
        throw new MailException.SignInRefused(e.serverText(), e);
      }
    }
    return imap.await(tag, Answers.none());
  }

  @FunctionalInterface
  private interface Responder {
    String answer(String challenge) throws MailException;
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
