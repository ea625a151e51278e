/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Account;
import org.heliogram.jakarta.Connection;

/**
 * A connection in IDLE (RFC 2177) on one mailbox, opened read-only. Where the server has NOTIFY (RFC 5465), it tells of all others on it
 * too; IDLE is needed even then, because Dovecot tells nothing of the selected mailbox outside of it.
 */
final class ImapFolderWatch implements FolderWatch, Answers<RuntimeException> {
  private static final byte[] FAREWELL = "bye LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII); //$NON-NLS-1$
  private static final String INBOX = "INBOX"; //$NON-NLS-1$
  private static final int NAME_LIMIT = 2_000;
  private static final int NEWS_LIMIT = 1_000;
  private static final int PIECE = 10_000;
  private static final int OVERFLOW_LIMIT = 3;
  private static final int ENDINGS_LIMIT = 3;
  private final Connection connection;
  private final ImapConnection imap;
  private final String folder;
  private final WatchTimes times;
  private final Heartbeat heartbeat;
  private final Pace pace;
  private final Set<String> news = new LinkedHashSet<>(); // the waiting thread's, like all that is not volatile
  private boolean anything;
  private boolean overflow;
  private int overflows;
  private boolean notified;
  private String idle;
  private int endings;
  private volatile boolean doubted;
  private volatile boolean closed;

  private ImapFolderWatch(ImapConnection imap, String folder, WatchTimes times, Heartbeat heartbeat, Pace pace) {
    this.connection = imap.connection();
    this.imap = imap;
    this.folder = canonical(folder);
    this.times = times;
    this.heartbeat = heartbeat;
    this.pace = pace;
  }

  /** @return empty if the server has no IDLE */
  static Optional<FolderWatch> open(Account account, Credentials credentials, String folder, Sessions sessions, WatchTimes times,
      Heartbeat heartbeat, Pace pace, IProgressMonitor monitor) throws MailException {
    ImapConnection imap = sessions.open(account, credentials, "IMAP watch", monitor); //$NON-NLS-1$
    Connection connection = imap.connection();
    boolean well = false;
    try {
      var watch = new ImapFolderWatch(imap, folder, times, heartbeat, pace);
      boolean able = connection.<Boolean, RuntimeException>exchange(monitor, () -> watch.begin(folder));
      if (!able) {
        connection.close(FAREWELL);
      }
      well = true;
      return able ? Optional.of(watch) : Optional.empty();
    } finally {
      if (!well) {
        connection.abort();
      }
    }
  }

  private boolean begin(String name) throws IOException, MailException {
    if (!Capability.IDLE.in(imap.capabilities())) {
      return false;
    }
    // EXAMINE, not SELECT: that would take \Recent from the messages. Without CONDSTORE (RFC 7162) Dovecot's NOTIFY tells of no flag but \Seen.
    String condstore = imap.can("CONDSTORE") ? " (CONDSTORE)" : ""; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    imap.await(imap.send("EXAMINE " + imap.names().argument(name) + condstore), this).requireOk("EXAMINE"); //$NON-NLS-1$ //$NON-NLS-2$
    notified = imap.can("NOTIFY") && NotifySetting.set(imap, this); //$NON-NLS-1$
    news.clear();
    anything = false;
    boolean able = idle();
    heartbeat.answered();
    return able;
  }

  /** @return whether the server did as it was told */
  private boolean idle() throws IOException, MailException {
    String tag = imap.send("IDLE"); //$NON-NLS-1$
    try {
      imap.awaitContinuation(tag, this);
    } catch (MailException.Refused e) {
      return false;
    }
    idle = tag;
    return true;
  }

  @Override
  public Set<String> folders() {
    return Set.of(folder);
  }

  @Override
  public boolean everything() {
    return notified;
  }

  @Override
  public Wake await() throws MailException {
    try {
      boolean renewed = false;
      while (!renewed && news.isEmpty() && !anything) {
        renewed = hear();
      }
    } catch (MailException e) {
      if (closed) {
        throw new OperationCanceledException();
      }
      throw e;
    }
    var wake = new Wake(news, anything);
    news.clear();
    anything = false;
    return wake;
  }

  /** Waits for a tick at most. @return whether IDLE was begun anew */
  private boolean hear() throws MailException {
    if (closed) {
      throw new OperationCanceledException();
    }
    if (overflow || idle == null) {
      if (endings > ENDINGS_LIMIT) {
        throw new MailException.Busy(Optional.empty(), "IDLE", null); //$NON-NLS-1$ // It ends as soon as it has begun.
      }
      renew();
      return true;
    }
    if (connection.awaitInput(times.tick())) {
      heartbeat.heard();
      connection.<Void, RuntimeException>exchange(new NullProgressMonitor(), this::readAll);
      return false;
    }
    endings = 0;
    if (!connection.onNetwork()) {
      throw new Unreachable(Reason.BROKEN, "the network is another", null); //$NON-NLS-1$
    }
    boolean due = heartbeat.due();
    if (due || doubted) {
      doubted = false;
      renew();
      return true;
    }
    return false;
  }

  private Void readAll() throws IOException, MailException {
    for (int responses = 0; idle != null && responses < PIECE && (responses == 0 || connection.hasInput()); responses++) {
      if (imap.next(idle, this).isPresent()) {
        idle = null; // Some servers end IDLE by themselves when they have had enough of it.
        endings++;
      }
    }
    return null;
  }

  /** Asks the server whether it is there by ending IDLE and beginning it again. */
  private void renew() throws MailException {
    Duration silence = heartbeat.silence();
    try {
      connection.<Void, RuntimeException>exchange(null, times.probe(), this::again);
      heartbeat.answered();
    } catch (Unreachable e) {
      pace.lostAfter(silence);
      throw e;
    }
  }

  private Void again() throws IOException, MailException {
    if (idle != null) {
      String tag = idle;
      idle = null;
      imap.sendLine("DONE"); //$NON-NLS-1$
      imap.await(tag, this);
    }
    if (overflow) {
      overflow = false;
      if (++overflows > OVERFLOW_LIMIT || !NotifySetting.set(imap, this)) {
        throw new MailException.Busy(Optional.empty(), "NOTIFICATIONOVERFLOW", null); //$NON-NLS-1$
      }
      anything = true;
    }
    if (!idle()) {
      throw new MailException.Refused("IDLE", null, null); //$NON-NLS-1$
    }
    return null;
  }

  @Override
  public boolean take(long number, String answer, ResponseReader in) throws IOException {
    switch (answer) {
      case "EXISTS", "EXPUNGE", "VANISHED", "FETCH" -> news.add(folder); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      case "STATUS" -> add(in.octets(NAME_LIMIT + 1)); //$NON-NLS-1$
      case "LIST" -> anything = true; //$NON-NLS-1$
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(byte[] name) {
    if (name != null && name.length > 0 && name.length <= NAME_LIMIT && news.size() < NEWS_LIMIT) {
      news.add(canonical(imap.names().kept(new String(name, StandardCharsets.ISO_8859_1))));
    } else {
      anything = true;
    }
  }

  private static String canonical(String name) {
    return name.equalsIgnoreCase(INBOX) ? INBOX : name;
  }

  @Override
  public void heard(Status status) {
    if (status.code().equals("NOTIFICATIONOVERFLOW")) { //$NON-NLS-1$
      // The server tells nothing any more until it is asked again (RFC 5465 section 5.8).
      overflow = notified;
      anything = true;
    } else if (status.code().isEmpty() && idle != null) {
      heartbeat.beat();
    }
  }

  @Override
  public void probe() {
    doubted = true;
  }

  @Override
  public void close() {
    closed = true;
    connection.abort();
  }
}
