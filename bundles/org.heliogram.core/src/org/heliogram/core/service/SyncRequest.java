/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;

/**
 * What to synchronise.
 *
 * @param folder     empty for all
 * @param bodies     which bodies to fetch
 * @param renumbered what the user decided about {@link org.heliogram.core.backend.MailException.Renumbered}; empty lets it be asked
 */
public record SyncRequest(AccountId account, Optional<FolderKey> folder, Bodies bodies, Optional<Renumbered> renumbered) {
  /** What to do with mail that may be known or new. */
  public enum Renumbered {
    /** Fetch it; what was known is here twice then. */
    NEW,
    /** Do not fetch it; what was new stays on the server only. */
    KNOWN
  }

  /** Nothing was decided. */
  public SyncRequest(AccountId account, Optional<FolderKey> folder, Bodies bodies) {
    this(account, folder, bodies, Optional.empty());
  }

  /** Which bodies. */
  public enum Bodies {
    /** As the account's policy says. */
    POLICY, ALL, NONE
  }

  public SyncRequest {
    Objects.requireNonNull(account);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(bodies);
    Objects.requireNonNull(renumbered);
  }
}
