/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.time.Duration;

/**
 * How a connection that waits for news is looked after.
 *
 * @param tick      between two looks at the clocks and the network
 * @param keepAlive silence after which the server is asked whether it is still there: routers forget connections after four to fifteen
 *     minutes of it
 * @param shortest  to what that may shrink where connections are lost in silence
 * @param renewal   after which IDLE is begun anew, whatever came: servers end sessions after 30 minutes (RFC 2177)
 * @param probe     how long the answer may take
 */
record WatchTimes(Duration tick, Duration keepAlive, Duration shortest, Duration renewal, Duration probe) {
  static final WatchTimes DEFAULT = new WatchTimes(Duration.ofSeconds(5), Duration.ofMinutes(9), Duration.ofMinutes(2), Duration.ofMinutes(28),
      Duration.ofSeconds(15));
}
