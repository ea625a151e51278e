/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import org.heliogram.core.model.AccountId;

/** Takes down what is said on connections, so that the user can see it in {@link org.heliogram.core.service.ProtocolLogs}. Safe for any thread. */
@FunctionalInterface
public interface WireLogs {
  /** For whom nobody wants to know. */
  WireLogs NONE = (account, dialect, purpose, user) -> Log.NONE;

  /** What is spoken: it decides where secrets and content are. */
  enum Dialect { IMAP, POP3, SMTP }

  /**
   * Begins the log of one connection. It is for {@link Connection#open}, which ends it.
   *
   * @param purpose for display: "IMAP", "IMAP watch", "POP3", "SMTP"
   * @param user    who signs in; the name is masked wherever the server repeats it
   */
  Log begin(AccountId account, Dialect dialect, String purpose, String user);

  /** The log of one connection. Octets are given as they go over the wire, in any portions; what is secret or content is not kept. */
  interface Log {
    Log NONE = new Log() {
      @Override
      public void client(byte[] octets, int offset, int length) {}

      @Override
      public void server(byte[] octets, int offset, int length) {}

      @Override
      public void note(String text) {}

      @Override
      public void conceal(String secret) {}

      @Override
      public void end(String why) {}
    };

    void client(byte[] octets, int offset, int length);

    void server(byte[] octets, int offset, int length);

    /** A remark of ours, in English; holds nothing secret. */
    void note(String text);

    /** Never show this, not even where the server repeats it. */
    void conceal(String secret);

    /** The connection is no more. Later calls do nothing. @param why in English; holds nothing secret */
    void end(String why);
  }
}
