/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;

/** What {@link LawSimulation} and {@link CrashPointContract} try out: the service, on one kind of store. */
public interface TrialFrame {
  /** A store for a run; the same one may be handed out again, runs have accounts of their own. */
  MailStore store();

  /** The service that is tried, on a server whose protocol is IMAP. */
  MailService service(MailStore store, MimeCodec codec, CredentialStore credentials, ModelServer server);

  void close(MailService service);
}
