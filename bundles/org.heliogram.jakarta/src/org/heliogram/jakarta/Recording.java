/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.core.service.ProtocolLogs.Side;

/** The log of one connection: masks first, then keeps. Safe for any thread. */
final class Recording implements WireLogs.Log {
  private final long id;
  private final AccountId account;
  private final String purpose;
  private final Instant since = Instant.now();
  private final AtomicLong revision;
  private final Mask mask = new Mask();
  private final LineRing lines = new LineRing(); // guarded by this, as all below
  private final Tap tap;
  private boolean open = true;

  /** @param revision to be counted up with every line */
  Recording(long id, AccountId account, WireLogs.Dialect dialect, String purpose, String user, AtomicLong revision) {
    this.id = id;
    this.account = account;
    this.purpose = purpose;
    this.revision = revision;
    this.tap = switch (dialect) {
      case IMAP -> new ImapTap(mask, this::add);
      case POP3 -> new Pop3Tap(mask, this::add);
      case SMTP -> new SmtpTap(mask, this::add);
    };
    mask.conceal(user);
    int at = user.indexOf('@');
    if (at > 0) {
      mask.conceal(user.substring(0, at));
    }
  }

  private void add(Side side, byte[] text) {
    lines.add(side, text);
    revision.incrementAndGet();
  }

  @Override
  public synchronized void client(byte[] octets, int offset, int length) {
    if (open) {
      tap.client(octets, offset, length);
    }
  }

  @Override
  public synchronized void server(byte[] octets, int offset, int length) {
    if (open) {
      tap.server(octets, offset, length);
    }
  }

  @Override
  public synchronized void note(String text) {
    if (open) {
      add(Side.NOTE, mask.names(text).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public synchronized void conceal(String secret) {
    mask.conceal(secret);
  }

  @Override
  public synchronized void end(String why) {
    if (open) {
      tap.finish();
      note("ended: " + why); //$NON-NLS-1$
      open = false;
    }
  }

  synchronized boolean isOpen() {
    return open;
  }

  synchronized Dialogue dialogue() {
    return new Dialogue(id, account, purpose, since, open, lines.skipped(), lines.last(LineRing.LINES));
  }

  synchronized List<Line> tail(int most) {
    return lines.last(most);
  }
}
