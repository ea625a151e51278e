/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.Account;

/**
 * A connection of its own on which a server tells what happens in folders. It changes nothing, there or here. {@link #await} belongs to one
 * thread; {@link #probe} and {@link #close} may be called from any.
 */
public interface FolderWatch extends AutoCloseable {
  /**
   * What was told.
   *
   * @param folders    names of folders with news, as in {@link RemoteFolder#name()}; one that nobody knows yet is new
   * @param everything whether it may be anything: folders came or went, or the server could not keep up telling
   */
  record Wake(Set<String> folders, boolean everything) {
    /** Nothing happened; the watch stands. */
    public static final Wake NOTHING = new Wake(Set.of(), false);

    public Wake {
      folders = Set.copyOf(folders);
    }

    public boolean nothing() {
      return folders.isEmpty() && !everything;
    }
  }

  /** Names of the folders it covers. Of no use where it covers {@link #everything}. */
  Set<String> folders();

  /** Whether it covers all folders of the account, also those to come. */
  boolean everything();

  /**
   * Waits for news; keeps the connection up meanwhile and finds out when it is dead. Returns with {@link Wake#NOTHING} now and then.
   *
   * @throws MailException if the watch ended: news since then are known to nobody
   * @throws org.eclipse.core.runtime.OperationCanceledException at once after {@link #close}
   */
  Wake await() throws MailException;

  /** There is reason to doubt the connection: asks the server soon whether it is still there. */
  void probe();

  /** Ends it, and {@link #await} with it, at once; never throws. */
  @Override
  void close();

  /** An OSGi service with the property {@code protocol}, see {@link org.heliogram.core.model.Protocol#id()}. */
  interface Factory {
    /**
     * Connects, signs in and begins to watch: what happens from now on is told.
     *
     * @param wanted folders, the most important first; as many of them are watched as the server can on one connection
     * @return empty if this server cannot: asking again will not help
     */
    Optional<FolderWatch> open(Account account, Credentials credentials, List<RemoteFolder> wanted, IProgressMonitor monitor)
        throws MailException;
  }
}
