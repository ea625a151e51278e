/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.heliogram.core.model.AccountId;

/**
 * What was said on the connections to servers lately, in memory only: for the user and for the explanation of a failure. Secrets are
 * masked before they are kept, and content is not kept at all: of a literal only its size. Safe for any thread.
 */
public interface ProtocolLogs {
  /** Who said it. */
  enum Side { CLIENT, SERVER,
    /** A remark of ours: connected, protected by TLS, ended. */
    NOTE }

  /** One line, without its line end, shortened where it is long. */
  record Line(Instant at, Side side, String text) {
    public Line {
      Objects.requireNonNull(at);
      Objects.requireNonNull(side);
      Objects.requireNonNull(text);
    }
  }

  /**
   * What was said on one connection; the oldest lines are given up first.
   *
   * @param id      of this connection; grows
   * @param account whose
   * @param purpose for whom the connection was made, for display: "IMAP", "IMAP watch", "POP3", "SMTP"
   * @param open    whether it still stands
   * @param skipped lines that were given up
   */
  record Dialogue(long id, AccountId account, String purpose, Instant since, boolean open, long skipped, List<Line> lines) {
    public Dialogue {
      Objects.requireNonNull(account);
      Objects.requireNonNull(purpose);
      Objects.requireNonNull(since);
      lines = List.copyOf(lines);
    }
  }

  /** Of the account, newest connection first; those that ended stay for a while, a few of each account. */
  List<Dialogue> dialogues(AccountId account);

  /** The end of what was said last on the account's newest connection; empty if nothing was. @param lines at most */
  List<Line> tail(AccountId account, int lines);

  /** Grows with every line of the account: for a view that looks now and then. */
  long revision(AccountId account);
}
