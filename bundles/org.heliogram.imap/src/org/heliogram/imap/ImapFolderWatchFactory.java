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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Opens watches on IMAP servers, and remembers how long which server's connections may be silent. */
@Component(property = "protocol=imap")
public final class ImapFolderWatchFactory implements FolderWatch.Factory {
  private final Timeouts timeouts;
  private final WatchTimes times;
  private final Clock clock;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  @Activate
  public ImapFolderWatchFactory() {
    this(Timeouts.DEFAULT, WatchTimes.DEFAULT, Clock.systemUTC());
  }

  /** @param clock goes on while the machine sleeps */
  ImapFolderWatchFactory(Timeouts timeouts, WatchTimes times, Clock clock) {
    this.timeouts = timeouts;
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
    return ImapFolderWatch.open(account, credentials, wanted.get(0).name(), timeouts, times, heartbeat, pace(account), monitor);
  }

  private Pace pace(Account account) {
    return paces.computeIfAbsent(account.incoming().host(), host -> new Pace(times));
  }
}
