/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.Account;

/** A submission server (RFC 6409), signed in. */
public interface Transport extends AutoCloseable {
  /** Never throws, never waits longer than a second. */
  @Override
  void close();

  /** An OSGi service. */
  interface Factory {
    /**
     * Connects to {@link Account#submission()} and signs in.
     *
     * @throws MailException saying precisely what is wrong
     * @throws IllegalArgumentException if the account has no submission server
     */
    Transport open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException;
  }
}
