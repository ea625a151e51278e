/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;

/** What to synchronise. @param folder empty for all; @param bodies which bodies to fetch */
public record SyncRequest(AccountId account, Optional<FolderKey> folder, Bodies bodies) {
  /** Which bodies. */
  public enum Bodies {
    /** As the account's policy says. */
    POLICY, ALL, NONE
  }

  public SyncRequest {
    Objects.requireNonNull(account);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(bodies);
  }
}
