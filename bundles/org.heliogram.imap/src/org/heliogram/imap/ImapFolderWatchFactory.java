/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.jakarta.WireLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens watches on IMAP servers, and remembers how long which server's connections may be silent. */
@Component(property = "protocol=imap")
public final class ImapFolderWatchFactory implements FolderWatch.Factory {
  private final Sessions sessions;
  private final WatchTimes times;
  private final Clock clock;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  @Activate
  public ImapFolderWatchFactory(@Reference WireLogs logs) {
    this(new Sessions(Timeouts.DEFAULT, logs), WatchTimes.DEFAULT, Clock.systemUTC());
  }

  /** Nobody wants to know what is said. */
  public ImapFolderWatchFactory() {
    this(WireLogs.NONE);
  }

  ImapFolderWatchFactory(Timeouts timeouts, WatchTimes times, Clock clock) {
    this(new Sessions(timeouts, WireLogs.NONE), times, clock);
  }

  /** @param clock goes on while the machine sleeps */
  private ImapFolderWatchFactory(Sessions sessions, WatchTimes times, Clock clock) {
    this.sessions = sessions;
    this.times = times;
    this.clock = clock;
  }

  @Override
  public Optional<FolderWatch> open(Account account, Credentials credentials, List<RemoteFolder> wanted, IProgressMonitor monitor)
      throws MailException {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    var heartbeat = new Heartbeat(times, pace(account), clock, System::nanoTime);
    return ImapFolderWatch.open(account, credentials, wanted.get(0).name(), sessions, times, heartbeat, pace(account), monitor);
  }

  private Pace pace(Account account) {
    return paces.computeIfAbsent(account.incoming().host(), host -> new Pace(times));
  }
}
